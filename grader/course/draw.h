/**
 * @file
 * Draws the values of placeholders from the seed (see struct scenario).
 *
 * A value depends on the seed, the exercise's id, the scenario's name and the
 * placeholder's own name only, so a placeholder that is added later leaves the
 * others as they were.
 */
#ifndef PROCLAB_COURSE_DRAW_H
#define PROCLAB_COURSE_DRAW_H

#include "course/course.h"

enum { DRAW_MOST = 32 };

/** The values drawn so far. */
struct drawing {
    uint64_t state;
    size_t n;
    struct drawn drawn[DRAW_MOST];
    const char *list[DRAW_MOST]; /**< what it was drawn from, not owned */
    size_t list_len[DRAW_MOST];
};

/** One step of splitmix64 (Steele, Lea, Flood 2014), as a mixing function. */
uint64_t draw_mix(uint64_t x);

/** A number that depends on the seed and two names; NULL counts as "". */
uint64_t draw_seed(uint64_t seed, const char *exercise, const char *scenario);

/** Begins to draw for a scenario: the same values for the same arguments. */
void draw_start(struct drawing *drawing, uint64_t seed, const char *exercise,
                const char *scenario);

/**
 * Replaces the placeholders of a text.
 * @param[out] out to be freed with free(); set on success only
 * @return 0; -EINVAL a value used before it was drawn, drawn twice from
 *         different lists, an empty range or word, or too many; -ENOMEM
 */
int draw_text(struct drawing *drawing, const char *text, char **out);

#endif
