/* What a tracee's descriptor is at this moment, seen through a duplicate that
 * lives for an instant only: one that stayed would keep pipes open. */
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "observer/internal.h"

int descriptor_duplicate(struct process *p, int fd)
{
    if (p->pidfd < 0)
        p->pidfd = (int)syscall(SYS_pidfd_open, p->tgid, 0);
    return p->pidfd < 0 ? -1 : (int)syscall(SYS_pidfd_getfd, p->pidfd, fd, 0);
}

void descriptors_forget(struct process *p)
{
    if (p->pidfd >= 0)
        close(p->pidfd);
    p->pidfd = -1;
}

/* A dead leader has no descriptors, even where its threads live. */
static bool look_from_outside(const struct task *t, int fd, struct stat *st)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/fd/%d", t->tid, fd);
    return stat(path, st) == 0;
}

/* Only of a write that may end with a part (partial.c) they are asked for. */
static bool flags_matter(const struct task *t, const struct descriptor *d)
{
    return S_ISSOCK(d->st.st_mode) ||
           (S_ISFIFO(d->st.st_mode) && t->args[2] > PIPE_BUF);
}

bool descriptor_look(const struct task *t, int fd, short events,
                     struct descriptor *d)
{
    int mine = descriptor_duplicate(t->process, fd);
    *d = (struct descriptor){.ready = 0};
    if (mine < 0)
        return look_from_outside(t, fd, &d->st);
    bool known = fstat(mine, &d->st) == 0;
    if (known && flags_matter(t, d))
        d->flags = fcntl(mine, F_GETFL);
    struct pollfd ask = {.fd = mine, .events = events};
    if (events && known && S_ISFIFO(d->st.st_mode) && poll(&ask, 1, 0) == 1)
        d->ready = ask.revents;
    close(mine);
    return known;
}
