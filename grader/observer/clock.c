/* Virtual time.  It is discrete: it moves when everyone is blocked, to the
 * next deadline, and by a trifle at each read of the clock. */
#include <signal.h>
#include <string.h>
#include <sys/ptrace.h>
#include <time.h>

#include "observer/due.h"

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

static void wake_task(struct task *t)
{
    if (t->state == DELAYED) {
        t->state = HELD;
        t->acted_on = false;
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

static void ring(struct observer *o, const struct due *d)
{
    if (d->what == DUE_ALARM)
        ring_alarm(o, d->process);
    else
        timer_ring(o, d->process, d->timer);
}

/* Timers that a process set to one and the same time: the kernel lets them all
 * go off before it goes on with whom their signals wake. */
static void ring_all(struct observer *o, const struct due *first)
{
    struct due d = *first;
    int64_t at = d.at;
    do
        ring(o, &d);
    while (!o->over && due_of_process(first->process, &d) && d.at == at);
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
    case DUE_TIMER:
        ring_all(o, d);
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
    int n = due_first(o, due, true, &alone);
    o->computed_ns = o->burnt_ns = o->busy_calls = 0;
    /* With nothing but the limit left nobody will ever run again. */
    if (alone && due[0].at > o->now)
        return false;
    int m = due_turns(due, n, index);
    for (int i = 0; i < m; i++)
        options[i] = option_of(&due[index[i]]);
    struct due *d = &due[m ? index[decide(o, CHOICE_WAKE, options, m)] : 0];
    let_happen(o, d);
    o->instant = o->now;
    if (d->what == DUE_TASK)
        o->token = d->task;
    return true;
}

static struct due now[DUE_MOST];

int clock_due(struct observer *o, struct schedule_option *options)
{
    int n = due_now(o, now);
    for (int i = 0; i < n; i++) {
        options[i] = option_of(&now[i]);
        options[i].asleep = true;
    }
    return n;
}

void clock_wake(struct observer *o, int nth)
{
    const struct due *d = &now[nth];
    let_happen(o, d);
    o->token = d->what == DUE_TASK ? d->task : NULL;
}

static bool may_pass(struct observer *o, bool looks)
{
    static struct due due[DUE_MOST];
    int index[DUE_MOST];
    bool alone;
    int n = due_first(o, due, looks, &alone);
    int64_t at = due_earliest(due, n);
    return !alone && due_turns(due, n, index) == n &&
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
    int n = due_first(o, due, true, &alone);
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

/* While others have turns between, nobody computes in vain: then no more time
 * is taken by all of them together than the deadline is away. */
static bool is_enough(const struct observer *o, int64_t until_ns, bool in_vain)
{
    int64_t share = patience(o, until_ns);
    int64_t whole = until_ns > share ? until_ns : share;
    return o->computed_ns >= whole || (in_vain && o->burnt_ns >= share);
}

bool clock_computed(struct observer *o, int64_t cpu_ns, bool in_vain)
{
    static struct due due[DUE_MOST];
    bool alone;
    o->computed_ns += cpu_ns;
    o->burnt_ns += in_vain ? cpu_ns : 0;
    int n = due_first(o, due, true, &alone);
    if (alone || !is_enough(o, due_earliest(due, n) - o->now, in_vain))
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
