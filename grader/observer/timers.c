#include "observer/timers.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
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
    int64_t left = at - o->now - 1; /* see write_left() */
    left = at == NEVER ? 0 : left > 0 ? left : 1;
    spec[0] = every / second_ns;
    spec[1] = every % second_ns;
    spec[2] = left / second_ns;
    spec[3] = left % second_ns;
}

/* Shorter intervals than these pass without a signal of their own: no machine
 * does anything else in between. */
static const int64_t shortest_ns = 20000;

int64_t timer_next(const struct observer *o, int64_t at, int64_t every)
{
    (void)o;
    if (every <= 0)
        return NEVER;
    return at + every * ((shortest_ns + every - 1) / every);
}

static struct timer *find(struct task *t)
{
    int64_t i = (int64_t)(int)t->args[0] - FIRST_ID;
    if (i < 0 || i >= t->process->timer_room || !t->process->timers[i].used)
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

/* The thread of a process that the program knows by this number, or NULL. */
static struct task *thread_of(struct observer *o, const struct process *p,
                              int tid)
{
    for (int i = 0; i < o->n_tasks; i++)
        if (o->tasks[i]->process == p && pid_inside(o->tasks[i]->tid) == tid)
            return o->tasks[i];
    return NULL;
}

static int read_event(struct observer *o, const struct task *t, int id,
                      struct event *e)
{
    *e = (struct event){(uint64_t)id, SIGALRM, SIGEV_SIGNAL, 0};
    if (t->args[1] && peek(t, t->args[1], e, 20) < 0)
        return -EFAULT;
    bool valid = e->notify == SIGEV_NONE || e->notify == SIGEV_SIGNAL ||
                 e->notify == SIGEV_THREAD || e->notify == SIGEV_THREAD_ID;
    if (!valid || (e->notify != SIGEV_NONE && (e->sig < 1 || e->sig > 64)))
        return -EINVAL;
    if (e->notify == SIGEV_THREAD_ID && !thread_of(o, t->process, e->tid))
        return -EINVAL;
    return 0;
}

static bool make_room(struct process *p)
{
    enum { FIRST = 8, MOST = 4096 };
    int room = p->timer_room ? 2 * p->timer_room : FIRST;
    struct timer *more =
        room > MOST ? NULL
                    : reallocarray(p->timers, (size_t)room, sizeof *more);
    if (!more)
        return false;
    memset(more + p->timer_room, 0,
           (size_t)(room - p->timer_room) * sizeof *more);
    p->timers = more;
    p->timer_room = room;
    return true;
}

enum verb enter_timer_create(struct observer *o, struct task *t)
{
    struct event e;
    struct process *p = t->process;
    int clock = (int)t->args[0], i = 0;
    if (is_cpu_clock(clock) || !is_known_clock(clock))
        return GO;
    while (i < p->timer_room && p->timers[i].used)
        i++;
    if (i == p->timer_room && !make_room(p))
        return answer(t, -EAGAIN);
    int id = FIRST_ID + i, r = read_event(o, t, id, &e);
    if (r == 0 && put(t, t->args[2], &id, sizeof id) < 0)
        r = -EFAULT;
    if (r < 0)
        return answer(t, r);
    p->n_timers++;
    p->timers[i] = (struct timer){.used = true,
                                  .id = id,
                                  .clock = clock,
                                  .sig = e.sig,
                                  .notify = e.notify,
                                  .tid = e.tid,
                                  .value = e.value,
                                  .at = NEVER};
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
    *at = when(o, clock, t->args[1] & TIMER_ABSTIME, spec);
    *every = *at == NEVER ? 0 : spec[0] * second_ns + spec[1];
    if (t->args[3] && put(t, t->args[3], old, sizeof old) < 0)
        return -EFAULT; /* set it is, all the same */
    return 0;
}

static bool is_over(const struct observer *o, int64_t at)
{
    return at != NEVER && at <= o->now;
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
        timer->missed = 0, timer->began = NEVER;
    enum verb verb = answer(t, r);
    if (is_over(o, timer->at)) /* the signal comes before the call's end */
        timer_ring(o, t->process, timer);
    return t->dying ? KILLED : verb;
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
    p->n_timers = p->timer_room = 0;
}

struct timer *timer_first(struct process *p)
{
    struct timer *first = NULL;
    for (int i = 0; i < p->timer_room && p->n_timers > 0; i++) {
        struct timer *timer = &p->timers[i];
        if (timer->used && timer->at != NEVER &&
            (!first || timer->at < first->at))
            first = timer;
    }
    return first;
}

/* --- ringing
 * ------------------------------------------------------------------ */

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

/* timer_getoverrun(2): only one signal of a timer waits at a time.  What it
 * misses meanwhile is counted when the signal is taken, as the kernel does; we
 * look ever more seldom whether it still waits. */
void timer_ring(struct observer *o, struct process *p, struct timer *timer)
{
    bool thread = timer->notify == SIGEV_THREAD_ID;
    const struct task *to = thread ? thread_of(o, p, timer->tid) : NULL;
    pid_t tid = to ? to->tid : p->tgid;
    int64_t rang = timer->at;
    timer->at = timer_next(o, rang, timer->every);
    if (timer->notify == SIGEV_NONE)
        return;
    if (timer->sent &&
        is_pending(tid, thread ? "SigPnd:" : "ShdPnd:", timer->sig)) {
        if (timer->began == NEVER)
            timer->began = rang - timer->every;
        if (timer->every > 0)
            timer->at = rang + (rang - timer->began);
        return;
    }
    timer->sent = true;
    timer->began = rang;
    send_signal(o, p, timer, tid);
}

static void take_signal(const struct observer *o, struct timer *timer)
{
    timer->sent = false;
    timer->missed = 0;
    if (timer->began == NEVER || timer->every == 0 || timer->at == NEVER)
        return;
    int64_t missed = (o->now - timer->began) / timer->every;
    timer->at =
        timer_next(o, timer->began + missed * timer->every, timer->every);
    timer->missed = missed < INT_MAX ? (int)missed : INT_MAX;
}

bool timer_accepted(const struct observer *o, struct process *p,
                    siginfo_t *info)
{
    int i = info->si_timerid - FIRST_ID;
    if (info->si_code != SI_TIMER || i < 0 || i >= p->timer_room)
        return false;
    take_signal(o, &p->timers[i]);
    info->si_overrun = p->timers[i].missed;
    return true;
}

/* What a signal descriptor tells of our timers' signals, as timer_accepted()
 * and sender_of() have it. */
static void mend_one(const struct observer *o, struct process *p,
                     struct signalfd_siginfo *told)
{
    siginfo_t info = {.si_code = told->ssi_code};
    info.si_timerid = (int)told->ssi_tid;
    if (timer_accepted(o, p, &info))
        told->ssi_overrun = (uint32_t)info.si_overrun;
    if (told->ssi_signo >= SIGNALS || told->ssi_code != SI_USER ||
        told->ssi_pid != 0 || !p->timer_sent[told->ssi_signo])
        return;
    p->timer_sent[told->ssi_signo] = false;
    told->ssi_code = SI_KERNEL;
}

static bool is_signalfd(const struct task *t)
{
    char path[64], target[32] = "";
    snprintf(path, sizeof path, "/proc/%d/fd/%d", t->tid, (int)t->args[0]);
    return (t->descriptor.st.st_mode & S_IFMT) == 0 &&
           readlink(path, target, sizeof target - 1) > 0 &&
           strcmp(target, "anon_inode:[signalfd]") == 0;
}

void timers_read(const struct observer *o, struct task *t, long n)
{
    struct signalfd_siginfo told;
    uint64_t at = t->args[1];
    long rest = n % (long)sizeof told;
    if (t->number != SYS_read || n <= 0 || rest || !is_signalfd(t))
        return;
    for (; n > 0; n -= (long)sizeof told, at += sizeof told)
        if (peek(t, at, &told, sizeof told) == 0) {
            mend_one(o, t->process, &told);
            put(t, at, &told, sizeof told);
        }
}

/* --- timer descriptors: see timerfd.c for what is behind them
 * ------------------- */

enum verb enter_timerfd_settime(struct observer *o, struct task *t)
{
    int known = TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET;
    struct timerfd *fd = timerfd_find(o, t, true);
    if (!fd || ((int)t->args[1] & ~known))
        return GO; /* the kernel says what is wrong */
    long r = set_time(o, t, fd->clock, &fd->at, &fd->every);
    if (r == 0)
        timerfd_forget_ticks(fd);
    if (r == 0 && is_over(o, fd->at))
        timerfd_ring(o, fd);
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
