/**
 * @file
 * POSIX timers (timer_create(2)) and timer descriptors (timerfd_create(2)),
 * both kept by the observer and rung by the virtual clock.
 */
#ifndef PROCLAB_OBSERVER_TIMERS_H
#define PROCLAB_OBSERVER_TIMERS_H

#include "observer/internal.h"

enum verb enter_timer_create(struct observer *o, struct task *t);
enum verb enter_timer_settime(struct observer *o, struct task *t);
enum verb enter_timer_gettime(struct observer *o, struct task *t);
enum verb enter_timer_getoverrun(struct observer *o, struct task *t);
enum verb enter_timer_delete(struct observer *o, struct task *t);
enum verb enter_timerfd_settime(struct observer *o, struct task *t);
enum verb enter_timerfd_gettime(struct observer *o, struct task *t);

/** The process's timer that rings first, or NULL. */
struct timer *timer_first(struct process *p);
void timer_ring(struct observer *o, struct process *p, struct timer *timer);
/** A signal of a timer is delivered or accepted: counts what it missed.
 * @return whether info was changed */
bool timer_accepted(const struct observer *o, struct process *p,
                    siginfo_t *info);
/** A task read n bytes: signals of timers, if it was a signal descriptor. */
void timers_read(const struct observer *o, struct task *t, long n);
/** exec and exit delete a process's timers; fork inherits none. */
void timers_delete(struct process *p);

/* --- timerfd.c: the kernel's side of a timer descriptor ---------------------
 */

/** The timer descriptor in args[0] of a task, or NULL if it is not one (or,
 * unless `make`, was never set). */
struct timerfd *timerfd_find(struct observer *o, struct task *t, bool make);
void timerfd_forget_ticks(struct timerfd *fd);
void timerfd_ring(struct observer *o, struct timerfd *fd);
void timerfds_close(struct observer *o);

/** The next time of an interval timer that rang. */
int64_t timer_next(const struct observer *o, int64_t at, int64_t every);

#endif
