/**
 * @file
 * Schedules: which of several possible things happens next.
 *
 * Wherever the kernel leaves an order open, the observer asks
 * schedule_choose() and records the answer as a trace_decision.
 */
#ifndef PROCLAB_OBSERVER_SCHEDULE_H
#define PROCLAB_OBSERVER_SCHEDULE_H

#include <stddef.h>
#include <stdint.h>

#include "trace/trace.h"

enum schedule_kind {
    SCHEDULE_CHILD_FIRST,  /**< the youngest runnable task goes first */
    SCHEDULE_PARENT_FIRST, /**< the oldest runnable task goes first */
    SCHEDULE_RANDOM,       /**< drawn from the seed */
    SCHEDULE_REPLAY,       /**< recorded decisions, then child-first */
    SCHEDULE_FREE,         /**< no token: tasks run side by side */
};

struct schedule {
    enum schedule_kind kind;
    uint64_t seed;                          /**< SCHEDULE_RANDOM */
    const struct trace_decision *decisions; /**< SCHEDULE_REPLAY; not owned */
    size_t n_decisions;
};

/** What a choice is about. */
enum choice_kind {
    CHOICE_RUN,  /**< which runnable task gets the token */
    CHOICE_WAKE, /**< which of several sleepers due wakes first */
};

/** State of a schedule within one run; see schedule.c. */
struct schedule_state {
    struct schedule schedule;
    uint64_t random;
    size_t next; /**< SCHEDULE_REPLAY: decisions used up */
};

void schedule_start(struct schedule_state *state, const struct schedule *s);

/**
 * Chooses one of several options.
 *
 * @param options what there is to choose from: ages of the tasks in question,
 *                larger is younger; in an order that is the same in each run
 * @param n at least 1; with 1 there is no choice and no decision is used up
 * @return 0 ... n - 1
 */
int schedule_choose(struct schedule_state *state, enum choice_kind kind,
                    const int *options, int n);

/** The schedule's name for people: "child-first", "seed 5", ... Writes at most
 * size bytes. @return buffer */
const char *schedule_name(const struct schedule *s, char *buffer, size_t size);

#endif
