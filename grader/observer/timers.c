#include "observer/timers.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

static const int64_t second_ns = 1000000000;

/* Our numbers lie above those that the kernel gives to timers of CPU time,
 * which stay its own. */
enum { FIRST_ID = 0x10000 };

/* What is left of a time, and its interval, as struct itimerspec. */
static void timer_left(const struct observer *o, int64_t at, int64_t every,
                       int64_t spec[4])
{
    int64_t left = at == NEVER ? 0 : at > o->now ? at - o->now : 1;
    spec[0] = every / second_ns;
    spec[1] = every % second_ns;
    spec[2] = left / second_ns;
    spec[3] = left % second_ns;
}

int64_t timer_next(const struct observer *o, int64_t at, int64_t every)
{
    (void)o;
    return every > 0 ? at + every : NEVER;
}

static struct timer *find(struct task *t)
{
    int64_t i = (int64_t)(int)t->args[0] - FIRST_ID;
    if (i < 0 || i >= TIMERS || t->process->n_timers == 0 ||
        !t->process->timers[i].used)
        return NULL;
    return &t->process->timers[i];
}

static bool is_cpu_clock(int clock)
{
    return clock < 0 || clock == CLOCK_PROCESS_CPUTIME_ID ||
           clock == CLOCK_THREAD_CPUTIME_ID;
}

static bool is_known_clock(int clock)
{
    return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC ||
           clock == CLOCK_BOOTTIME || clock == CLOCK_TAI;
}

/* struct sigevent as the kernel has it. */
struct event {
    uint64_t value;
    int sig, notify, tid;
};

static int read_event(const struct task *t, int id, struct event *e)
{
    *e = (struct event){(uint64_t)id, SIGALRM, SIGEV_SIGNAL, 0};
    if (t->args[1] && peek(t, t->args[1], e, 20) < 0)
        return -EFAULT;
    bool valid = e->notify == SIGEV_NONE || e->notify == SIGEV_SIGNAL ||
                 e->notify == SIGEV_THREAD || e->notify == SIGEV_THREAD_ID;
    if (!valid || (e->notify != SIGEV_NONE && (e->sig < 1 || e->sig > 64)))
        return -EINVAL;
    return 0;
}

enum verb enter_timer_create(struct observer *o, struct task *t)
{
    struct event e;
    struct process *p = t->process;
    int clock = (int)t->args[0], i = 0;
    (void)o;
    if (is_cpu_clock(clock) || !is_known_clock(clock))
        return GO;
    if (!p->timers)
        p->timers = calloc(TIMERS, sizeof *p->timers);
    while (p->timers && i < TIMERS && p->timers[i].used)
        i++;
    if (!p->timers || i == TIMERS)
        return answer(t, -EAGAIN);
    int id = FIRST_ID + i, r = read_event(t, id, &e);
    if (r == 0 && put(t, t->args[2], &id, sizeof id) < 0)
        r = -EFAULT;
    if (r < 0)
        return answer(t, r);
    p->n_timers++;
    p->timers[i] = (struct timer){
        .used = true, .id = id, .clock = clock, .sig = e.sig,
        .notify = e.notify, .tid = e.tid, .value = e.value, .at = NEVER};
    return answer(t, 0);
}

/* An absolute or relative time as virtual ns, NEVER for zero (disarmed). */
static int64_t when(const struct observer *o, int clock, bool absolute,
                    const int64_t spec[4])
{
    int64_t ns = spec[2] > INT64_MAX / second_ns / 4
                     ? INT64_MAX / 4
                     : spec[2] * second_ns + spec[3];
    if (ns == 0)
        return NEVER;
    if (!absolute)
        return o->now + ns;
    bool real = clock == CLOCK_REALTIME || clock == CLOCK_TAI;
    ns -= real ? clock_epoch(o) : clock_boot(o);
    return ns > o->now ? ns : o->now;
}

static bool is_valid(const int64_t s[4])
{
    return s[0] >= 0 && s[2] >= 0 && s[1] >= 0 && s[1] < second_ns &&
           s[3] >= 0 && s[3] < second_ns;
}

/* The part that both kinds share: args[1] flags, args[2] new, args[3] old. */
static long set_time(const struct observer *o, struct task *t, int clock,
                     int64_t *at, int64_t *every)
{
    int64_t spec[4], old[4];
    if (peek(t, t->args[2], spec, sizeof spec) < 0)
        return -EFAULT;
    if (!is_valid(spec))
        return -EINVAL;
    timer_left(o, *at, *every, old);
    if (t->args[3] && put(t, t->args[3], old, sizeof old) < 0)
        return -EFAULT;
    *at = when(o, clock, t->args[1] & TIMER_ABSTIME, spec);
    *every = *at == NEVER ? 0 : spec[0] * second_ns + spec[1];
    return 0;
}

enum verb enter_timer_settime(struct observer *o, struct task *t)
{
    struct timer *timer = find(t);
    if (!timer)
        return GO;
    if (t->args[2] == 0)
        return answer(t, -EINVAL);
    long r = set_time(o, t, timer->clock, &timer->at, &timer->every);
    if (r == 0)
        timer->overrun = timer->missed = 0;
    return answer(t, r);
}

