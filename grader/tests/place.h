/**
 * @file
 * Where tests find the programs that were built, and what they leave behind.
 */
#ifndef PROCLAB_TESTS_PLACE_H
#define PROCLAB_TESTS_PLACE_H

#include <stddef.h>

/** Path of a file that was built, wherever BUILD is: "proclab" lies beside
 * this program.  Ends the program where the path does not fit. */
void place_of_built(const char *name, char *path, size_t size);

/** Path of a file of the repository, from where make runs: "chapters". */
void place_of_source(const char *name, char *path, size_t size);

/** Removes a directory and all that is in it. @return 0 or -1 */
int place_remove(const char *directory);

/** The number in an environment variable, or `otherwise`. */
long place_number(const char *variable, long otherwise);

#endif
