/**
 * @file
 * What a run must not leave behind: processes, files, IPC objects.
 */
#ifndef PROCLAB_TESTS_SOAK_LEFT_H
#define PROCLAB_TESTS_SOAK_LEFT_H

#include <stddef.h>

struct left;

/**
 * Makes us adopt what our descendants leave, gives us IPC objects of our own if
 * the kernel lets us, and remembers what is there already.
 *
 * @param tmp a directory that must be empty whenever nothing runs
 * @return to be freed with left_free(), or NULL: no memory
 */
struct left *left_begin(const char *tmp);
void left_free(struct left *left);

/**
 * To be called when no child of ours is wanted: whatever is still there after
 * two seconds is left over.  It is told once, and processes are killed.
 *
 * @return NULL if there is nothing, or words: text to be freed
 */
char *left_over(struct left *left);

#endif
