/**
 * @file
 * A scenario made ready: placeholders drawn, as a request to the observer.
 */
#ifndef PROCLAB_COURSE_SCENARIO_H
#define PROCLAB_COURSE_SCENARIO_H

#include "course/draw.h"
#include "observer/observe.h"

/** All strings are owned; see scenario_release(). */
struct prepared {
    struct drawing drawing;
    char *argv[SCENARIO_ARGS + 2]; /**< argv[0] is "./EXERCISE" */
    char *env[SCENARIO_ARGS + 1];
    char *text[SCENARIO_STEPS]; /**< what the steps point to */
    int argc;
    size_t n_steps;
    struct observe_step steps[SCENARIO_STEPS];
    struct bystander bystanders[SCENARIO_BYSTANDERS + 1]; /**< as drawn */
    size_t n_bystanders;
    struct observe_bystander observed[SCENARIO_BYSTANDERS]; /**< the same */
};

/**
 * @param[out] out to be released; untouched on failure
 * @return 0; -EINVAL a bad placeholder; -ENOMEM
 */
int scenario_prepare(const struct exercise *exercise,
                     const struct scenario *scenario, uint64_t seed,
                     struct prepared *out);
void scenario_release(struct prepared *prepared);

/**
 * The request for one run.
 * @param prepared must outlive the request
 * @param binary the program's file; must outlive the request
 */
void scenario_request(const struct scenario *scenario,
                      const struct prepared *prepared, const char *binary,
                      struct observe_request *out);

/** The nth schedule of a grading: child-first, parent-first, then random ones
 * with seeds made from the grading's. */
struct schedule scenario_schedule(uint64_t seed, int nth);

#endif
