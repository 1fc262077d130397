/* Coming to rest: collects stops until every task is held, stopped or proven
 * blocked (blocked.c). */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "observer/internal.h"

static const int64_t slice_ns = 20000000;     /* own CPU time before another
                                                 task gets its turn */

static bool is_blocked(const struct observer *o, struct task *t)
{
    long long count = task_off_cpu(t);
    return count >= 0 && task_still_blocked(o, t, count);
}

/* --- blocking, for the trace ------------------------------------------------ */

static void record_block(struct observer *o, struct task *t)
{
    char text[256];
    if (t->blocked_event)
        return;
    t->blocked_event = true;
    enum trace_wait wait = t->call ? t->call->wait : TRACE_WAIT_OTHER;
    if (t->vfork_of)
        wait = TRACE_WAIT_VFORK;
    if (wait == TRACE_WAIT_VFORK)
        snprintf(text, sizeof text, "vfork()");
    else if (t->number < 0)
        wait = describe_unseen(t, text, sizeof text);
    else
        describe(t, text, sizeof text);
    record(o, TRACE_BLOCK, t, TRACE_NOBODY, wait,
           t->park.on ? t->park.deadline : NEVER, text, strlen(text));
}

void now_blocked(struct observer *o, struct task *t)
{
    if (t->state == STOPPED) {
        t->unsure = false;
        return;
    }
    t->state = BLOCKED;
    record_block(o, t);
    if (o->token == t)
        o->token = NULL;
}

void await_rest(struct observer *o, const struct process *p)
{
    int status;
    for (int i = 0; i < o->n_tasks; i++) {
        struct task *t = o->tasks[i];
        if (t->process != p || (t->state != BLOCKED && t->state != STOPPED))
            continue;
        pid_t stopped;
        while ((stopped = waitpid(t->tid, &status, __WALL | WNOHANG)) == 0 &&
               !is_blocked(o, t))
            sched_yield();
        if (stopped > 0)
            arrive(o, t->tid, status);
    }
}

/* --- settling ------------------------------------------------------------------- */

/* @param who a task, or -1: any, for which the kernel looks at all of them */
static bool collect(struct observer *o, pid_t who)
{
    int status;
    pid_t tid = waitpid(who, &status, __WALL | WNOHANG);
    if (tid <= 0)
        return false;
    arrive(o, tid, status);
    return true;
}

static bool needs_proof(const struct task *t)
{
    return t->state == RUNNING || (t->state == STOPPED && t->unsure);
}

static bool burns(const struct task *t)
{
    return t->stint_ns >= (uint64_t)slice_ns;
}

/* @param[out] fresh one of them was not pre-empted itself, nor calls in vain */
static bool anyone_held(const struct observer *o, bool *fresh)
{
    bool any = false;
    *fresh = false;
    for (int i = 0; i < o->n_tasks; i++)
        if (o->tasks[i]->state == HELD) {
            any = true;
            *fresh |= o->tasks[i]->idle == 0;
        }
    return any;
}

/* All that run only compute: others get their turn, or else time passes.  How
 * long is the task's own CPU time, never wall time; still such a run is not
 * exact. */
static void pre_empt(struct observer *o, struct task *t)
{
    bool fresh, others = anyone_held(o, &fresh);
    t->stint_ns = 0;
    if (t->interrupted || o->real_clock)
        return;
    if (clock_computed(o, slice_ns, !fresh) || !others)
        return;
    o->trace->exact = false;
    if (o->held_back)
        hold_nobody(o);
    t->interrupted = true;
    t->idle = t->idle_before = 1;
    ptrace(PTRACE_INTERRUPT, t->tid, 0, 0);
}

/* Nothing but what we see can wake it, so it needs no proof with others. */
static bool alone(const struct task *t)
{
    return t->sticky || t->state == STOPPED;
}

/* CPU time of its own, as far as we saw it pass: if the whole machine was
 * stopped for a while, the kernel counts that, too. */
