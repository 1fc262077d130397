/* The ends of tasks and processes.
 *
 * A task stops at the beginning of its exit (PTRACE_EVENT_EXIT) and goes on
 * when it is its turn; we then wait until it is dead.  A dead tracee is
 * invisible to its parent until its tracer has reaped it, so the order of
 * deaths, and which SIGCHLDs coalesce, are the schedule's to choose. */
#include <errno.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include "observer/internal.h"

enum { SIGACTION_NOCLDWAIT = 2 };

/* Whoever is outside reaps by itself; the news of it may be of others, whose
 * death we have not looked at yet. */
static void await_reaping(struct observer *o, struct process *p)
{
    struct nest_message m;
    while (!p->reaped_outside) {
        int r = nest_listen(&o->nest, &m, NULL);
        if (r < 0) {
            o->error = r;
            o->over = true;
            return;
        }
        struct process *who =
            m.news == NEST_REAPED ? process_by_pid(o, m.number) : NULL;
        if (who)
            who->reaped_outside = true;
    }
}

static void reaped_by(struct observer *o, struct process *p, int by)
{
    if (by == TRACE_OUTSIDE)
        await_reaping(o, p);
    p->zombie = false;
    p->gone = true;
    record_for(o, TRACE_REAP, by, p->number, 0, 0);
}

/* prctl(2): the nearest living ancestor that is a subreaper adopts, else
 * init. */
static struct process *adopter(const struct process *dead)
{
    struct process *p = dead->parent;
    while (p && (p->zombie || p->gone || !p->subreaper))
        p = p->parent;
    return p;
}

static void tell_of_death(struct observer *o, struct process *child)
{
    if (child->death_signal == 0 || child->zombie)
        return;
    record_for(o, TRACE_SIGNAL, TRACE_KERNEL, child->number,
               child->death_signal, 0);
    if (child->death_signal == SIGKILL)
        killed(o, child);
    poke(o, child);
}

/* Children are younger than their parent, also than the one that adopted them,
 * an ancestor; processes are numbered as they are born. */
static void adopt_children(struct observer *o, struct process *dead)
{
    struct process *to = adopter(dead);
    for (int i = dead->number + 1; i < o->n_processes && !o->over; i++) {
        struct process *c = o->processes[i];
        if (c->parent != dead || c->gone)
            continue;
        tell_of_death(o, c);
        c->parent = to;
        record_for(o, TRACE_ORPHAN, c->number, to ? to->number : TRACE_OUTSIDE,
                   0, 0);
        if (c->zombie && !to)
            reaped_by(o, c, TRACE_OUTSIDE);
    }
    if (to)
        poke(o, to);
}

/* wait(2), NOTES: with SIGCHLD ignored children do not become zombies. */
static bool reaps_by_itself(const struct process *parent)
{
    const struct disposition *d = &parent->signals[SIGCHLD];
    return d->handler == 1 || (d->flags & SIGACTION_NOCLDWAIT);
}

static void process_ended(struct observer *o, struct process *p, uint64_t pc,
                          int status)
{
    int sig = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    struct trace_event *e =
        record_for(o, TRACE_EXIT, p->number, TRACE_NOBODY,
                   sig ? 0 : WEXITSTATUS(status), sig);
    if (e)
        e->pc = pc;
    p->zombie = true;
    descriptors_forget(p);
    p->alarm_at = NEVER;
    if (p->number == 0)
        o->main_ended = o->now;
    adopt_children(o, p);
    if (o->over)
        return;
    if (!p->parent)
        reaped_by(o, p, TRACE_OUTSIDE);
    else if (reaps_by_itself(p->parent))
        reaped_by(o, p, TRACE_KERNEL);
    /* An ended process may also orphan a stopped group (setpgid(2)). */
    poke(o, p->parent);
    for (int i = 0; i < o->n_tasks; i++)
        o->tasks[i]->unsure = true;
}

static void forget(struct observer *o, struct task *t)
{
    for (int i = 0; i < o->n_tasks; i++)
        if (o->tasks[i]->vfork_of == t)
            poke(o, o->tasks[i]->process);
    task_remove(o, t);
}

