/* Terminals.  What is written to one end of a pseudo-terminal comes to the
 * other end by a thread of the kernel's own (pty(7)): meanwhile everyone may be
 * blocked and still somebody will be woken, so the clock must not jump.  Nothing
 * tells that it is under way; but who asks by poll(2) for input where none is
 * there yet waits until that thread is done.  So each end that is open is asked.
 * Its echo may be under way then, so all are asked some times.  Behind input
 * that is there but not read yet more may follow: for that there is only the
 * time that passes between. */
#include <dirent.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "observer/calls.h"

static bool is_terminal(const struct stat *st)
{
    enum { ALTERNATE = 5, TTY = 0, PTMX = 2, PTS_FIRST = 136, PTS_LAST = 143 };
    unsigned type = major(st->st_rdev), which = minor(st->st_rdev);
    return S_ISCHR(st->st_mode) &&
           ((type == ALTERNATE && (which == TTY || which == PTMX)) ||
            (type >= PTS_FIRST && type <= PTS_LAST));
}

void terminal_note(struct observer *o, const struct stat *st)
{
    enum { TRIES = 3 };
    if (is_terminal(st))
        o->terminal_written = TRIES;
}

static void ask(struct process *p, int fd)
{
    struct pollfd input = {.fd = descriptor_duplicate(p, fd),
                           .events = POLLIN};
    if (input.fd < 0)
        return;
    poll(&input, 1, 0);
    close(input.fd);
}

static void ask_all_of(struct process *p)
{
    char path[64];
    struct stat st;
    struct dirent *entry;
    snprintf(path, sizeof path, "/proc/%d/fd", p->tgid);
    DIR *dir = opendir(path);
    while (dir && (entry = readdir(dir)))
        if (fstatat(dirfd(dir), entry->d_name, &st, 0) == 0 &&
            is_terminal(&st))
            ask(p, atoi(entry->d_name));
    if (dir)
        closedir(dir);
}

bool terminal_is_busy(struct observer *o)
{
    if (o->terminal_written == 0)
        return false;
    o->terminal_written--;
    o->trace->exact = false;
    for (int i = 0; i < o->n_processes; i++)
        if (!o->processes[i]->gone && !o->processes[i]->zombie)
            ask_all_of(o->processes[i]);
    return true;
}
