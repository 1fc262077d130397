/**
 * @file
 * Runs an exercise's scenarios, some schedules at a time: all traces of a
 * long grading would not fit into memory.
 */
#ifndef PROCLAB_COURSE_BATCH_H
#define PROCLAB_COURSE_BATCH_H

#include "course/scenario.h"
#include "course/work.h"

/** Runs that are kept at once. */
enum { BATCH_MOST = 48 };

/** A scenario that some check needs. */
struct stage {
    const struct scenario *scenario;
    struct prepared prepared;
    bool ran_away; /**< a run of it used up its CPU time: one is enough */
};

struct batch {
    const struct work *work;
    const char *binary;
    size_t n_stages;
    struct stage *stages;
    int next;                          /**< run that comes next, from 0; run i
                                            is of stage i % n_stages */
    int runaways;                      /**< stages that ran away */
    size_t n;                          /**< runs in `runs` */
    struct run runs[BATCH_MOST];
    char schedule[BATCH_MOST][40];
};

/**
 * @param binary must outlive the batch
 * @param checks, n_checks those that will be judged
 * @return 0; -EINVAL a bad placeholder; -ENOMEM
 */
int batch_open(struct batch *batch, const struct work *work,
               const char *binary, const struct check *const *checks,
               size_t n_checks);
void batch_close(struct batch *batch);

/**
 * Observes the next runs and forgets those before.
 * @param[out] why on failure a sentence for people
 * @return how many there are; 0: all were made; -Exxx the observer failed
 */
int batch_next(struct batch *batch, const char **why);

#endif
