/* Virtual time.  It is discrete: it moves when everyone is blocked, to the
 * next deadline, and by a trifle at each read of the clock. */
#include <signal.h>
#include <string.h>
#include <sys/ptrace.h>
#include <time.h>

#include "observer/timers.h"

/* Deadlines so close together count as one: which comes first is for the
 * schedule to say, as it is for chance on a real machine. */
static const int64_t tie_ns = 1000000;

/* Where a grading begins: 2026-01-05 08:00:00 UTC, a Monday. */
static const int64_t epoch_ns = INT64_C(1767600000) * 1000000000;
static const int64_t boot_ns = INT64_C(1000) * 1000000000;

/* A program run by hand meets files of its real present: make(1) compares
 * their times with the clock's, and none may lie in the future.  As computing
 * takes no virtual time, its clock begins with a lead, and gets one again when
 * that is used up: it is stepped, as by an administrator. */
static const int64_t lead_ns = INT64_C(10) * 1000000000;

static int64_t real_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

void clock_keep_lead(struct observer *o)
{
    int64_t real = real_now();
    if (o->request->world == OBSERVE_GRADE || clock_epoch(o) + o->now > real)
        return;
    o->began_ns = real - o->now;
    o->trace->exact = false;
}

int64_t clock_epoch(const struct observer *o)
{
    return o->request->world == OBSERVE_GRADE ? epoch_ns : o->began_ns + lead_ns;
}

int64_t clock_boot(const struct observer *o)
{
    (void)o;
    return boot_ns;
}

bool clock_is_missing(int clock)
{
    struct timespec t;
    bool alarm = clock == CLOCK_REALTIME_ALARM || clock == CLOCK_BOOTTIME_ALARM;
    return alarm && clock_gettime(clock, &t) < 0;
}

int64_t wall_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

/* Something whose time has come, or will. */
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

/* Signal timers of a process come before its own sleeps of the same time, as
 * the kernel gives sleeps some slack (prctl(2), PR_SET_TIMERSLACK). */
static int of_process(struct process *p, struct due *d)
{
    struct timer *timer = timer_first(p);
    bool alarm = p->alarm_at != NEVER &&
                 (!timer || p->alarm_at <= timer->at);
    if (p->zombie || p->gone || (!alarm && !timer))
        return 0;
    *d = (struct due){.age = p->number, .process = p, .timer = timer,
                      .at = alarm ? p->alarm_at : timer->at,
                      .what = alarm ? DUE_ALARM : DUE_TIMER};
    return 1;
}

static int of_task(struct task *t, struct due *d)
{
    struct due timer;
    bool delayed = t->state == DELAYED;
    if (!delayed && (!t->park.on || t->park.woken || t->park.deadline == NEVER ||
        (t->state != BLOCKED && t->state != RUNNING)))
        return 0;
    int64_t at = delayed ? t->fault.until : t->park.deadline;
    if (of_process(t->process, &timer) && timer.at <= at)
        return 0;
    *d = (struct due){.at = at, .age = t->age, .what = DUE_TASK, .task = t,
                      .process = t->process};
    return 1;
}

static int of_timerfds(struct observer *o, struct due *d)
{
    int n = 0;
    for (int i = 0; i < o->n_timerfds; i++)
        if (o->timerfds[i].at != NEVER)
            d[n++] = (struct due){.at = o->timerfds[i].at, .age = -3 - i,
                                  .what = DUE_TIMERFD,
                                  .timerfd = &o->timerfds[i]};
    return n;
}

/* The step that comes next, or the next one that is no look. */
static const struct observe_step *next_step(const struct observer *o,
                                            bool looks)
{
    const struct observe_request *r = o->request;
    size_t i = o->next_step;
    while (!looks && i < r->n_steps && r->steps[i].kind == OBSERVE_LOOK)
        i++;
    return i < r->n_steps ? &r->steps[i] : NULL;
}

static int of_scenario(const struct observer *o, struct due *d, bool looks)
{
    const struct observe_request *r = o->request;
    const struct observe_step *s = next_step(o, looks);
    int n = 0;
    if (s)
        d[n++] = (struct due){.at = s->at_ns, .age = 1 << 30,
                              .what = s->kind == OBSERVE_LOOK ? DUE_LOOK
                                                              : DUE_STEP};
    if (o->main_ended != NEVER && r->watch_ns > 0)
        d[n++] = (struct due){.at = o->main_ended + r->watch_ns, .age = -1,
                              .what = DUE_WATCH};
    d[n++] = (struct due){.at = o->limits.virtual_ns, .age = -2,
                          .what = DUE_LIMIT};
    return n;
}

enum { DUE_MOST = 4096, DUE_OTHERS = TIMERFDS + 3 };

static int64_t earliest(const struct due *due, int n)
{
    int64_t at = due[0].at;
    for (int i = 1; i < n; i++)
        if (due[i].at < at)
            at = due[i].at;
    return at;
}