enum verb enter_timer_gettime(struct observer *o, struct task *t)
{
    int64_t spec[4];
    struct timer *timer = find(t);
    if (!timer)
        return GO;
    timer_left(o, timer->at, timer->every, spec);
    return answer(t, put(t, t->args[1], spec, sizeof spec) < 0 ? -EFAULT : 0);
}

enum verb enter_timer_getoverrun(struct observer *o, struct task *t)
{
    struct timer *timer = find(t);
    (void)o;
    return timer ? answer(t, timer->missed) : GO;
}

enum verb enter_timer_delete(struct observer *o, struct task *t)
{
    struct timer *timer = find(t);
    (void)o;
    if (!timer)
        return GO;
    timer->used = false;
    t->process->n_timers--;
    return answer(t, 0);
}

void timers_delete(struct process *p)
{
    free(p->timers);
    p->timers = NULL;
    p->n_timers = 0;
}

struct timer *timer_first(struct process *p)
{
    struct timer *first = NULL;
    for (int i = 0; i < TIMERS && p->n_timers > 0; i++) {
        struct timer *timer = &p->timers[i];
        if (timer->used && timer->at != NEVER &&
            (!first || timer->at < first->at))
            first = timer;
    }
    return first;
}

/* --- ringing ------------------------------------------------------------------ */

/* Whether a signal waits for a process or one of its threads. */
static bool is_pending(pid_t tid, const char *field, int sig)
{
    char path[64], line[256];
    unsigned long long set = 0;
    size_t n = strlen(field);
    snprintf(path, sizeof path, "/proc/%d/status", tid);
    FILE *f = fopen(path, "re");
    while (f && fgets(line, sizeof line, f))
        if (strncmp(line, field, n) == 0)
            set = strtoull(line + n, NULL, 16);
    if (f)
        fclose(f);
    return set >> (sig - 1) & 1;
}

static pid_t thread_of(struct observer *o, const struct process *p, int tid)
{
    for (int i = 0; i < o->n_tasks; i++)
        if (o->tasks[i]->process == p && pid_inside(o->tasks[i]->tid) == tid)
            return o->tasks[i]->tid;
    return p->tgid;
}

/* The kernel lets others send signals that look like a timer's (the code is
 * negative), so nothing has to be mended when it is delivered. */
static void send_signal(struct observer *o, struct process *p,
                        const struct timer *timer, pid_t tid)
{
    siginfo_t info = {0};
    info.si_signo = timer->sig;
    info.si_code = SI_TIMER;
    info.si_timerid = timer->id;
    info.si_ptr = (void *)(uintptr_t)timer->value;
    record_for(o, TRACE_SIGNAL, TRACE_KERNEL, p->number, timer->sig, 0);
    if (timer->notify == SIGEV_THREAD_ID)
        syscall(SYS_rt_tgsigqueueinfo, p->tgid, tid, timer->sig, &info);
    else
        syscall(SYS_rt_sigqueueinfo, p->tgid, timer->sig, &info);
    if (timer->sig == SIGKILL)
        killed(o, p);
    poke(o, p);
}

/* timer_getoverrun(2): only one signal of a timer waits at a time. */
void timer_ring(struct observer *o, struct process *p, struct timer *timer)
{
    bool thread = timer->notify == SIGEV_THREAD_ID;
    pid_t tid = thread ? thread_of(o, p, timer->tid) : p->tgid;
    timer->at = timer_next(o, timer->at, timer->every);
    if (timer->notify == SIGEV_NONE)
        return;
    if (timer->sent &&
        is_pending(tid, thread ? "SigPnd:" : "ShdPnd:", timer->sig)) {
        timer->overrun++;
        return;
    }
    timer->sent = true;
    send_signal(o, p, timer, tid);
}

bool timer_accepted(struct process *p, siginfo_t *info)
{
    int i = info->si_timerid - FIRST_ID;
    if (info->si_code != SI_TIMER || i < 0 || i >= TIMERS || !p->timers)
        return false;
    struct timer *timer = &p->timers[i];
    timer->sent = false;
    timer->missed = timer->overrun;
    timer->overrun = 0;
    info->si_overrun = timer->missed;
    return true;
}

/* --- timer descriptors: see timerfd.c for what is behind them ------------------- */

enum verb enter_timerfd_settime(struct observer *o, struct task *t)
{
    int known = TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET;
    struct timerfd *fd = timerfd_find(o, t, true);
    if (!fd || ((int)t->args[1] & ~known))
        return GO; /* the kernel says what is wrong */
    long r = set_time(o, t, fd->clock, &fd->at, &fd->every);
    if (r == 0)
        timerfd_forget_ticks(fd);
    return answer(t, r);
}

enum verb enter_timerfd_gettime(struct observer *o, struct task *t)
{
    int64_t spec[4];
    struct timerfd *fd = timerfd_find(o, t, false);
    if (!fd)
        return GO;
    timer_left(o, fd->at, fd->every, spec);
    return answer(t, put(t, t->args[1], spec, sizeof spec) < 0 ? -EFAULT : 0);
}
