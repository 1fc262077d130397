/**
 * @file
 * What is due at which time: sleeps, timers, steps of the scenario, limits.
 */
#ifndef PROCLAB_OBSERVER_DUE_H
#define PROCLAB_OBSERVER_DUE_H

#include "observer/timers.h"

/** Deadlines so close together count as one: which comes first is for the
 * schedule to say, as it is for chance on a real machine. */
static const int64_t tie_ns = 1000000;

/** Something whose time has come, or will. */
struct due {
    int64_t at;
    int age; /* for the schedule */
    enum {
        DUE_TASK, DUE_ALARM, DUE_TIMER, DUE_TIMERFD, DUE_STEP, DUE_LOOK,
        DUE_WATCH, DUE_LIMIT
    } what;
    struct task *task;
    struct process *process;
    struct timer *timer;
    struct timerfd *timerfd;
};

/** Room for a list of them. */
enum { DUE_MOST = 4096 };

/** The timer of a process that goes off first. @return whether it has one */
bool due_of_process(struct process *p, struct due *d);

/** When the first of them comes. @param n at least 1 */
int64_t due_earliest(const struct due *due, int n);

/**
 * All that is due first, ties included, in the order of their making.
 * @param[out] due DUE_MOST of them
 * @param looks whether the looks of the scenario count
 * @param[out] alone nothing but the limit has a deadline
 * @return how many, at least 1
 */
int due_first(struct observer *o, struct due *due, bool looks, bool *alone);

/**
 * What has a turn now, without a search for what comes later: this is asked at
 * each turn.
 * @param[out] due DUE_MOST of them
 * @return how many
 */
int due_now(struct observer *o, struct due *due);

/**
 * A look, the end of the watch and the limit are no one's turn: they come
 * after all else that is due.  So a look changes no decision.
 * @param[out] index of those in due that have a turn
 * @return how many have
 */
int due_turns(const struct due *due, int n, int *index);

#endif