static void count_stint(struct task *t)
{
    static const uint64_t most = 3000000;
    uint64_t passed = t->cpu_ns - t->cpu_seen;
    t->cpu_seen = t->cpu_ns;
    t->stint_ns += passed < most ? passed : most;
}

/* The first pass. @return the number of tasks that may still be running */
static int look_at_all(struct observer *o, int *burning, struct task **last)
{
    int running = 0;
    for (int i = 0; i < o->n_tasks && !o->over; i++) {
        struct task *t = o->tasks[i];
        t->count = -1;
        if (!needs_proof(t))
            continue;
        t->count = task_off_cpu(t);
        if (t->count >= 0 && alone(t) && task_still_blocked(o, t, t->count)) {
            t->count = -1;
            now_blocked(o, t);
        } else if (t->count < 0) {
            running++;
            count_stint(t);
            if (t->state == RUNNING && burns(t)) {
                ++*burning;
                *last = t;
            }
        }
    }
    return running;
}

static bool all_at_rest(const struct observer *o)
{
    for (int i = 0; i < o->n_tasks; i++)
        if (needs_proof(o->tasks[i]))
            return false;
    return true;
}

/* @return the number of tasks that may still be running */
static int prove_all(struct observer *o)
{
    int burning = 0;
    struct task *last = NULL;
    int running = look_at_all(o, &burning, &last);
    if (burning > 0 && burning == running && !o->over)
        pre_empt(o, last);
    for (int i = 0; i < o->n_tasks && running == 0; i++)
        if (o->tasks[i]->count >= 0 &&
            !task_still_blocked(o, o->tasks[i], o->tasks[i]->count))
            running++;
    for (int i = 0; i < o->n_tasks && running == 0; i++)
        if (o->tasks[i]->count >= 0)
            now_blocked(o, o->tasks[i]);
    return running;
}

static void sleep_until_stop(int64_t ns)
{
    sigset_t child;
    struct timespec wait = {.tv_nsec = ns};
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigtimedwait(&child, NULL, &wait);
}

/* Whether the token's holder itself used most of a time that has just passed;
 * as far as we know: its CPU time is asked for here only. */
static bool computed_itself(const struct observer *o, int64_t ns)
{
    clockid_t clock;
    struct timespec t;
    struct process *p = o->token ? o->token->process : NULL;
    if (!p || clock_getcpuclockid(p->tgid, &clock) != 0 ||
        clock_gettime(clock, &t) < 0)
        return false;
    int64_t cpu_ns = t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
    int64_t used = cpu_ns - p->used_ns;
    p->used_ns = cpu_ns;
    return used > ns / 2;
}

/* Gives the CPU to the tracees, with whom we share it.  Yielding is cheapest:
 * we are back as soon as they stop or block.  But where strangers want the
 * CPU, too, they get it then for a whole time slice, so we sleep instead: a
 * stop wakes us, and whoever sleeps much is let in soon.  A task that computes
 * is looked at less and less often. */
static void let_run(struct observer *o, int round)
{
    enum { CROWDED_FOR = 400 };
    if (round >= 8) {
        sleep_until_stop(round < 14 ? INT64_C(50000) << (round - 8) : 3000000);
    } else if (o->crowded > 0 || o->free_running) {
        o->crowded--;
        sleep_until_stop(40000);
    } else {
        int64_t before = wall_now();
        sched_yield();
        int64_t taken = wall_now() - before;
        if (taken > 500000 && round == 0 && !computed_itself(o, taken))
            o->crowded = CROWDED_FOR;
    }
}

static void doubt_blocked(struct observer *o)
{
    for (int i = 0; i < o->n_tasks; i++)
        if (o->tasks[i]->state == BLOCKED && !o->tasks[i]->sticky)
            o->tasks[i]->state = RUNNING;
}

/* Whether the token's holder goes on without asking anyone. */
static bool goes_on(struct observer *o)
{
    return o->token && o->token->state == HELD && !at_choice(o, o->token);
}

