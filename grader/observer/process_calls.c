/* Calls about processes: exec, wait, names, groups, the machine. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "observer/calls.h"

/* A file that may be executed and not read would hide /proc/TID/syscall from
 * an ordinary user; a descriptor from before stays good. */
enum verb enter_execve(struct observer *o, struct task *t)
{
    (void)o;
    if (geteuid() != 0)
        task_open_proc(t);
    return REPORT;
}

/* Only a failed exec comes back. */
void leave_execve(struct observer *o, struct task *t)
{
    char path[512];
    long result = arch_result(&t->regs);
    int arg = t->number == SYS_execveat ? 1 : 0;
    if (result >= 0)
        return;
    if (peek_text(t, t->args[arg], path, sizeof path) < 0)
        snprintf(path, sizeof path, "?");
    record(o, TRACE_EXEC_FAILED, t, TRACE_NOBODY, -result, 0, path,
           strlen(path));
}

static void reaped(struct observer *o, struct task *t, struct process *p)
{
    struct task *token = o->token;
    if (p && !p->zombie)
        bury(o, p);
    o->token = token;
    if (!p || !p->zombie)
        return; /* it told of a stop, not of an end */
    p->zombie = false;
    p->gone = true;
    record(o, TRACE_REAP, t, p->number, 0, 0, NULL, 0);
}

static bool is_awaited(const struct task *t, const struct process *p)
{
    int id = (int)t->args[t->number == SYS_waitid ? 1 : 0];
    int type = t->number == SYS_waitid ? (int)t->args[0]
               : id > 0                ? P_PID
               : id == -1              ? P_ALL
                                       : P_PGID;
    if (t->number != SYS_waitid && type == P_PGID)
        id = -id;
    if (type == P_PGID)
        return p->group == (id ? id : t->process->group);
    return type == P_ALL || (type == P_PID && p->pid == id);
}

/* The end of a child and SIGCHLD come at once, natively: wait() finds it.  As
 * we reap a child only after its end, a signal may be first; then the call is
 * made again, behind the handler. */
static void look_again(struct observer *o, struct task *t)
{
    if (arch_result(&t->regs) != -KERNEL_ERESTARTSYS)
        return;
    for (int i = 0; i < o->n_processes; i++) {
        const struct process *p = o->processes[i];
        if (!p->zombie || p->parent != t->process || !is_awaited(t, p))
            continue;
        arch_set_result(&t->regs, -KERNEL_ERESTARTNOINTR);
        set_registers(t);
        return;
    }
}

/* The zombie that the call will find for certain, or NULL: the one asked for by
 * its pid (others wait for children of clone(2) by options only). */
static struct process *sure_to_reap(struct observer *o, const struct task *t)
{
    int pid = (int)t->args[0];
    struct process *p = pid > 0 ? process_by_pid(o, pid) : NULL;
    bool plain = (t->args[2] & ~(uint64_t)WNOHANG) == 0;
    bool finds = p && plain && p->zombie && p->forked &&
                 p->parent == t->process;
    return finds ? p : NULL;
}

/* Whose result is known needs no stop at its end. */
enum verb enter_wait4(struct observer *o, struct task *t)
{
    struct process *p = sure_to_reap(o, t);
    if (!p)
        return REPORT;
    reaped(o, t, p);
    return GO;
}

/* Which of the caller's zombies is not in /proc any more. */
static struct process *vanished_child(struct observer *o,
                                      const struct process *parent)
{
    char path[64];
    for (int i = parent->number + 1; i < o->n_processes; i++) {
        struct process *p = o->processes[i];
        snprintf(path, sizeof path, "/proc/%d", p->tgid);
        if (p->zombie && p->parent == parent && access(path, F_OK) < 0)
            return p;
    }
    return NULL;
}

void reaped_unseen(struct observer *o, struct task *t)
{
    struct process *p;
    while ((p = vanished_child(o, t->process)))
        reaped(o, t, p);
}

/* The kernel reaps first, and then finds that the pointer is bad. */
static bool reaped_in_vain(struct observer *o, struct task *t)
{
    if (arch_result(&t->regs) != -EFAULT)
        return false;
    reaped(o, t, vanished_child(o, t->process));
    return true;
}

