/* Injects faults (see fault.h) into the calls of tasks.
 *
 * Calls that a rule names stop at their entry like those of the table in
 * calls.c; filter.c sees to that.  There, in this order:
 * - a delay: the task stays where it is, DELAYED, one more sleeper for the
 *   clock.  What comes for it meanwhile waits for the call, as under strace;
 * - a signal: the kernel's own, pending before the call begins, so that a call
 *   that would wait ends with EINTR, or is made again, as signal(7) has it;
 * - a result: the call is skipped, and its row is told as of one that failed;
 *   or a smaller count, which the registers get back at the end.
 * At its end a signal and a delay likewise.
 *
 * A rule counts the calls of each task by itself, as strace does; one that means
 * a certain process counts those of all its threads together.  A call that the
 * kernel or we make again without the program's doing is the same one. */
#include <limits.h>
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "observer/calls.h"
#include "trace/query.h"

enum { NOT_MEANT = INT_MAX };

/* --- in words --------------------------------------------------------------- */

static void call_text(struct task *t, char *text, size_t size)
{
    const struct call *row = t->call,
                      *seen = row ? row : call_unseen(t->number);
    bool thread = t->number == SYS_clone && (t->args[0] & CLONE_THREAD);
    bool vfork = t->number == SYS_clone && (t->args[0] & CLONE_VFORK);
    const char *name = fault_call_name(t->number);
    if (t->number == SYS_clone && !thread)
        name = vfork ? "vfork" : "fork";
    t->call = seen;
    if (seen)
        describe(t, text, size);
    else
        snprintf(text, size, "%s()", name ? name : "a system call");
    t->call = row;
}

static void record_fault(struct observer *o, struct task *t,
                         enum trace_fault what, int64_t value)
{
    const char *text = t->fault.text;
    record(o, TRACE_FAULT, t, TRACE_NOBODY, what, value, text, strlen(text));
}

/* --- which calls are meant ------------------------------------------------- */

/* @return for each rule how many of its calls the task has made, or NOT_MEANT
 * where the rule means another process; or NULL */
static int *counts_of(struct observer *o, struct task *t)
{
    const struct observe_request *q = o->request;
    char place[256];
    if (t->fault.counts && o->aimed_counts)
        return t->fault.counts;
    free(t->fault.counts);
    t->fault.counts = calloc(q->n_faults, sizeof *t->fault.counts);
    if (!o->aimed_counts)
        o->aimed_counts = calloc(q->n_faults, sizeof *o->aimed_counts);
    if (!t->fault.counts || !o->aimed_counts) {
        o->out_of_memory = true;
        return NULL;
    }
    trace_place(o->trace, t->process->number, place, sizeof place);
    for (size_t i = 0; i < q->n_faults; i++)
        if (q->faults[i].place[0] && strcmp(q->faults[i].place, place) != 0)
            t->fault.counts[i] = NOT_MEANT;
    return t->fault.counts;
}

/* How often the rule's calls were made, this one included. */
static int count(struct observer *o, int *own, size_t rule)
{
    bool aimed = o->request->faults[rule].place[0] != '\0';
    return aimed ? ++o->aimed_counts[rule] : ++own[rule];
}

static bool waits_for_futex(const struct task *t)
{
    int op = (int)t->args[1] & FUTEX_CMD_MASK;
    return op == FUTEX_WAIT || op == FUTEX_WAIT_BITSET || op == FUTEX_LOCK_PI ||
           op == FUTEX_LOCK_PI2 || op == FUTEX_WAIT_REQUEUE_PI;
}

static bool names_call(const struct fault *f, const struct task *t)
{
    if (!fault_calls_has(&f->calls, t->number))
        return false;
    if (t->number == SYS_clone && f->processes_only)
        return !(t->args[0] & CLONE_THREAD);
    if (t->number == SYS_futex && f->waits_only)
        return waits_for_futex(t);
    return true;
}

static bool means(const struct fault *f, int nth)
{
    unsigned n = (unsigned)nth;
    return n >= f->first && n <= f->last && (n - f->first) % f->step == 0;
}

/* Several rules may mean one call: of two results the first rule's counts. */
static void add_effect(struct fault_effect *to, const struct fault_effect *e)
{
    if (e->has_result && !to->has_result) {
        to->has_result = true;
        to->result = e->result;
    }
    if (e->at_most && (!to->at_most || e->at_most < to->at_most))
        to->at_most = e->at_most;
    to->signal = to->signal ? to->signal : e->signal;
    to->signal_exit = to->signal_exit ? to->signal_exit : e->signal_exit;
    to->enter_ns += e->enter_ns;
    to->exit_ns += e->exit_ns;
}

static void find_effect(struct observer *o, struct task *t)
{
    int *counts = counts_of(o, t);
    t->fault.effect = (struct fault_effect){0};
    for (size_t i = 0; counts && i < o->request->n_faults; i++) {
        const struct fault *f = &o->request->faults[i];
        if (counts[i] == NOT_MEANT || !names_call(f, t))
            continue;
        if (!means(f, count(o, counts, i)))
            continue;
        add_effect(&t->fault.effect, &f->effect);
        call_text(t, t->fault.text, sizeof t->fault.text);
    }
}

