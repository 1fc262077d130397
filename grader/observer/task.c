/* Tasks and processes: who there is. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "observer/timers.h"

struct task *task_find(struct observer *o, pid_t tid)
{
    if (o->token && o->token->tid == tid)
        return o->token;
    for (int i = 0; i < o->n_tasks; i++)
        if (o->tasks[i]->tid == tid)
            return o->tasks[i];
    return NULL;
}

/* Makes room for one more pointer. */
static bool room_for(void **array, int used, int *room)
{
    if (used < *room)
        return true;
    int wanted = *room ? 2 * *room : 64;
    void *larger = reallocarray(*array, (size_t)wanted, sizeof(void *));
    if (!larger)
        return false;
    *array = larger;
    *room = wanted;
    return true;
}

struct task *task_add(struct observer *o, pid_t tid, struct process *p)
{
    struct task *t = calloc(1, sizeof *t);
    if (!t || !room_for((void **)&o->tasks, o->n_tasks, &o->task_room)) {
        free(t);
        o->out_of_memory = true;
        return NULL;
    }
    *t = (struct task){
        .tid = tid, .age = o->births++, .thread = p->births++, .process = p,
        .state = HELD, .newborn = true, .number = -1,
        .asleep = -1, .schedstat_fd = -1, .syscall_fd = -1, .stat_fd = -1,
        .park = {.deadline = NEVER},
    };
    p->threads++;
    o->tasks[o->n_tasks++] = t;
    return t;
}

void task_remove(struct observer *o, struct task *t)
{
    int i = 0;
    while (i < o->n_tasks && o->tasks[i] != t)
        i++;
    if (i == o->n_tasks)
        return;
    memmove(&o->tasks[i], &o->tasks[i + 1],
            (size_t)(o->n_tasks - i - 1) * sizeof(struct task *));
    o->n_tasks--;
    o->cpu_dead += t->cpu_ns;
    if (o->token == t)
        o->token = NULL;
    for (int k = 0; k < o->n_tasks; k++)
        if (o->tasks[k]->vfork_of == t)
            o->tasks[k]->vfork_of = NULL;
    task_close_proc(t);
    free(t->fault.counts);
    free(t);
}

struct process *process_add(struct observer *o, pid_t tgid, int pid,
                            struct process *parent)
{
    struct process *p = calloc(1, sizeof *p);
    if (!p ||
        !room_for((void **)&o->processes, o->n_processes, &o->process_room)) {
        free(p);
        o->out_of_memory = true;
        return NULL;
    }
    if (parent) {
        *p = *parent;
        p->threads = p->births = 0;
    }
    p->number = o->n_processes;
    p->tgid = tgid;
    p->pid = pid;
    p->parent = parent;
    p->alarm_at = NEVER; /* fork(2): timers are not inherited */
    p->timers = NULL;
    p->n_timers = p->timer_room = 0;
    p->death_signal = 0;
    p->pidfd = -1;
    p->subreaper = p->zombie = p->gone = p->reaped_outside = false;
    p->forked = false;
    p->used_ns = 0;
    memset(p->timer_sent, 0, sizeof p->timer_sent);
    o->processes[o->n_processes++] = p;
    return p;
}

struct process *process_by_pid(struct observer *o, int pid)
{
    for (int i = o->n_processes - 1; i >= 0; i--)
        if (o->processes[i]->pid == pid && !o->processes[i]->gone)
            return o->processes[i];
    return NULL;
}

struct task *leader_of(struct observer *o, const struct process *p)
{
    for (int i = 0; i < o->n_tasks; i++)
        if (o->tasks[i]->process == p && o->tasks[i]->tid == p->tgid)
            return o->tasks[i];
    return NULL;
}

void poke(struct observer *o, const struct process *p)
{
    for (int i = 0; i < o->n_tasks; i++) {
        struct task *t = o->tasks[i];
        if (p && t->process != p)
            continue;
        if (t->state == BLOCKED)
            t->state = RUNNING;
        t->unsure = true;
    }
}

/* Its end has arrived already. */
static bool is_dead(const struct task *t)
{
    return !t->newborn && !t->ready && !WIFSTOPPED(t->status);
}

/* SIGKILL ends every stop, even those in which we hold a task, so whatever a
 * task was stopped with is out of date: its exit is what comes next. */
void killed(struct observer *o, const struct process *p)
{
    for (int i = 0; i < o->n_tasks; i++) {
        struct task *t = o->tasks[i];
        if (t->process != p || t->state == ZOMBIE || t->dying)
            continue;
        if (t->state == HELD && (t->leaving || is_dead(t)))
            continue;
        t->state = RUNNING;
        t->dying = true;
        t->newborn = t->ready = false;
        if (o->token == t)
            o->token = NULL;
    }
}

struct process *process_by_pidfd(struct observer *o, const struct task *t,
                                 int fd)
{
    char path[64], line[256];
    int pid = -1;
    snprintf(path, sizeof path, "/proc/%d/fdinfo/%d", t->tid, fd);
    FILE *f = fopen(path, "re");
    while (f && fgets(line, sizeof line, f))
        if (sscanf(line, "Pid: %d", &pid) == 1)
            break;
    if (f)
        fclose(f);
    for (int i = o->n_processes - 1; pid > 0 && i >= 0; i--)
        if (o->processes[i]->tgid == pid && !o->processes[i]->gone)
            return o->processes[i];
    return NULL;
}

int pid_inside(pid_t tid)
{
    char path[64], text[4096];
    snprintf(path, sizeof path, "/proc/%d/status", tid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
    if (fd >= 0)
        close(fd);
    text[n > 0 ? n : 0] = '\0';
    char *line = strstr(text, "\nNSpid:"), *last;
    if (!line)
        return -1;
    line[1 + strcspn(line + 1, "\n")] = '\0';
    last = strrchr(line, '\t');
    return last ? atoi(last) : -1;
}
