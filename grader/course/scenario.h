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
    struct file files[SCENARIO_FILES + 1]; /**< as drawn */
    size_t n_files;
    struct observe_file placed[SCENARIO_FILES]; /**< the same */
    size_t n_faults;
    struct fault faults[SCENARIO_FAULTS];
};

/**
 * @param[out] out to be released; untouched on failure
 * @return 0; -EINVAL a bad placeholder or rule; -ENOMEM
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

enum { PLACES_MOST = 16 };

/** The processes of a scenario, as child-first makes them. */
struct places {
    size_t n;
    char place[PLACES_MOST][SCHEDULE_PLACE]; /**< "1", "1.1", ... by birth */
};

/** Takes the first PLACES_MOST of a run; those too deep in the tree are left
 * out. */
void scenario_places(const struct trace *trace, struct places *out);

/**
 * The nth schedule of a grading: child-first, parent-first, then by turns
 * each process starving, and one with a seed made from the grading's: plain
 * chance or priorities.  When all have starved, seeds alone.
 */
struct schedule scenario_schedule(uint64_t seed, int nth,
                                  const struct places *places);

#endif
