/**
 * @file
 * Did you mean ...?
 */
#ifndef PROCLAB_CLI_NEAREST_H
#define PROCLAB_CLI_NEAREST_H

#include <stddef.h>

/**
 * The word that a mistyped one probably meant.
 * @param words n of them, none of them NULL
 * @return one of words, or NULL if none is near
 */
const char *nearest_word(const char *typed, const char *const *words,
                         size_t n);

#endif
