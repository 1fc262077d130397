/**
 * @file
 * How far a submission has come: a row for each exercise.
 */
#ifndef PROCLAB_CLI_STANDING_H
#define PROCLAB_CLI_STANDING_H

#include "result/page.h"

/**
 * Writes the chapters, under each its exercises with a bar and their points,
 * the sum, and which exercise is the next to work on.
 * @param exercises n of them, by id; results
 * @param program how proclab is called
 */
void standing_write(const struct page *page,
                    const struct exercise_result *const *exercises, size_t n,
                    const char *program);

/** The first exercise that is not done, or NULL when all are. */
const struct exercise_result *
standing_next(const struct exercise_result *const *exercises, size_t n);

/** The name in an id: "downloads" of "02-spawning/downloads". */
const char *standing_name(const char *id);

#endif
