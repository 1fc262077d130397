/* Timer descriptors.  The kernel's own stays disarmed; we keep a duplicate of
 * it, and when its time has come on the virtual clock we set its count of
 * expirations (TFD_IOC_SET_TICKS), which wakes whoever reads or polls it. */
#include <fcntl.h>
#include <linux/kcmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "observer/timers.h"

#ifndef TFD_IOC_SET_TICKS
#define TFD_IOC_SET_TICKS _IOW('T', 0, uint64_t)
#endif

/* A number from the description of a timer descriptor in /proc; -1 where it
 * is not one. */
static long long number_of(int fd, const char *field)
{
    char path[64], line[256];
    long long number = -1;
    size_t n = strlen(field);
    snprintf(path, sizeof path, "/proc/self/fdinfo/%d", fd);
    FILE *f = fopen(path, "re");
    while (f && fgets(line, sizeof line, f))
        if (strncmp(line, field, n) == 0)
            number = atoll(line + n);
    if (f)
        fclose(f);
    return number;
}

static bool same_file(pid_t pid, int fd, int mine)
{
    return syscall(SYS_kcmp, getpid(), pid, KCMP_FILE, mine, fd) == 0;
}

static struct timerfd *known(struct observer *o, pid_t pid, int fd)
{
    for (int i = 0; i < o->n_timerfds; i++)
        if (same_file(pid, fd, o->timerfds[i].fd))
            return &o->timerfds[i];
    return NULL;
}

static struct timerfd *learn(struct observer *o, const struct task *t, int fd)
{
    if (o->n_timerfds == TIMERFDS)
        return NULL;
    int mine = descriptor_duplicate(t->process, fd);
    if (mine < 0)
        return NULL;
    long long clock = number_of(mine, "clockid:");
    if (clock < 0) {
        close(mine);
        return NULL;
    }
    struct timerfd *f = &o->timerfds[o->n_timerfds++];
    *f = (struct timerfd){.fd = mine, .clock = (int)clock, .at = NEVER};
    return f;
}

struct timerfd *timerfd_find(struct observer *o, struct task *t, bool make)
{
    int fd = (int)t->args[0];
    struct timerfd *f = known(o, t->process->tgid, fd);
    return f || !make ? f : learn(o, t, fd);
}

void timerfd_forget_ticks(struct timerfd *f)
{
    struct itimerspec none = {{0, 0}, {0, 0}};
    timerfd_settime(f->fd, 0, &none, NULL);
}

static bool has_descriptor(const struct process *p, int mine)
{
    char path[64];
    for (int fd = 0; fd < 1024; fd++) {
        snprintf(path, sizeof path, "/proc/%d/fd/%d", p->tgid, fd);
        if (access(path, F_OK) == 0 && same_file(p->tgid, fd, mine))
            return true;
    }
    return false;
}

static bool is_open(const struct observer *o, const struct timerfd *f)
{
    for (int i = 0; i < o->n_processes; i++) {
        const struct process *p = o->processes[i];
        if (!p->zombie && !p->gone && has_descriptor(p, f->fd))
            return true;
    }
    return false;
}

void timerfd_ring(struct observer *o, struct timerfd *f)
{
    long long ticks = number_of(f->fd, "ticks:");
    uint64_t count = ticks > 0 ? (uint64_t)ticks + 1 : 1;
    f->at = timer_next(o, f->at, f->every);
    if (!is_open(o, f)) {
        f->at = NEVER; /* closed by all: nobody will ever see it */
        return;
    }
    ioctl(f->fd, TFD_IOC_SET_TICKS, &count);
    poke(o, NULL);
}

void timerfds_close(struct observer *o)
{
    for (int i = 0; i < o->n_timerfds; i++)
        close(o->timerfds[i].fd);
}
