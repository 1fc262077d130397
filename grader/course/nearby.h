/**
 * @file
 * A file that was probably meant by another name.
 */
#ifndef PROCLAB_COURSE_NEARBY_H
#define PROCLAB_COURSE_NEARBY_H

#include <stdbool.h>
#include <stddef.h>

/**
 * Looks through one directory, a few hundred names at most, for the name that
 * is nearest to the one that is missing.  Other exercises' files do not count.
 * @param dir a descriptor of the directory (O_PATH will do)
 * @param[out] name fit for people; set when something was found only
 */
bool nearby_file(int dir, const char *missing, char *name, size_t size);

#endif