void leave_wait4(struct observer *o, struct task *t)
{
    long pid = arch_result(&t->regs);
    look_again(o, t);
    if (reaped_in_vain(o, t))
        return;
    if (pid > 0)
        reaped(o, t, process_by_pid(o, (int)pid));
    if (pid == 0 || pid == -ECHILD)
        note_idle(t);
}

void leave_waitid(struct observer *o, struct task *t)
{
    int pid = 0;
    uint64_t info = t->args[2];
    look_again(o, t);
    if (arch_result(&t->regs) == -ECHILD)
        note_idle(t);
    if (reaped_in_vain(o, t) || arch_result(&t->regs) != 0)
        return;
    if (info)
        peek(t, info + offsetof(siginfo_t, si_pid), &pid, sizeof pid);
    if (info && pid == 0) {
        note_idle(t);
        return;
    }
    if (t->args[3] & WNOWAIT)
        return;
    reaped(o, t, pid ? process_by_pid(o, pid)
                     : vanished_child(o, t->process));
}

static void name_from(struct observer *o, struct task *t, uint64_t address)
{
    char name[16];
    if (peek_text(t, address, name, sizeof name) < 0)
        return;
    if (t->thread == 0)
        memcpy(t->process->name, name, sizeof name);
    record(o, TRACE_NAME, t, TRACE_NOBODY, 0, 0, name, strlen(name));
}

/* The filter is ours: it neither shows nor can be outranked, and a program
 * cannot make itself unreadable for us. */
enum verb enter_prctl(struct observer *o, struct task *t)
{
    (void)o;
    switch ((int)t->args[0]) {
    case PR_SET_NAME:
    case PR_SET_PDEATHSIG:
    case PR_SET_CHILD_SUBREAPER:
        return REPORT;
    case PR_SET_DUMPABLE:
        t->process->undumpable = t->args[1] == 0;
        return t->args[1] == 0 ? answer(t, 0) : GO;
    case PR_GET_DUMPABLE:
        return t->process->undumpable ? answer(t, 0) : GO;
    case PR_GET_SECCOMP:
        return answer(t, 0);
    case PR_SET_SECCOMP:
        return answer(t, -EINVAL);
    default:
        return GO;
    }
}

void leave_prctl(struct observer *o, struct task *t)
{
    if (arch_result(&t->regs) != 0)
        return;
    switch ((int)t->args[0]) {
    case PR_SET_NAME:
        name_from(o, t, t->args[1]);
        break;
    case PR_SET_PDEATHSIG:
        t->process->death_signal = (int)t->args[1];
        break;
    case PR_SET_CHILD_SUBREAPER:
        t->process->subreaper = t->args[1] != 0;
        break;
    default:
        break;
    }
}

void leave_setpgid(struct observer *o, struct task *t)
{
    int pid = (int)t->args[0], group = (int)t->args[1];
    struct process *p = pid ? process_by_pid(o, pid) : t->process;
    if (arch_result(&t->regs) != 0 || !p)
        return;
    p->group = group ? group : p->pid;
    record(o, TRACE_GROUP, t, p->number, p->group, 0, NULL, 0);
}

void leave_setsid(struct observer *o, struct task *t)
{
    long sid = arch_result(&t->regs);
    if (sid < 0)
        return;
    t->process->group = t->process->session = (int)sid;
    record(o, TRACE_SESSION, t, TRACE_NOBODY, sid, 0, NULL, 0);
}

void leave_noted(struct observer *o, struct task *t)
{
    char text[300];
    describe(t, text, sizeof text);
    record(o, TRACE_CALL, t, TRACE_NOBODY, arch_result(&t->regs), 0, text,
           strlen(text));
}

enum verb enter_sched_yield(struct observer *o, struct task *t)
{
    (void)o;
    note_idle(t);
    return answer(t, 0);
}

/* --- the CPUs a task may use ------------------------------------------------ */

/* We pin the tree to one CPU; that must not show.  What the program asks for
 * is noted and told. */

static void cpus_allowed(const struct observer *o, uint64_t mask[16])
{
    memset(mask, 0, 16 * sizeof *mask);
    mask[0] = 3;
    if (o->request->world == OBSERVE_RUN)
        memcpy(mask, o->affinity, sizeof o->affinity);
}

