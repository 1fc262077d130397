/**
 * @file
 * Commands that are printed to be copied.
 */
#ifndef PROCLAB_RESULT_SHELL_H
#define PROCLAB_RESULT_SHELL_H

#include <stdio.h>

/** Prints a word as a shell takes it: quoted where it has to be. */
void shell_word(FILE *out, const char *word);

#endif
