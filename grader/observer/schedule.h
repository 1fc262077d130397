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

#include "observer/pct.h"
#include "trace/trace.h"

enum schedule_kind {
    SCHEDULE_CHILD_FIRST,  /**< the youngest runnable task goes first */
    SCHEDULE_PARENT_FIRST, /**< the oldest runnable task goes first */
    SCHEDULE_RANDOM,       /**< each choice is drawn from the seed */
    SCHEDULE_PCT,          /**< priorities drawn from the seed, see pct.h */
    SCHEDULE_FREE,         /**< no token: tasks run side by side */
};

/** A choice that is not left to the strategy. */
struct schedule_forced {
    size_t at;  /**< which decision of the run, counted from 0 */
    int chosen; /**< the option that it takes */
};

/**
 * A strategy and what is forced on top of it.  Any run is made again by
 * child-first with those of its decisions forced that were not the usual ones:
 * what a strategy may choose child-first must be able to choose, too.
 */
struct schedule {
    enum schedule_kind kind;
    uint64_t seed; /**< SCHEDULE_RANDOM, SCHEDULE_PCT */
    const struct schedule_forced *forced; /**< in order of `at`; not owned; may
                                               be NULL. One without such an
                                               option is left to the strategy */
    size_t n_forced;
};

/** What a choice is about. */
enum choice_kind {
    CHOICE_RUN,  /**< which runnable task gets the token */
    CHOICE_WAKE, /**< which of several sleepers due wakes first */
};

/** What may be chosen. */
struct schedule_option {
    int age;  /**< of the task in question: larger is younger */
    int proc; /**< the process that it is about, or TRACE_NOBODY */
};

/** State of a schedule within one run; see schedule.c. */
struct schedule_state {
    struct schedule schedule;
    uint64_t random;
    struct pct pct;
    size_t taken; /**< decisions so far */
    size_t next;  /**< the next forced one */
};

void schedule_start(struct schedule_state *state, const struct schedule *s);

/**
 * Chooses one of several options.
 *
 * @param options what there is to choose from, in an order that is the same
 *                in each run
 * @param n at least 1; with 1 there is no choice and no decision is used up
 * @return 0 ... n - 1
 */
int schedule_choose(struct schedule_state *state, enum choice_kind kind,
                    const struct schedule_option *options, int n);

/** What child-first chooses. @return 0 ... n - 1 */
int schedule_usual(enum choice_kind kind,
                   const struct schedule_option *options, int n);

/**
 * The forced choices that make a run again on top of child-first.
 * @param trace its decisions
 * @param[out] forced to be freed; set on success only
 * @param[out] n how many
 * @return 0 or -ENOMEM
 */
int schedule_of_trace(const struct trace *trace,
                      struct schedule_forced **forced, size_t *n);

/** The strategy's name for people: "child-first", "seed 5", ... Writes at most
 * size bytes. @return buffer */
const char *schedule_name(const struct schedule *s, char *buffer, size_t size);

#endif