/* Whether all tasks but this one are blocked, or call in vain as it does. */
static bool others_wait(struct observer *o, const struct task *spinning)
{
    for (int i = 0; i < o->n_tasks; i++) {
        struct task *t = o->tasks[i];
        if (t == spinning || t->idle >= IDLE_PATIENCE / 2)
            continue;
        if (t->state == HELD || (needs_proof(t) && !is_blocked(o, t)))
            return false;
    }
    return true;
}

/* Where the only ones that run make calls in vain, time passes: see take_idle()
 * for the same with a token. */
static void act_on_one(struct observer *o, struct task *t)
{
    int births = o->births, tasks = o->n_tasks;
    act(o, t);
    if (o->births != births || o->n_tasks != tasks)
        return; /* t may be gone */
    if (!o->real_clock && out_of_patience(t) && others_wait(o, t)) {
        t->idle = t->idle_before = IDLE_PATIENCE / 2;
        clock_jump(o);
    }
}

static bool can_be_acted_on(const struct task *t)
{
    return t->state == HELD && (!t->acted_on || t->ready || t->newborn);
}

static struct task *first_held(const struct observer *o)
{
    for (int i = 0; i < o->n_tasks; i++)
        if (can_be_acted_on(o->tasks[i]))
            return o->tasks[i];
    return NULL;
}

/* With no token, whoever stops goes on at once; and so does who is born, or
 * stops, while another is acted on. */
static bool act_on_free(struct observer *o)
{
    bool any = false;
    for (struct task *t; !o->over && (t = first_held(o)); any = true)
        act_on_one(o, t);
    return any;
}

static bool has_stops(struct observer *o)
{
    bool any = false;
    while (collect(o, -1)) {
        any = true;
        if (goes_on(o) && !o->free_running)
            return true;
    }
    if (o->free_running && act_on_free(o)) {
        doubt_blocked(o); /* what was done may have wakened anyone */
        return true;
    }
    return any;
}

/* Whoever waits for room in a pipe of ours gets it. */
static bool unblocks_writer(struct observer *o)
{
    for (int i = 0; i < o->n_tasks; i++) {
        const struct task *t = o->tasks[i];
        if (t->state == BLOCKED && t->call &&
            t->call->wait == TRACE_WAIT_WRITE && drain(o) > 0) {
            doubt_blocked(o);
            return true;
        }
    }
    return false;
}

/* The token's holder was resumed just now: most often it comes to its next
 * stop at once, and what the others do does not matter before that. */
static bool in_a_hurry(const struct observer *o, int round)
{
    const struct task *t = o->token;
    /* To look at a task for the first time takes files to be opened. */
    return t && t->state == RUNNING && round < (t->stat_fd < 0 ? 6 : 2);
}

/* Nobody but the token's holder can have run, and it has stopped. */
static bool only_token_ran(const struct observer *o)
{
    if (o->free_running || !o->token || o->token->state != HELD)
        return false;
    for (int i = 0; i < o->n_tasks; i++) {
        if (o->tasks[i]->state != HELD && o->tasks[i]->state != ZOMBIE)
            return false;
    }
    return true;
}

static bool hurry(struct observer *o, int round)
{
    let_run(o, round);
    return o->free_running ? has_stops(o) : collect(o, o->token->tid);
}

void settle(struct observer *o)
{
    bool doubted = false;
    for (int round = 0; !o->over; round++) {
        if (in_a_hurry(o, round) && !hurry(o, round))
            continue;
        if (goes_on(o) || only_token_ran(o))
            return;
        if (has_stops(o))
            round = 0;
        if (goes_on(o))
            return;
        /* With a token a writer is seen to be blocked first, at any load. */
        if (o->free_running && round > 4 && drain(o) > 0) {
            let_run(o, round);
            continue;
        }
        /* Only now does it matter what the others do. */
        if (!doubted)
            doubt_blocked(o);
        doubted = true;
        if (all_at_rest(o))
            return;
        if (prove_all(o) == 0 && !has_stops(o) && !goes_on(o) &&
            !unblocks_writer(o))
            return;
        if (round > 8)
            check_real_limits(o);
        let_run(o, round);
    }
}
