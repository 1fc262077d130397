/**
 * @file
 * How far a text is from another: what to suggest for a mistyped one.
 */
#ifndef PROCLAB_COURSE_DISTANCE_H
#define PROCLAB_COURSE_DISTANCE_H

#include <stddef.h>

/**
 * Insertions, deletions and replacements of bytes that lead from a to b
 * (Levenshtein); only the first 128 bytes of each are looked at.
 */
size_t edit_distance(const char *a, size_t a_len, const char *b, size_t b_len);

/** Whether a name at this distance is likely to be what was meant: at most a
 * third of its letters differ. */
int distance_is_near(size_t distance, size_t len);

#endif