/* All that is due first, ties included, in the order of their making.
 * @param looks whether those of the scenario count
 * @param[out] alone nothing but the limit has a deadline */
static int first_of(struct observer *o, struct due *due, bool looks,
                    bool *alone)
{
    int n = 0, kept = 0;
    for (int i = 0; i < o->n_tasks && n < DUE_MOST - DUE_OTHERS; i++)
        if (o->tasks[i]->thread == 0)
            n += of_process(o->tasks[i]->process, &due[n]);
    for (int i = 0; i < o->n_tasks && n < DUE_MOST - DUE_OTHERS; i++)
        n += of_task(o->tasks[i], &due[n]);
    n += of_timerfds(o, &due[n]);
    n += of_scenario(o, &due[n], looks);
    *alone = n == 1;
    int64_t first = earliest(due, n);
    for (int i = 0; i < n; i++)
        if (due[i].at <= first + tie_ns || due[i].at <= o->now)
            due[kept++] = due[i];
    return kept;
}

static int first_due(struct observer *o, struct due *due, bool *alone)
{
    return first_of(o, due, true, alone);
}

static void wake_task(struct task *t)
{
    if (t->state == DELAYED) {
        t->state = HELD;
        return;
    }
    t->park.woken = true;
    t->interrupted = true;
    t->state = RUNNING;
    ptrace(PTRACE_INTERRUPT, t->tid, 0, 0);
}

static void ring_alarm(struct observer *o, struct process *p)
{
    p->alarm_at = timer_next(o, p->alarm_at, p->alarm_every);
    /* It is set again when its signal is taken, which is never. */
    if (p->signals[SIGALRM].handler == (uintptr_t)SIG_IGN)
        p->alarm_at = NEVER;
    p->timer_sent[SIGALRM] = true;
    send_from(o, TRACE_KERNEL, p, SIGALRM);
}

static void do_step(struct observer *o)
{
    const struct observe_step *s = &o->request->steps[o->next_step++];
    switch (s->kind) {
    case OBSERVE_INPUT:
        input_feed(o, s->text);
        break;
    case OBSERVE_CLOSE:
        input_close(o);
        break;
    case OBSERVE_SIGNAL:
        send_from(o, TRACE_SCENARIO, o->processes[0], s->signal);
        break;
    case OBSERVE_LOOK:
        facts_of_all(o);
        return;
    }
    poke(o, NULL);
}

static void let_happen(struct observer *o, const struct due *d)
{
    if (o->held_back && d->at > o->now) {
        o->held_back_ns += d->at - o->now;
        o->trace->honest_clock &= d->at <= o->instant + tie_ns;
    }
    if (d->at > o->now)
        o->now = d->at;
    switch (d->what) {
    case DUE_TASK:
        wake_task(d->task);
        break;
    case DUE_ALARM:
        ring_alarm(o, d->process);
        break;
    case DUE_TIMER:
        timer_ring(o, d->process, d->timer);
        break;
    case DUE_TIMERFD:
        timerfd_ring(o, d->timerfd);
        break;
    case DUE_STEP:
    case DUE_LOOK:
        do_step(o);
        break;
    case DUE_WATCH:
        finish(o, TRACE_LEFT_WAITING);
        break;
    case DUE_LIMIT:
        finish(o, TRACE_LIMIT_TIME);
        break;
    }
}

/* A look, the end of the watch and the limit are no one's turn: they come
 * after all else that is due.  So a look changes no decision. */
static int turns_of(const struct due *due, int n, int *index)
{
    int m = 0;
    for (int i = 0; i < n; i++)
        if (due[i].what < DUE_LOOK)
            index[m++] = i;
    return m;
}

static struct schedule_option option_of(const struct due *d)
{
    int nobody = d->what == DUE_STEP ? TRACE_SCENARIO : TRACE_NOBODY;
    return (struct schedule_option){
        d->age, d->process ? d->process->number : nobody, false};
}

bool clock_jump(struct observer *o)
{
    static struct due due[DUE_MOST];
    struct schedule_option options[DUE_MOST];
    int index[DUE_MOST];
    bool alone;
    int n = first_due(o, due, &alone);
    o->burnt_ns = o->busy_calls = 0;
    /* With nothing but the limit left nobody will ever run again. */
    if (alone && due[0].at > o->now)
        return false;
    int m = turns_of(due, n, index);
    for (int i = 0; i < m; i++)
        options[i] = option_of(&due[index[i]]);
    struct due *d = &due[m ? index[decide(o, CHOICE_WAKE, options, m)] : 0];
    let_happen(o, d);
    o->instant = o->now;
    if (d->what == DUE_TASK)
        o->token = d->task;
    return true;
}

/* Without a look at what is not due: this is asked at each turn. */
static struct due due_now[DUE_MOST];