/* The last thread is gone, so a leader that went before can be reaped. */
static void end_with_leader(struct observer *o, struct process *p)
{
    struct task *leader = leader_of(o, p);
    if (!leader || leader->state != ZOMBIE)
        return;
    int status = leader->status; /* see arrive() */
    if (WIFSTOPPED(status))
        status = wait_for(leader->tid);
    uint64_t pc = leader->pc_known ? leader->pc : 0;
    forget(o, leader);
    process_ended(o, p, pc, status == -1 ? 0 : status);
}

static void task_ended(struct observer *o, struct task *t, int status)
{
    struct process *p = t->process;
    uint64_t pc = t->pc_known ? t->pc : 0;
    bool leader = t->tid == p->tgid;
    if (!leader && p->threads > 0)
        record(o, TRACE_THREAD_EXIT, t, TRACE_NOBODY, 0, 0, NULL, 0);
    forget(o, t);
    o->token = NULL;
    if (leader)
        process_ended(o, p, pc, status);
    else if (p->threads == 0)
        end_with_leader(o, p);
    else
        poke(o, p);
}

static bool is_stopped(const struct observer *o, const struct process *p)
{
    for (int i = 0; i < o->n_tasks; i++)
        if (o->tasks[i]->process == p && o->tasks[i]->state == STOPPED)
            return true;
    return false;
}

static void await_zombie(const struct task *t)
{
    siginfo_t info;
    while (waitid(P_PID, (id_t)t->tid, &info,
                  WEXITED | WSTOPPED | WNOWAIT | __WALL) < 0 &&
           errno == EINTR)
        ;
}

/* Whoever inherits a zombie gets SIGCHLD for it at the exit of its parent, and
 * so does who inherits a stopped child that goes on because nobody is left to
 * continue it (setpgid(2)).  It then looks for children before we have reaped
 * the parent, or after.  So that it is always before, all come to rest while
 * the parent is still a zombie of ours; see look_again() for what they find. */
static void let_heir_look(struct observer *o, const struct task *t)
{
    struct process *heir = adopter(t->process);
    bool any = false;
    int first = t->process->number + 1;
    if (!heir)
        return;
    for (int i = first; i < o->n_processes; i++)
        any |= o->processes[i]->parent == t->process &&
               (o->processes[i]->zombie || is_stopped(o, o->processes[i]));
    if (!any)
        return;
    await_zombie(t);
    for (int i = first; i < o->n_processes; i++)
        if (o->processes[i]->parent == t->process)
            await_rest(o, o->processes[i]);
    await_rest(o, heir);
}

void act_on_exit(struct observer *o, struct task *t)
{
    struct process *p = t->process;
    t->pc_known = get_registers(t) < 0;
    place_of(o, t); /* while it has memory */
    reaped_unseen(o, t);
    p->threads--;
    if (o->request->look_at_exit && p->threads == 0)
        facts_of(o, t, TRACE_AT_EXIT);
    ptrace(PTRACE_CONT, t->tid, 0, 0);
    if (t->tid == p->tgid && p->threads > 0) {
        task_await_zombie(t);
        t->state = ZOMBIE;
        o->token = NULL;
        poke(o, p);
        return;
    }
    let_heir_look(o, t);
    int status = wait_for(t->tid);
    while (status != -1 && WIFSTOPPED(status)) {
        ptrace(PTRACE_CONT, t->tid, 0, 0);
        status = wait_for(t->tid);
    }
    task_ended(o, t, status == -1 ? 0 : status);
}

void bury(struct observer *o, const struct process *p)
{
    for (int i = 0; i < o->n_tasks;) {
        struct task *t = o->tasks[i++];
        if (t->process != p || t->state != HELD || t->newborn || t->ready ||
            WIFSTOPPED(t->status))
            continue;
        act_on_death(o, t, t->status);
        i = 0;
    }
}

void act_on_death(struct observer *o, struct task *t, int status)
{
    t->process->threads--;
    task_ended(o, t, status);
}
