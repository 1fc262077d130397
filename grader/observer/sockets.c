/* SO_RCVTIMEO and SO_SNDTIMEO on the virtual clock.  When a program sets one,
 * it is taken from the socket again, by a duplicate of ours, and kept in our
 * books by the socket's inode: no inode is used twice.  The calls that wait on
 * the socket are then parked (park.c), as they have no end of their own.  Where
 * tasks run side by side reads are not traced, and all this stays real. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "observer/calls.h"

/* The same options for a struct timeval of 64 bits anywhere; here they are
 * alike (asm-generic/socket.h). */
enum { RECEIVE_NEW = 66, SEND_NEW = 67 };

struct patience {
    ino_t inode;
    int64_t ns[2]; /* to receive, to send; 0: without an end */
};

/* @return 0 to receive, 1 to send, -1 another option */
static int direction(const struct task *t)
{
    int option = (int)t->args[2];
    if ((int)t->args[1] != SOL_SOCKET)
        return -1;
    if (option == SO_RCVTIMEO || option == RECEIVE_NEW)
        return 0;
    return option == SO_SNDTIMEO || option == SEND_NEW ? 1 : -1;
}

/* @return 0 where the descriptor is no socket */
static ino_t inode_of(const struct task *t)
{
    char path[64];
    struct stat st;
    snprintf(path, sizeof path, "/proc/%d/fd/%d", t->tid, (int)t->args[0]);
    return stat(path, &st) == 0 && S_ISSOCK(st.st_mode) ? st.st_ino : 0;
}

static struct patience *find(const struct observer *o, const struct task *t)
{
    ino_t inode = o->n_patience > 0 ? inode_of(t) : 0;
    for (size_t i = 0; inode && i < o->n_patience; i++)
        if (o->patience[i].inode == inode)
            return &o->patience[i];
    return NULL;
}

static struct patience *make(struct observer *o, const struct task *t)
{
    struct patience *p = find(o, t);
    ino_t inode = inode_of(t);
    if (p || !inode)
        return p;
    struct patience *more =
        reallocarray(o->patience, o->n_patience + 1, sizeof *o->patience);
    if (!more) {
        o->out_of_memory = true;
        return NULL;
    }
    o->patience = more;
    more[o->n_patience] = (struct patience){.inode = inode};
    return &more[o->n_patience++];
}

int64_t socket_patience(const struct observer *o, const struct task *t,
                        bool sends)
{
    const struct patience *p = find(o, t);
    return p ? p->ns[sends] : 0;
}

static bool take_from_kernel(const struct task *t)
{
    struct timeval none = {0, 0};
    int option = direction(t) == 1 ? SO_SNDTIMEO : SO_RCVTIMEO;
    int fd = descriptor_duplicate(t->process, (int)t->args[0]);
    if (fd < 0)
        return false;
    int r = setsockopt(fd, SOL_SOCKET, option, &none, sizeof none);
    close(fd);
    return r == 0;
}

void leave_setsockopt(struct observer *o, struct task *t)
{
    int64_t v[2];
    int to = direction(t);
    if (to < 0 || arch_result(&t->regs) != 0 ||
        peek(t, t->args[3], v, sizeof v) < 0 || !take_from_kernel(t))
        return;
    struct patience *p = make(o, t);
    int64_t s = v[0] < INT32_MAX ? v[0] : INT32_MAX;
    if (p) /* less than nothing is the shortest time there is */
        p->ns[to] = s < 0 ? 1 : s * 1000000000 + v[1] * 1000;
}

enum verb enter_getsockopt(struct observer *o, struct task *t)
{
    int from = direction(t), size = 0;
    const struct patience *p = from < 0 ? NULL : find(o, t);
    int64_t ns = p ? p->ns[from] : 0;
    int64_t v[2] = {ns / 1000000000, ns % 1000000000 / 1000};
    if (ns == 0 || peek(t, t->args[4], &size, sizeof size) < 0 || size < 0)
        return GO;
    if (size > (int)sizeof v)
        size = sizeof v;
    if (put(t, t->args[3], v, (size_t)size) < 0 ||
        put(t, t->args[4], &size, sizeof size) < 0)
        return GO;
    return answer(t, 0);
}
