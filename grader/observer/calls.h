/**
 * @file
 * Handlers of traced system calls, named in the table in calls.c.
 */
#ifndef PROCLAB_OBSERVER_CALLS_H
#define PROCLAB_OBSERVER_CALLS_H

#include "observer/internal.h"

/* time_calls.c: answered from the virtual clock */
enum verb enter_clock_gettime(struct observer *o, struct task *t);
enum verb enter_gettimeofday(struct observer *o, struct task *t);
enum verb enter_time(struct observer *o, struct task *t);
enum verb enter_alarm(struct observer *o, struct task *t);
enum verb enter_setitimer(struct observer *o, struct task *t);
enum verb enter_getitimer(struct observer *o, struct task *t);
void leave_times(struct observer *o, struct task *t);
void leave_sysinfo(struct observer *o, struct task *t);

/* sockets.c */
void leave_setsockopt(struct observer *o, struct task *t);
enum verb enter_getsockopt(struct observer *o, struct task *t);

/* process_calls.c */
enum verb enter_execve(struct observer *o, struct task *t);
void leave_execve(struct observer *o, struct task *t);
enum verb enter_wait4(struct observer *o, struct task *t);
void leave_wait4(struct observer *o, struct task *t);
void leave_waitid(struct observer *o, struct task *t);
enum verb enter_prctl(struct observer *o, struct task *t);
void leave_prctl(struct observer *o, struct task *t);
void leave_setpgid(struct observer *o, struct task *t);
void leave_setsid(struct observer *o, struct task *t);
void leave_noted(struct observer *o, struct task *t);
enum verb enter_sched_yield(struct observer *o, struct task *t);
enum verb enter_getaffinity(struct observer *o, struct task *t);
enum verb enter_setaffinity(struct observer *o, struct task *t);
enum verb enter_getrandom(struct observer *o, struct task *t);
/* network.c */
enum verb enter_connect(struct observer *o, struct task *t);
/* process_calls.c */
enum verb enter_fcntl(struct observer *o, struct task *t);

/* identity.c */
enum verb enter_getgroups(struct observer *o, struct task *t);
void leave_identity(struct observer *o, struct task *t);

/* signal.c */
enum verb enter_kill(struct observer *o, struct task *t);
void leave_kill(struct observer *o, struct task *t);
enum verb enter_rt_sigaction(struct observer *o, struct task *t);

/* io.c */
enum verb enter_write(struct observer *o, struct task *t);
void leave_write(struct observer *o, struct task *t);
enum verb enter_read(struct observer *o, struct task *t);
void leave_read(struct observer *o, struct task *t);

#endif