/* Made again behind an ignored signal, or for the rest of a write. */
static bool is_same_call(const struct task *t)
{
    const struct injection *f = &t->fault;
    return part_is_rest(t) || (f->again && f->ip == arch_ip(&t->regs) &&
                               f->sp == arch_sp(&t->regs));
}

/* --- what happens to them
 * ---------------------------------------------------------- */

static void delay(struct observer *o, struct task *t, int64_t ns)
{
    static const char text[] = "an injected delay";
    record_fault(o, t, TRACE_FAULT_DELAY, ns);
    t->fault.until = o->now + ns;
    record(o, TRACE_BLOCK, t, TRACE_NOBODY, TRACE_WAIT_SLEEP, t->fault.until,
           text, sizeof text - 1);
    t->blocked_event = true;
    t->state = DELAYED;
    o->token = NULL;
}

/* To the task, as strace has it; and so it is this call that is interrupted. */
static void interrupt(struct observer *o, struct task *t, int sig)
{
    record_fault(o, t, TRACE_FAULT_SIGNAL, sig);
    tgkill(t->process->tgid, t->tid, sig);
    if (sig == SIGKILL)
        killed(o, t->process);
}

static void shorten(struct observer *o, struct task *t)
{
    uint64_t at_most = t->fault.effect.at_most;
    if (at_most == 0 || t->args[2] <= at_most)
        return;
    if (!t->fault.again)
        record_fault(o, t, TRACE_FAULT_SHORT, (int64_t)at_most);
    t->fault.whole = t->args[2];
    t->args[2] = at_most;
    arch_set_args(&t->regs, t->args);
    set_registers(t);
}

void fault_whole(struct task *t)
{
    uint64_t args[6];
    if (t->fault.whole == 0)
        return;
    arch_get_args(&t->regs, args);
    args[2] = t->fault.whole;
    t->fault.whole = 0;
    arch_set_args(&t->regs, args);
    set_registers(t);
}

static void begin_call(struct observer *o, struct task *t)
{
    struct fault_effect *e = &t->fault.effect;
    t->fault.again = is_same_call(t);
    if (!t->fault.again) {
        t->fault.whole = 0;
        find_effect(o, t);
        return;
    }
    e->signal = 0;
    e->enter_ns = 0;
    if (part_is_rest(t))
        e->at_most = 0;
}

bool fault_enter(struct observer *o, struct task *t)
{
    struct injection *f = &t->fault;
    f->unheard = false;
    if (o->request->n_faults == 0)
        return true;
    if (!f->delayed)
        begin_call(o, t);
    if (f->effect.enter_ns > 0 && !f->delayed) {
        f->delayed = true;
        delay(o, t, f->effect.enter_ns);
        return false;
    }
    f->delayed = false;
    if (f->effect.signal)
        interrupt(o, t, f->effect.signal);
    if (f->effect.signal == SIGKILL)
        return false;
    shorten(o, t);
    f->again = false;
    return true;
}

/* What its row records at the end of a call, it records of this one, too. */
bool fault_answers(struct observer *o, struct task *t)
{
    const struct fault_effect *e = &t->fault.effect;
    if (!e->has_result)
        return false;
    if (e->result < 0)
        record_fault(o, t, TRACE_FAULT_ERROR, -e->result);
    else
        record_fault(o, t, TRACE_FAULT_RESULT, e->result);
    answer(t, e->result);
    t->park.zero = t->part.on = false;
    if (e->result < 0 && t->call && t->call->leave)
        t->call->leave(o, t);
    return true;
}

bool fault_awaits_end(struct task *t, enum verb verb)
{
    const struct fault_effect *e = &t->fault.effect;
    t->fault.unheard = verb != REPORT;
    return e->signal_exit || e->exit_ns > 0 || t->fault.whole > 0;
}

/* The kernel's internal codes: it may execute the call once more. */
static void note_again(struct task *t)
{
    long result = arch_result(&t->regs);
    t->fault.again = result <= -KERNEL_ERESTARTSYS &&
                     result >= -KERNEL_ERESTART_RESTARTBLOCK;
    t->fault.ip = arch_ip(&t->regs);
    t->fault.sp = arch_sp(&t->regs);
}

bool fault_leave(struct observer *o, struct task *t)
{
    struct fault_effect *e = &t->fault.effect;
    int64_t ns = e->exit_ns;
    int sig = e->signal_exit;
    if (o->request->n_faults == 0 || t->part.on)
        return false;
    fault_whole(t);
    note_again(t);
    e->exit_ns = 0;
    e->signal_exit = 0;
    if (sig)
        interrupt(o, t, sig);
    if (sig == SIGKILL)
        return true;
    if (ns > 0) {
        t->ready = true;
        delay(o, t, ns);
    }
    return ns > 0;
}
