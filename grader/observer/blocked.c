/* Proof that everyone is blocked.
 *
 * A task that was resumed either stops again, which waitpid(2) tells, or it
 * blocks in the kernel, which nothing tells.  It is blocked if, in this order:
 * its run count (schedstat) is read; /proc/TID/syscall does not answer
 * "running", which proves that it is off the CPU; its state is S; its run
 * count is the same.  Without the second step tasks that were still on a CPU
 * passed as blocked (measured: 8 of 600 runs).
 *
 * Whoever still runs may wake one that was found blocked a moment before.  So
 * all are looked at twice: the first two steps for each, then the last two for
 * each.  Between the passes there is a moment at which nobody was on a CPU,
 * and as a woken task is in state R until it has run, nobody had been woken:
 * at that moment all were blocked.
 *
 * Whoever was proven blocked once, and has the same run count still, has not
 * run since: it is in the same sleep, or woken and waiting for a CPU, which
 * its system call ("running") tells.  So its state need not be read again; but
 * where they run on several CPUs, one may be between being woken by another CPU
 * and being queued on its own (TASK_WAKING), which only its state tells. */
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "observer/internal.h"

void task_close_proc(struct task *t)
{
    int *fds[] = {&t->schedstat_fd, &t->syscall_fd, &t->stat_fd};
    for (int i = 0; i < 3; i++) {
        if (*fds[i] >= 0)
            close(*fds[i]);
        *fds[i] = -1;
    }
}

static void open_proc(const struct task *t, int *fd, const char *name)
{
    char path[64];
    if (*fd >= 0)
        return;
    snprintf(path, sizeof path, "/proc/%d/task/%d/%s", t->process->tgid,
             t->tid, name);
    *fd = open(path, O_RDONLY | O_CLOEXEC);
}

/* The other two files may be read by all. */
void task_open_proc(struct task *t)
{
    open_proc(t, &t->syscall_fd, "syscall");
}

/* Reads a file of /proc/TID, kept open. @return bytes, 0 on failure */
static size_t read_proc(const struct task *t, int *fd, const char *name,
                        char *text, size_t size)
{
    open_proc(t, fd, name);
    ssize_t n = *fd < 0 ? 0 : pread(*fd, text, size - 1, 0);
    text[n > 0 ? n : 0] = '\0';
    return n > 0 ? (size_t)n : 0;
}

/* @return how often the task was put on a CPU, or -1 */
static long long run_count(struct task *t)
{
    char text[96], *end = text;
    if (!read_proc(t, &t->schedstat_fd, "schedstat", text, sizeof text))
        return -1;
    t->cpu_ns = strtoull(end, &end, 10);
    strtoull(end, &end, 10); /* how long it waited for a CPU */
    return *end == ' ' ? strtoll(end, NULL, 10) : -1;
}

static char state_letter(struct task *t)
{
    char text[512];
    if (!read_proc(t, &t->stat_fd, "stat", text, sizeof text))
        return '?';
    const char *end = strrchr(text, ')');
    return end && end[1] ? end[2] : '?';
}

static bool is_in_exec(const struct task *t)
{
    return t->number == SYS_execve || t->number == SYS_execveat;
}

/* It waits in execve(2) for the end of the process's other threads, all of
 * which have come to their exits, and we hold one of them there.  (Once none is
 * held it waits for nobody but the kernel, until the last one is dead.) */
static bool waits_in_exec(const struct observer *o, const struct task *t)
{
    bool any_held = false;
    if (!is_in_exec(t))
        return false;
    for (int i = 0; i < o->n_tasks; i++) {
        const struct task *other = o->tasks[i];
        bool leaves = other->state == HELD &&
                      (other->leaving || !WIFSTOPPED(other->status));
        if (other == t || other->process != t->process)
            continue;
        if (!leaves && other->state != ZOMBIE)
            return false;
        any_held |= leaves;
    }
    return any_held;
}

/* A vfork parent and an exec that waits for its other threads are in state D;
 * so is whoever waits for a disk, who is not blocked in our sense. */
static bool proves(const struct observer *o, const struct task *t, char state)
{
    if (t->state == STOPPED)
        return state == 't';
    if (state == 'D')
        return t->vfork_of || waits_in_exec(o, t);
    return state == 'S';
}

static bool is_off_cpu(struct task *t)
{
    return read_proc(t, &t->syscall_fd, "syscall", t->doing,
                     sizeof t->doing) &&
           strncmp(t->doing, "running", 7) != 0;
}

long long task_off_cpu(struct task *t)
{
    if (t->asleep >= 0 && !t->dying && is_off_cpu(t))
        return t->asleep;
    t->asleep = -1;
    long long count = t->dying ? -1 : run_count(t);
    return count >= 0 && is_off_cpu(t) ? count : -1;
}

bool task_still_blocked(const struct observer *o, struct task *t,
                        long long count)
{
    bool known = !o->free_running && t->asleep >= 0 && t->asleep == count;
    bool blocked = (known || proves(o, t, state_letter(t))) &&
                   run_count(t) == count;
    /* What exec waits for changes while it sleeps. */
    t->asleep = blocked && !is_in_exec(t) ? count : -1;
    return blocked;
}

/* While it runs through the rest of its exit it is R, or D if it waits for a
 * lock of the kernel's; then Z, or what another thread that execs makes of its
 * number. */
void task_await_zombie(struct task *t)
{
    char state = state_letter(t);
    while (state == 'R' || state == 'D') {
        sched_yield();
        state = state_letter(t);
    }
}
