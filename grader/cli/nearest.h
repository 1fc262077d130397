/**
 * @file
 * Did you mean ...?
 */
#ifndef PROCLAB_CLI_NEAREST_H
#define PROCLAB_CLI_NEAREST_H

#include <stddef.h>

/**
 * The word that a mistyped one probably meant.
 * @param words n of them; NULL ones are passed over
 * @return one of words, or NULL if none is near
 */
const char *nearest_word(const char *typed, const char *const *words, size_t n);

#endif
