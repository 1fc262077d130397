/**
 * @file
 * Runs an exercise's scenarios, some schedules at a time: all traces of a
 * long grading would not fit into memory.
 */
#ifndef PROCLAB_COURSE_BATCH_H
#define PROCLAB_COURSE_BATCH_H

#include <nettle/sha2.h>

#include "course/scenario.h"
#include "course/work.h"

/** Runs that are kept at once. */
enum { BATCH_MOST = 48 };

/** A scenario that some check needs. */
struct stage {
    const struct scenario *scenario;
    struct prepared prepared;
    struct places places; /**< known after its first run */
    bool honest;   /**< no check looks at it where the clock is not honest */
    bool ran_away; /**< a run of it used up its CPU time: one is enough */
    bool settled;  /**< it leaves no choice to any schedule: one is enough */
    bool holds;    /**< the only choice is to hold a process back, which but
                        starving never does */
};

/** A run as it is told from others: its stage and a hash of its trace. */
struct way {
    size_t stage;
    uint8_t digest[SHA256_DIGEST_SIZE];
};

struct batch {
    const struct work *work;
    const char *binary;
    size_t n_stages;
    struct stage *stages;
    int next;                          /**< run that comes next, from 0; run i
                                            is of stage i % n_stages */
    int runaways;                      /**< stages that ran away */
    int tried;                         /**< runs that were made */
    size_t n_ways;
    struct way *ways;                  /**< all different ones so far */
    size_t n;                          /**< runs in `runs` */
    struct run runs[BATCH_MOST];
    int nth[BATCH_MOST];               /**< the schedule's number of each, or
                                            -1 */
    struct schedule plan[BATCH_MOST];  /**< the schedule of each */
    struct schedule_forced *forced;    /**< of batch_one()'s; owned */
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
 * Observes the next runs and forgets those before.  One that goes the same way
 * as another of its scenario did is left out.
 * @param[out] why on failure a sentence for people
 * @return how many there are; 0: all were made; -Exxx the observer failed
 */
int batch_next(struct batch *batch, const char **why);

/** All that is left is not worth while: no more runs, only ticks. */
void batch_stop(struct batch *batch);

/** The stage of a scenario, or NULL. */
struct stage *batch_stage(struct batch *batch, const char *scenario);

/**
 * Observes a run besides.
 * @param name the schedule's for people; must outlive the run
 * @param[out] out its trace is to be freed; set on success only
 * @return 0 or -Exxx
 */
int batch_observe(struct batch *batch, struct stage *stage,
                  const struct schedule *schedule, const char *name,
                  struct run *out, const char **why);

/**
 * Makes a run that was asked for the only one in `runs`.
 * @param schedule as schedule_parse() takes it
 * @return 0; -ENOENT no such scenario; -EINVAL no such schedule; other -Exxx
 */
int batch_one(struct batch *batch, const char *scenario, const char *schedule,
              const char **why);

#endif
