/**
 * @file
 * What a student begins with.
 */
#ifndef PROCLAB_COURSE_STARTER_H
#define PROCLAB_COURSE_STARTER_H

#include <stdbool.h>

/** The starter's path among the embedded files. */
void starter_path(const char *exercise, char path[static 128]);

/** Whether a program is still its exercise's starter, byte by byte.
 * @param program "sha256:..." of its source */
bool starter_is(const char *exercise, const char *program);

#endif