static struct task *thread_by_pid(struct observer *o, int pid)
{
    for (int i = 0; i < o->n_tasks; i++)
        if (pid_inside(o->tasks[i]->tid) == pid)
            return o->tasks[i];
    return NULL;
}

/* Whom a pid means; who is outside passes for the caller. */
static struct task *cpu_task(struct observer *o, struct task *t)
{
    int pid = (int)t->args[0];
    if (pid == 0 || pid == NEST_INIT || pid == NEST_BODY)
        return t;
    return pid < 0 ? NULL : thread_by_pid(o, pid);
}

static bool is_empty(const uint64_t mask[16])
{
    for (int i = 0; i < 16; i++)
        if (mask[i])
            return false;
    return true;
}

/* How many bytes the kernel tells of, where so many are asked for, or
 * -EINVAL.  A grading's machine has no more than 64 CPUs. */
static long mask_size(const struct observer *o, uint64_t asked)
{
    uint64_t mask[16];
    if (o->request->world == OBSERVE_GRADE)
        return asked < 8 || asked % 8 ? -EINVAL : 8;
    if (asked > sizeof mask)
        asked = sizeof mask;
    long n = syscall(SYS_sched_getaffinity, 0, asked, mask);
    return n < 0 ? -EINVAL : n;
}

enum verb enter_getaffinity(struct observer *o, struct task *t)
{
    uint64_t mask[16];
    long n = mask_size(o, t->args[1]);
    const struct task *of = cpu_task(o, t);
    cpus_allowed(o, mask);
    if (n < 0 || !of)
        return answer(t, n < 0 ? n : -ESRCH);
    if (!is_empty(of->cpus))
        memcpy(mask, of->cpus, sizeof mask);
    return answer(t, put(t, t->args[2], mask, (size_t)n) < 0 ? -EFAULT : n);
}

/* Who wants to run elsewhere than where we are finds itself there: getcpu(2)
 * answers without us.  A grading's CPUs are not those of the machine. */
static void move_to(const struct observer *o, const struct task *t)
{
    uint64_t mask[16], here[16] = {0};
    sched_getaffinity(0, sizeof here, (cpu_set_t *)here);
    for (int i = 0; i < 16; i++)
        mask[i] = t->cpus[i] & here[i];
    if (o->request->world == OBSERVE_RUN)
        sched_setaffinity(t->tid, sizeof mask,
                          (const cpu_set_t *)(is_empty(mask) ? t->cpus : mask));
}

enum verb enter_setaffinity(struct observer *o, struct task *t)
{
    uint64_t allowed[16], mask[16] = {0};
    size_t n = t->args[1] < sizeof mask ? t->args[1] : sizeof mask;
    if (peek(t, t->args[2], mask, n) < 0)
        return answer(t, -EFAULT);
    struct task *of = cpu_task(o, t);
    if (!of)
        return answer(t, -ESRCH);
    cpus_allowed(o, allowed);
    for (int i = 0; i < 16; i++)
        mask[i] &= allowed[i];
    if (is_empty(mask))
        return answer(t, -EINVAL);
    memcpy(of->cpus, mask, sizeof mask);
    move_to(o, of);
    return answer(t, 0);
}

enum verb enter_getrandom(struct observer *o, struct task *t)
{
    uint64_t done = 0, n = t->args[1];
    unsigned flags = (unsigned)t->args[2], both = GRND_RANDOM | GRND_INSECURE;
    if ((flags & ~(both | GRND_NONBLOCK)) || (flags & both) == both)
        return GO; /* flags that do not exist, or contradict each other */
    if (n > (1 << 20))
        n = 1 << 20;
    while (done < n) {
        o->random = o->random * 6364136223846793005U + 1442695040888963407U;
        uint64_t word = o->random ^ (o->random >> 29);
        size_t size = n - done < 8 ? (size_t)(n - done) : 8;
        if (put(t, t->args[0] + done, &word, size) < 0)
            return answer(t, -EFAULT);
        done += size;
    }
    return answer(t, (long)n);
}

enum verb enter_fcntl(struct observer *o, struct task *t)
{
    (void)o;
    int command = (int)t->args[1];
    return command == F_SETLKW || command == F_OFD_SETLKW ? REPORT : GO;
}
