/**
 * @file
 * Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi and
 * Nagarakatti, "A randomized scheduler with probabilistic guarantees of finding
 * bugs", ASPLOS 2010): each task has a random priority, and of those that can
 * run the one with the highest does; at d - 1 random steps the one that would
 * run loses its priority.  A bug that d ordered events make is found by a run
 * of n tasks and k steps with a chance of at least 1 / (n k^(d-1)).
 *
 * k is not known before; here it is a power of two drawn from the seed, and
 * behind it each choice is drawn by itself.  So is the number of changes.
 */
#ifndef PROCLAB_OBSERVER_PCT_H
#define PROCLAB_OBSERVER_PCT_H

#include <stddef.h>
#include <stdint.h>

struct schedule_option; /* schedule.h */

enum { PCT_CHANGES = 3 };

struct pct {
    uint64_t seed, random;
    size_t length, step; /**< steps with priorities; the next step */
    int n_changes;
    size_t change[PCT_CHANGES]; /**< at these steps */
    int n_lowered;
    int lowered[PCT_CHANGES];   /**< tasks that lost theirs, by age */
};

void pct_start(struct pct *pct, uint64_t seed);

/**
 * A step.
 * @param options the tasks that can run, by age
 * @param n at least 1
 * @return 0 ... n - 1
 */
int pct_choose(struct pct *pct, const struct schedule_option *options, int n);

/** The next number of a sequence: splitmix64 (Steele, Lea and Flood, OOPSLA
 * 2014). */
uint64_t random_next(uint64_t *state);

#endif
