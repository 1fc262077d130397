/* Signals: who sends, who gets, what becomes of them. */
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>

#include "observer/calls.h"
#include "observer/timers.h"

/* The kernel's own bits: libc's names of these hide behind macros. */
static const uint64_t flag_resethand = 0x80000000U;

const char *signal_name(int sig)
{
    static char other[16];
    const char *name = sigabbrev_np(sig);
    if (sig == 0 || !name)
        snprintf(other, sizeof other, "%d", sig);
    else
        snprintf(other, sizeof other, "SIG%s", name);
    return other;
}

uint64_t status_mask(const struct task *t, const char *field)
{
    char path[64], text[4096];
    snprintf(path, sizeof path, "/proc/%d/task/%d/status", t->process->tgid,
             t->tid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
    if (fd >= 0)
        close(fd);
    text[n > 0 ? n : 0] = '\0';
    const char *at = strstr(text, field);
    return at ? strtoull(at + strlen(field), NULL, 16) : 0;
}

static bool ignored_by_default(int sig)
{
    return sig == SIGCHLD || sig == SIGURG || sig == SIGWINCH ||
           sig == SIGCONT;
}

static bool stops_by_default(int sig)
{
    return sig == SIGSTOP || sig == SIGTSTP || sig == SIGTTIN ||
           sig == SIGTTOU;
}

static enum trace_disposition disposition_of(const struct process *p, int sig)
{
    if (sig <= 0 || sig >= SIGNALS || p->signals[sig].handler == 0)
        return TRACE_DEFAULT;
    return p->signals[sig].handler == 1 ? TRACE_IGNORED : TRACE_HANDLED;
}

enum verb enter_rt_sigaction(struct observer *o, struct task *t)
{
    struct disposition d;
    int sig = (int)t->args[0];
    if (t->args[1] == 0 || sig <= 0 || sig >= SIGNALS || sig == SIGKILL ||
        sig == SIGSTOP || peek(t, t->args[1], &d, sizeof d) < 0)
        return GO;
    struct process *p = t->process;
    bool changed = p->signals[sig].handler != d.handler;
    p->signals[sig] = d;
    if (changed)
        record(o, TRACE_HANDLER, t, TRACE_NOBODY, sig, disposition_of(p, sig),
               NULL, 0);
    return GO;
}

/* --- sending --------------------------------------------------------------- */

void send_from(struct observer *o, int from, struct process *p, int sig)
{
    bool there = !p->zombie && !p->gone;
    record_for(o, TRACE_SIGNAL, from, p->number, sig, there ? 0 : -ESRCH);
    if (!there)
        return;
    kill(p->tgid, sig);
    if (sig == SIGKILL)
        killed(o, p);
    poke(o, p);
}

static int signal_of(const struct task *t)
{
    return (int)t->args[t->number == SYS_tgkill ||
                                t->number == SYS_rt_tgsigqueueinfo
                            ? 2
                            : 1];
}

static void record_sent(struct observer *o, struct task *t, int to,
                        long result)
{
    char text[64];
    describe(t, text, sizeof text);
    record(o, TRACE_SIGNAL, t, to, signal_of(t), result, text, strlen(text));
}

static bool is_target(const struct task *t, const struct process *p)
{
    int pid = (int)t->args[0];
    if (p->gone)
        return false;
    if (pid > 0)
        return p->pid == pid;
    if (p->zombie)
        return false;
    if (pid == -1)
        return p != t->process;
    return p->group == (pid == 0 ? t->process->group : -pid);
}

static bool has_target(const struct observer *o, const struct task *t)
{
    for (int i = 0; i < o->n_processes; i++)
        if (is_target(t, o->processes[i]))
            return true;
    return false;
}

/* kill(2): init is another user's process, unless one may signal any. */
static bool may_signal_init(const struct observer *o, const struct task *t)
{
    return o->request->world != OBSERVE_GRADE &&
           status_mask(t, "\nCapEff:") >> CAP_KILL & 1;
}

/* What the program sends to its starter's process or group is answered as a
 * shell would have it, and goes nowhere. */
static bool goes_outside(const struct observer *o, const struct task *t,
                         long *result)
{
    int pid = (int)t->args[0];
    *result = 0;
    if (pid == NEST_INIT)
        *result = may_signal_init(o, t) ? 0 : -EPERM;
    if (pid == -1 && t->call->number == SYS_kill && !has_target(o, t)) {
        *result = -ESRCH;
        return true;
    }
    return pid == NEST_INIT || pid == NEST_BODY || pid == -NEST_BODY;
}

static void reach(struct observer *o, struct task *t, struct process *p,
                  long result)
{
    record_sent(o, t, p->number, result);
    if (result == 0 && signal_of(t) == SIGKILL && !p->zombie)
        killed(o, p);
    poke(o, p);
}

static void reach_all(struct observer *o, struct task *t, long result)
{
    int found = 0;
    for (int i = 0; i < o->n_processes; i++)
        if (is_target(t, o->processes[i])) {
            reach(o, t, o->processes[i], result);
            found++;
        }
    if (!found)
        record_sent(o, t, TRACE_NOBODY, result);
}

static bool kills_itself(const struct task *t)
{
    return t->number == SYS_kill && signal_of(t) == SIGKILL &&
           is_target(t, t->process);
}

/* A thread's number is not its process's, nor is a pidfd a pid. */
static struct process *named_otherwise(struct observer *o,
                                       const struct task *t)
{
    if (t->number == SYS_pidfd_send_signal)
        return process_by_pidfd(o, t, (int)t->args[0]);
    return t->number == SYS_tkill ? process_by_pid(o, (int)t->args[0]) : NULL;
}

/* What the program sends to its starter is answered here.  Whoever sends
 * SIGKILL to itself does not come back from the call. */
enum verb enter_kill(struct observer *o, struct task *t)
{
    long result;
    int sig = signal_of(t);
    if (kills_itself(t)) {
        reach_all(o, t, 0);
        return GO;
    }
    if (!goes_outside(o, t, &result))
        return REPORT;
    if (sig < 0 || sig >= SIGNALS)
        result = -EINVAL;
    record_sent(o, t, result == -ESRCH ? TRACE_NOBODY : TRACE_OUTSIDE, result);
    return answer(t, result);
}

/* raise(3) and abort(3) are tgkill to oneself.  kill(-1) also stopped the
 * program's starter, whom we need to reap: go on. */
void leave_kill(struct observer *o, struct task *t)
{
    long result = arch_result(&t->regs);
    bool by_pidfd = t->number == SYS_pidfd_send_signal;
    struct process *p = named_otherwise(o, t);
    if (p)
        reach(o, t, p, result);
    else if (by_pidfd || t->number == SYS_tkill)
        record_sent(o, t, TRACE_NOBODY, result);
    else
        reach_all(o, t, result);
    if (!by_pidfd && (int)t->args[0] == -1 && o->body > 0)
        kill(o->body, SIGCONT);
    if (signal_of(t) == 0)
        note_idle(t);
}

/* --- delivery ---------------------------------------------------------------- */

/* Who sent it: a pid of 0 is one outside of the pid namespace, that is us. */
static int sender_of(struct observer *o, struct task *t, siginfo_t *info)
{
    struct process *p = t->process;
    int sig = info->si_signo;
    if (timer_accepted(o, p, info))
        ptrace(PTRACE_SETSIGINFO, t->tid, 0, info);
    if (info->si_code > 0 || info->si_code == SI_TIMER || sig >= SIGNALS)
        return TRACE_KERNEL;
    if (info->si_pid != 0) {
        struct process *from = process_by_pid(o, info->si_pid);
        return from ? from->number : TRACE_OUTSIDE;
    }
    if (!p->timer_sent[sig])
        return TRACE_SCENARIO;
    p->timer_sent[sig] = false;
    info->si_code = SI_KERNEL;
    ptrace(PTRACE_SETSIGINFO, t->tid, 0, info);
    return TRACE_KERNEL;
}

/* See park.c: a stop does return EINTR from these calls. */
static void undo_repair(struct task *t)
{
    if (get_registers(t) < 0)
        return;
    arch_set_result(&t->regs, -EINTR);
    set_registers(t);
    t->park.again = false;
}

static void look_up_disposition(struct task *t, int sig)
{
    uint64_t bit = 1UL << (sig - 1);
    t->process->signals[sig] = (struct disposition){
        .handler = status_mask(t, "\nSigIgn:") & bit   ? 1
                   : status_mask(t, "\nSigCgt:") & bit ? 2
                                                       : 0,
    };
}

void act_on_signal(struct observer *o, struct task *t, int sig)
{
    siginfo_t info = {0};
    struct process *p = t->process;
    if (!signal_is_followed(sig))
        look_up_disposition(t, sig);
    if (ptrace(PTRACE_GETSIGINFO, t->tid, 0, &info) < 0)
        info.si_signo = sig, info.si_code = SI_KERNEL;
    int from = sender_of(o, t, &info);
    enum trace_disposition d = disposition_of(p, sig);
    t->pc_known = get_registers(t) < 0;
    if (d == TRACE_DEFAULT && ignored_by_default(sig))
        d = TRACE_IGNORED;
    record(o, TRACE_DELIVER, t, from, sig, d, NULL, 0);
    /* Timers of CPU time are real. */
    if (sig == SIGVTALRM || sig == SIGPROF || sig == SIGXCPU)
        o->trace->exact = false;
    bool stops = d == TRACE_DEFAULT && stops_by_default(sig);
    if (t->repaired && stops)
        undo_repair(t);
    t->repaired = false;
    if (stops || d == TRACE_HANDLED)
        part_end(t);
    if (d == TRACE_IGNORED)
        mask_keep(t);
    else
        mask_restore(t);
    if (d == TRACE_HANDLED) {
        t->park.again = t->fault.again = false;
        if (p->signals[sig].flags & flag_resethand)
            p->signals[sig].handler = 0;
    }
    /* A stop interrupts all threads, wherever they are. */
    if (stops)
        poke(o, p);
    resume(o, t, PTRACE_CONT, sig);
}
