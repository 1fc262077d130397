/**
 * @file
 * Names of files that are made from names of submissions.
 */
#ifndef PROCLAB_CLASSROOM_FILENAME_H
#define PROCLAB_CLASSROOM_FILENAME_H

/** The longest name that filename_of() makes; ".json" fits behind it. */
enum { FILENAME_MOST = 200 };

/**
 * A name that stands for any bytes: letters of any script, digits, "._ @+,=-"
 * as they are, all else as %XX (also a leading '.' or '-').  What gets too
 * long ends with "%%" and a hash instead.  No two names give the same one; it
 * may be shown on any terminal.
 * @return to be freed, or NULL when memory ran out
 */
char *filename_of(const char *name);

#endif
