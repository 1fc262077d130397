/* fork, vfork, clone and exec. */
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "observer/timers.h"

/* The first stop of a new task, which may have come before it was announced.
 * @return its wait status, or -1 if it is gone already */
static int first_stop(struct observer *o, pid_t tid)
{
    for (int i = 0; i < o->n_unknown; i++)
        if (o->unknown[i].tid == tid) {
            int status = o->unknown[i].status;
            o->unknown[i] = o->unknown[--o->n_unknown];
            return status;
        }
    return wait_for(tid);
}

static enum trace_birth way_of_birth(int event)
{
    switch (event) {
    case PTRACE_EVENT_FORK:
        return TRACE_BY_FORK;
    case PTRACE_EVENT_VFORK:
        return TRACE_BY_VFORK;
    default:
        return TRACE_BY_CLONE;
    }
}

/* Lets the parent come to the end of its call, where the new pid is, as the
 * program will see it.  One more stop is cheaper than reading /proc. */
static int pid_from_parent(struct observer *o, struct task *t)
{
    int status;
    ptrace(PTRACE_SYSCALL, t->tid, 0, 0);
    status = wait_for(t->tid);
    if (status != -1 && WIFSTOPPED(status) &&
        WSTOPSIG(status) == (SIGTRAP | 0x80) && get_registers(t) == 0) {
        t->ready = true;
        t->state = HELD;
        return (int)arch_result(&t->regs);
    }
    if (status != -1)
        arrive(o, t->tid, status);
    return -1;
}

static struct process *find_parent(struct task *t, uint64_t flags)
{
    return flags & CLONE_PARENT ? t->process->parent : t->process;
}

/* libc asks the kernel to write the pid into the child's memory, where it was
 * the parent's own before: so a new value is the kernel's. */
static int pid_from_child(struct task *t, pid_t tid, uint64_t flags)
{
    const struct task child = {.tid = tid};
    int pid, former;
    uint64_t at = arch_clone_child_tid(&t->regs);
    if (!(flags & CLONE_CHILD_SETTID) || (flags & CLONE_VM) ||
        peek(&child, at, &pid, sizeof pid) < 0 ||
        peek(t, at, &former, sizeof former) < 0 || pid == former)
        return -1;
    t->ready = true;
    t->state = HELD;
    return pid;
}

static void born_process(struct observer *o, struct task *t, pid_t tid,
                         int event, uint64_t flags)
{
    bool vfork = event == PTRACE_EVENT_VFORK;
    int pid = pid_from_child(t, tid, flags);
    if (pid < 0)
        pid = vfork ? pid_inside(tid) : pid_from_parent(o, t);
    if (pid < 0)
        pid = pid_inside(tid);
    struct process *parent = find_parent(t, flags);
    uint64_t pc = place_of(o, t); /* the child knows what that found out */
    struct process *p = process_add(o, tid, pid, t->process);
    if (!p)
        return;
    p->parent = parent;
    p->undumpable = t->process->undumpable;
    p->forked = event == PTRACE_EVENT_FORK && parent == t->process;
    struct task *child = task_add(o, tid, p);
    struct trace_event *e =
        record_for(o, TRACE_BORN, p->number,
                   parent ? parent->number : TRACE_OUTSIDE,
                   way_of_birth(event), pid);
    if (e)
        e->pc = pc;
    if (vfork && child) {
        t->vfork_of = child;
        t->sticky = true;
        t->number = SYS_vfork;
        resume(o, t, PTRACE_CONT, 0);
        now_blocked(o, t);
    }
}

static void born_thread(struct observer *o, struct task *t, pid_t tid)
{
    struct task *thread = task_add(o, tid, t->process);
    if (thread)
        record(o, TRACE_THREAD, t, TRACE_NOBODY, thread->thread, 0, NULL, 0);
    t->ready = true;
    t->state = HELD;
}

/* fork and vfork have no flags of their own; clone3 is refused. */
static uint64_t flags_of(struct task *t)
{
    uint64_t args[6];
    if (get_registers(t) < 0 || arch_number(&t->regs) != SYS_clone)
        return 0;
    arch_get_args(&t->regs, args);
    return args[0];
}

void act_on_birth(struct observer *o, struct task *t, int event)
{
    unsigned long message = 0;
    uint64_t flags = flags_of(t);
    t->pc_known = false;
    ptrace(PTRACE_GETEVENTMSG, t->tid, 0, &message);
    pid_t tid = (pid_t)message;
    int status = tid > 0 ? first_stop(o, tid) : -1;
    if (flags & CLONE_THREAD)
        born_thread(o, t, tid);
    else
        born_process(o, t, tid, event, flags);
    struct task *child = task_find(o, tid);
    if (child)
        memcpy(child->cpus, t->cpus, sizeof child->cpus);
    /* Killed before it ever ran. */
    if (child && (status == -1 || !WIFSTOPPED(status))) {
        child->newborn = false;
        child->status = status == -1 ? 0 : status;
    }
    if (!t->vfork_of)
        fault_leave(o, t);
    o->token = NULL;
}

/* --- exec -------------------------------------------------------------------- */

/* Another thread than the leader took over the leader's pid: its task is the
 * one that lives on (ptrace(2), "execve(2) under ptrace").  That happens when
 * the stop arrives, as the former tid is gone from then on. */
struct task *take_over(struct observer *o, struct task *leader)
{
    unsigned long message = 0;
    ptrace(PTRACE_GETEVENTMSG, leader->tid, 0, &message);
    if ((pid_t)message == leader->tid)
        return leader;
    struct task *t = task_find(o, (pid_t)message);
    if (!t)
        return leader;
    pid_t tid = leader->tid;
    if (leader->state != ZOMBIE)
        leader->process->threads--;
    task_remove(o, leader);
    task_close_proc(t);
    t->tid = tid;
    t->thread = 0;
    return t;
}

/* execve(2): caught signals become default again, ignored ones stay. */
static void reset_handlers(struct process *p)
{
    for (int sig = 1; sig < SIGNALS; sig++)
        if (p->signals[sig].handler != 1)
            p->signals[sig] = (struct disposition){0};
}

static void record_arguments(struct observer *o, struct task *t)
{
    char path[64], text[4096];
    snprintf(path, sizeof path, "/proc/%d/cmdline", t->tid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof text);
    if (fd >= 0)
        close(fd);
    record(o, TRACE_EXEC, t, TRACE_NOBODY, 0, 0, text, n > 0 ? (size_t)n : 0);
}

/* Whoever waits in vfork for this task goes on. */
static void release_vfork(struct observer *o, const struct task *child)
{
    for (int i = 0; i < o->n_tasks; i++)
        if (o->tasks[i]->vfork_of == child) {
            o->tasks[i]->vfork_of = NULL;
            poke(o, o->tasks[i]->process);
        }
}

void act_on_exec(struct observer *o, struct task *t)
{
    struct process *p = t->process;
    t->pc = 0;
    t->pc_known = true;
    t->number = -1;
    t->park = (struct park){.deadline = NEVER};
    t->blocked_event = false;
    p->undumpable = false;
    reset_handlers(p);
    timers_delete(p);
    image_prepare(o, t);
    record_arguments(o, t);
    record(o, TRACE_NAME, t, TRACE_NOBODY, 0, 0, p->name, strlen(p->name));
    if (o->request->look_at_exec)
        facts_of(o, t, TRACE_AT_EXEC);
    release_vfork(o, t);
    if (fault_leave(o, t))
        return;
    resume(o, t, PTRACE_CONT, 0);
}
