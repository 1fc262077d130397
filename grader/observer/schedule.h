/**
 * @file
 * Schedules: which of several possible things happens next.
 *
 * Wherever the kernel leaves an order open, the observer asks
 * schedule_choose() and records the answer as a trace_decision.
 */
#ifndef PROCLAB_OBSERVER_SCHEDULE_H
#define PROCLAB_OBSERVER_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "observer/pct.h"
#include "trace/trace.h"

enum schedule_kind {
    SCHEDULE_CHILD_FIRST,  /**< the youngest runnable task goes first */
    SCHEDULE_PARENT_FIRST, /**< the oldest runnable task goes first */
    SCHEDULE_RANDOM,       /**< each choice is drawn from the seed */
    SCHEDULE_PCT,          /**< priorities drawn from the seed, see pct.h */
    SCHEDULE_STARVE,       /**< child-first, but one process is held back as
                                long as others can go on, even by sleeping */
    SCHEDULE_FREE,         /**< no token: tasks run side by side */
};

/** A choice that is not left to the strategy. */
struct schedule_forced {
    size_t at;  /**< which decision of the run, counted from 0 */
    int chosen; /**< the option that it takes */
};

/** Room for the place of a process in the tree; deeper ones cannot starve. */
enum { SCHEDULE_PLACE = 24 };

/**
 * A strategy and what is forced on top of it.  Any run is made again by
 * child-first with those of its decisions forced that were not the usual ones:
 * what a strategy may choose child-first must be able to choose, too.
 */
struct schedule {
    enum schedule_kind kind;
    uint64_t seed; /**< SCHEDULE_RANDOM, SCHEDULE_PCT */
    char victim[SCHEDULE_PLACE]; /**< SCHEDULE_STARVE: the process's place, as in "1.2" */
    const struct schedule_forced *forced; /**< in order of `at`; not owned; may
                                               be NULL. One without such an
                                               option is left to the strategy */
    size_t n_forced;
};

/** What a choice is about. */
enum choice_kind {
    CHOICE_RUN,  /**< which task gets the token: one that can run, or one that
                      sleeps until now and so could run as well */
    CHOICE_WAKE, /**< which of several sleepers due wakes first */
    CHOICE_HOLD, /**< only one process can run, and others sleep or ask in vain:
                      whether it runs (0), or is held back while time passes
                      (1) */
};

/** What may be chosen. */
struct schedule_option {
    int age;     /**< of the task in question: larger is younger */
    int proc;    /**< the process that it is about, or TRACE_NOBODY */
    bool asleep; /**< CHOICE_RUN: sleeps until now; there is also one that does
                      not */
};

/** No process is it, nor TRACE_NOBODY. */
enum { NO_VICTIM = -1000 };

/** State of a schedule within one run; see schedule.c. */
struct schedule_state {
    struct schedule schedule;
    uint64_t random;
    struct pct pct;
    int victim;   /**< the process of that place, or NO_VICTIM */
    size_t taken; /**< decisions so far */
    size_t next;  /**< the next forced one */
};

/** Begins a run. @param s kept by copy; what it points to must outlive it */
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

/** The strategy's name for people: "child-first", "seed 5", "pct 5",
 * "starve:1.2", ... Writes at most
 * size bytes. @return buffer */
const char *schedule_name(const struct schedule *s, char *buffer, size_t size);

#endif
