/* What a stop means.  arrive() notes it; act() works it out when it is the
 * task's turn, and resumes the task. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "observer/internal.h"

enum { SYSCALL_STOP = SIGTRAP | 0x80 };

static int event_of(int status)
{
    return status >> 16;
}

int wait_for(pid_t tid)
{
    int status;
    pid_t r;
    do
        r = waitpid(tid, &status, __WALL);
    while (r < 0 && errno == EINTR);
    return r < 0 ? -1 : status;
}

/* A stop of a task that no fork has announced yet, or the end of one of our
 * own (init). */
static void note_unknown(struct observer *o, pid_t tid, int status)
{
    int room = (int)(sizeof o->unknown / sizeof o->unknown[0]);
    if (tid == o->nest.init || !WIFSTOPPED(status) || o->n_unknown == room)
        return;
    o->unknown[o->n_unknown].tid = tid;
    o->unknown[o->n_unknown++].status = status;
}

/* exit_group(2) and fatal signals end the other threads, too. */
static bool ends_group(struct task *t)
{
    unsigned long code = 0;
    ptrace(PTRACE_GETEVENTMSG, t->tid, 0, &code);
    return (code & 0x7f) != 0 ||
           (get_registers(t) == 0 && arch_number(&t->regs) == SYS_exit_group);
}

/* @return the signal that a task stopped with in job control, else 0 */
static int stopped_by(int status)
{
    int sig = WSTOPSIG(status);
    bool stops = sig == SIGSTOP || sig == SIGTSTP || sig == SIGTTIN ||
                 sig == SIGTTOU;
    bool event = WIFSTOPPED(status) && event_of(status) == PTRACE_EVENT_STOP;
    return event && stops ? sig : 0;
}

void arrive(struct observer *o, pid_t tid, int status)
{
    struct task *t = task_find(o, tid);
    if (!t) {
        note_unknown(o, tid, status);
        return;
    }
    if (WIFSTOPPED(status) && event_of(status) == PTRACE_EVENT_EXEC)
        t = take_over(o, t);
    /* The other threads are gone as well, but that has not been acted on:
     * when the kernel says it of the leader is a matter of luck. */
    if (t->state == ZOMBIE && !WIFSTOPPED(status)) {
        t->status = status;
        return;
    }
    t->state = HELD;
    t->status = status;
    t->newborn = t->ready = t->looked = t->dying = t->acted_on = false;
    t->leaving = WIFSTOPPED(status) && event_of(status) == PTRACE_EVENT_EXIT;
    /* The kernel has told its parent already, whenever we act on it. */
    if ((stopped_by(status) || t->was_stopped) && t->process->parent)
        poke(o, t->process->parent);
    if (t->leaving && t->process->threads > 1 && ends_group(t))
        killed(o, t->process);
}

void resume(struct observer *o, struct task *t, int request, int sig)
{
    t->state = RUNNING;
    t->stint_ns = 0;
    t->acted_on = false;
    (void)o;
    /* Where this fails the task was killed: its end arrives by itself. */
    ptrace((enum __ptrace_request)request, t->tid, 0, (void *)(intptr_t)sig);
}

/* --- calls ------------------------------------------------------------------- */

static void look(struct task *t)
{
    if (t->looked)
        return;
    t->looked = true;
    t->call = NULL;
    if (get_registers(t) < 0)
        return;
    t->number = arch_number(&t->regs);
    arch_get_args(&t->regs, t->args);
    t->call = call_find(t->number);
}

static bool reads_clock(const struct call *c)
{
    return c && (c->number == SYS_clock_gettime || c->number == SYS_time ||
                 c->number == SYS_gettimeofday || c->number == SYS_times ||
                 c->number == SYS_sysinfo);
}

static void end_block(struct observer *o, struct task *t, long result)
{
    if (!t->blocked_event)
        return;
    t->blocked_event = false;
    record(o, TRACE_RESUME, t, TRACE_NOBODY, result, 0, NULL, 0);
}

static void act_on_entry(struct observer *o, struct task *t)
{
    look(t);
    mask_restore(t);
    t->pc_known = false;
    end_block(o, t, 0); /* of an untraced call, whose end was not seen */
    if (!fault_enter(o, t))
        return;
    t->sticky = t->call && t->call->sticky;
    t->idle_before = t->idle;
    t->idle = 0;
    if (!reads_clock(t->call)) {
        t->reads = t->idle_before > 0 ? t->reads : 0;
        clock_call(o);
    }
    enum verb verb = fault_answers(o, t) ? ANSWERED
                     : !t->call          ? GO
                     : t->call->enter    ? t->call->enter(o, t)
                                         : REPORT;
    if (o->over || verb == KILLED)
        return;
    bool end = fault_awaits_end(t, verb) || verb == REPORT;
    if (verb != REPORT)
        t->number = -1;
    resume(o, t, end ? PTRACE_SYSCALL : PTRACE_CONT, 0);
}