static bool is_now(const struct observer *o, const struct due *d)
{
    return d->at <= o->now || d->at <= o->instant + tie_ns;
}

int clock_due(struct observer *o, struct schedule_option *options)
{
    int n = 0;
    for (int i = 0; i < o->n_tasks && n < DUE_MOST - DUE_OTHERS; i++) {
        struct task *t = o->tasks[i];
        if (t->thread == 0 && of_process(t->process, &due_now[n]))
            n += is_now(o, &due_now[n]);
        if (of_task(t, &due_now[n]))
            n += is_now(o, &due_now[n]);
    }
    int m = of_timerfds(o, &due_now[n]);
    for (int i = n; m > 0; i++, m--)
        if (is_now(o, &due_now[i]))
            due_now[n++] = due_now[i];
    of_scenario(o, &due_now[n], true);
    if (due_now[n].what == DUE_STEP && is_now(o, &due_now[n]))
        n++;
    for (int i = 0; i < n; i++) {
        options[i] = option_of(&due_now[i]);
        options[i].asleep = true;
    }
    return n;
}

void clock_wake(struct observer *o, int nth)
{
    const struct due *d = &due_now[nth];
    let_happen(o, d);
    o->token = d->what == DUE_TASK ? d->task : NULL;
}

static bool may_pass(struct observer *o, bool looks)
{
    static struct due due[DUE_MOST];
    int index[DUE_MOST];
    bool alone;
    int n = first_of(o, due, looks, &alone);
    int64_t at = earliest(due, n);
    return !alone && turns_of(due, n, index) == n &&
           hold_lasts(o, at > o->now ? at - o->now : 0);
}

/* Neither a look nor the end of the watch comes while somebody is held back. */
bool clock_may_pass(struct observer *o)
{
    return may_pass(o, true);
}

/* A look must not take a choice away: decisions are known by their number. */
bool clock_might_pass(struct observer *o)
{
    return may_pass(o, false);
}

/* Time passed while someone ran: whoever is due is woken, without a choice
 * that could be lost. */
void clock_wake_due(struct observer *o)
{
    static struct due due[DUE_MOST];
    bool alone;
    int n = first_due(o, due, &alone);
    for (int i = 0; i < n && !o->over; i++)
        if (due[i].at <= o->now)
            let_happen(o, &due[i]);
}

/* How much CPU time is taken for the time until the next deadline: a watchdog
 * must spare who computes.  A grading makes an end to endless loops sooner; but
 * what a sensible program uses, on a slow machine with other work, is nothing
 * to it. */
static int64_t patience(const struct observer *o, int64_t until_ns)
{
    enum { RUN_SHARE = 4, GRADE_SHARE = 16 };
    const int64_t least = 200000000, most = 500000000;
    if (o->request->world != OBSERVE_GRADE)
        return until_ns / RUN_SHARE;
    until_ns /= GRADE_SHARE;
    return until_ns < least ? least : until_ns < most ? until_ns : most;
}

bool clock_computed(struct observer *o, int64_t cpu_ns)
{
    static struct due due[DUE_MOST];
    bool alone;
    o->burnt_ns += cpu_ns;
    int n = first_due(o, due, &alone);
    if (alone || o->burnt_ns < patience(o, earliest(due, n) - o->now))
        return false;
    o->trace->exact = false;
    return clock_jump(o);
}

enum { CALLS_FREE_RUN = 4096, CALLS_FREE_GRADE = 16384, CALLS_PACE = 64 };
static const int64_t call_ns = 40000;

static bool is_busy(const struct observer *o)
{
    bool grade = o->request->world == OBSERVE_GRADE;
    return o->busy_calls >= (grade ? CALLS_FREE_GRADE : CALLS_FREE_RUN);
}

bool clock_is_fair(const struct observer *o)
{
    return o->busy_calls % CALLS_PACE == 0 && is_busy(o);
}

void clock_call(struct observer *o)
{
    o->busy_calls++;
    if (!o->real_clock && is_busy(o))
        o->now += call_ns;
    if (!o->real_clock && clock_is_fair(o))
        clock_wake_due(o);
}

enum { READS_FREE = 64 };

/* A loop that only looks at the clock must end: its reads advance the clock
 * in growing steps. */
int64_t clock_read(struct observer *o, struct task *t)
{
    int64_t step = 1000;
    /* Time does pass: no reason to jump, whatever else is made in vain. */
    t->idle = t->idle_before < IDLE_PATIENCE / 2 ? t->idle_before
                                                 : IDLE_PATIENCE / 2;
    if (++t->reads > READS_FREE) {
        int doublings = (t->reads - READS_FREE) / 8;
        step <<= doublings < 14 ? doublings : 14;
        t->idle = t->idle > 0 ? t->idle : 1;
    }
    o->now += step;
    if (t->reads > READS_FREE)
        clock_wake_due(o);
    return o->now;
}