static bool sends_signal(const struct call *c)
{
    return c && (c->number == SYS_kill || c->number == SYS_tkill ||
                 c->number == SYS_tgkill || c->number == SYS_rt_sigqueueinfo ||
                 c->number == SYS_rt_tgsigqueueinfo ||
                 c->number == SYS_pidfd_send_signal);
}

/* After a signal was sent it is anyone's turn; after a call in vain it is the
 * others' turn, before this one takes back what it let go of for the call (an
 * interpreter's lock).
 * Where all run side by side nobody has to give way, and whoever computes
 * would keep it waiting. */
static bool gives_way(const struct observer *o, const struct task *t)
{
    return !o->free_running && (t->idle > 0 || sends_signal(t->call));
}

static void act_on_end_of_call(struct observer *o, struct task *t)
{
    if (get_registers(t) < 0) {
        resume(o, t, PTRACE_CONT, 0);
        return;
    }
    bool again = t->blocked_event;
    if (t->call && t->call->leave && !t->fault.unheard)
        t->call->leave(o, t);
    mask_leave(t);
    long result = arch_result(&t->regs);
    bool to_be_repeated =
        result <= -KERNEL_ERESTARTSYS || arch_number(&t->regs) == -1;
    if (again)
        end_block(o, t, to_be_repeated ? -EINTR : result);
    t->number = -1;
    if (fault_leave(o, t))
        return;
    if (gives_way(o, t)) {
        t->ready = true;
        o->token = NULL;
        return;
    }
    resume(o, t, PTRACE_CONT, 0);
}

/* --- stops of job control ------------------------------------------------------ */

static void act_on_group_stop(struct observer *o, struct task *t, int sig)
{
    if (t->thread == 0 && !t->was_stopped)
        record(o, TRACE_STOP, t, TRACE_NOBODY, sig, 0, NULL, 0);
    t->was_stopped = true;
    t->state = STOPPED;
    t->unsure = true;
    o->token = NULL;
    ptrace(PTRACE_LISTEN, t->tid, 0, 0);
}

/* SIGCONT, or the echo of our own interruption. */
static void act_on_event_stop(struct observer *o, struct task *t)
{
    if (t->was_stopped && t->thread == 0)
        record(o, TRACE_CONTINUE, t, TRACE_NOBODY, 0, 0, NULL, 0);
    if (!t->was_stopped)
        mask_keep(t);
    t->was_stopped = t->interrupted = false;
    resume(o, t, PTRACE_CONT, 0);
}

static void act_on_vfork_done(struct observer *o, struct task *t)
{
    end_block(o, t, 0);
    t->vfork_of = NULL;
    if (fault_leave(o, t))
        return;
    resume(o, t, PTRACE_CONT, 0);
}

static void act_on_event(struct observer *o, struct task *t, int status)
{
    switch (event_of(status)) {
    case PTRACE_EVENT_SECCOMP:
        act_on_entry(o, t);
        break;
    case PTRACE_EVENT_FORK:
    case PTRACE_EVENT_VFORK:
    case PTRACE_EVENT_CLONE:
        act_on_birth(o, t, event_of(status));
        break;
    case PTRACE_EVENT_VFORK_DONE:
        act_on_vfork_done(o, t);
        break;
    case PTRACE_EVENT_EXEC:
        act_on_exec(o, t);
        break;
    case PTRACE_EVENT_EXIT:
        act_on_exit(o, t);
        break;
    default:
        if (stopped_by(status))
            act_on_group_stop(o, t, WSTOPSIG(status));
        else
            act_on_event_stop(o, t);
    }
}

void act(struct observer *o, struct task *t)
{
    int status = t->status;
    o->token = t;
    t->acted_on = true;
    t->last_turn = ++o->turns;
    o->events++;
    if (o->real_clock)
        o->now = wall_now() - o->wall_start;
    if (t->newborn || t->ready) {
        t->newborn = t->ready = false;
        end_block(o, t, 0); /* of a delay */
        resume(o, t, PTRACE_CONT, 0);
    } else if (!WIFSTOPPED(status)) {
        act_on_death(o, t, status);
    } else if (WSTOPSIG(status) == SYSCALL_STOP) {
        act_on_end_of_call(o, t);
    } else if (event_of(status)) {
        act_on_event(o, t, status);
    } else {
        act_on_signal(o, t, WSTOPSIG(status));
    }
}

/* The token's holder goes on by itself unless it is about to do what others
 * can notice. */
bool at_choice(struct observer *o, struct task *t)
{
    if (t->newborn || t->ready || !WIFSTOPPED(t->status))
        return true;
    if (WSTOPSIG(t->status) == SYSCALL_STOP)
        return false;
    switch (event_of(t->status)) {
    case PTRACE_EVENT_SECCOMP:
        look(t);
        return t->idle > 0 || (t->call && t->call->choice) ||
               clock_is_fair(o);
    case PTRACE_EVENT_EXIT:
    case 0:
        return true;
    case PTRACE_EVENT_STOP:
        return t->idle > 0; /* pre-empted: see prove.c */
    default:
        return false;
    }
}
