/* Data on their way.  Pipes and local sockets deliver at once, TCP does not,
 * even from a process to itself: an acknowledgement may be delayed by 40 ms,
 * and small writes wait for it.  While that lasts everyone may be blocked and
 * still somebody will be woken, so the clock must not jump.  The kernel tells
 * in /proc/PID/net/tcp how much is not acknowledged. */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "observer/calls.h"

/* Longer than any delay on the way to oneself; data that lie there for longer
 * wait for a reader. */
static const int64_t patience_ns = 300000000;

enum verb enter_connect(struct observer *o, struct task *t)
{
    unsigned short family = AF_UNSPEC;
    if (peek(t, t->args[1], &family, sizeof family) == 0 &&
        (family == AF_INET || family == AF_INET6))
        o->uses_network = true;
    return enter_timed(o, t);
}

/* 127.x.x.x, ::1 and ::ffff:127.x.x.x as these files write them. */
static bool is_loopback(const char *address)
{
    size_t n = strlen(address);
    if (n == 8)
        return strcmp(address + 6, "7F") == 0;
    return strcmp(address, "00000000000000000000000001000000") == 0 ||
           (n == 32 && strncmp(address, "0000000000000000FFFF0000", 24) == 0 &&
            strcmp(address + 30, "7F") == 0);
}

/* A number that is 0 where nothing is on its way, and changes with what is. */
static uint64_t unacknowledged(const struct observer *o, const char *file)
{
    char path[64], line[512], address[40];
    unsigned queue, inode;
    uint64_t sum = 0;
    snprintf(path, sizeof path, "/proc/%d/net/%s", o->tasks[0]->tid, file);
    FILE *f = fopen(path, "re");
    while (f && fgets(line, sizeof line, f))
        if (sscanf(line,
                   "%*d: %39[0-9A-F]:%*x %*s 01 %x:%*x %*s %*x %*d %*d %u",
                   address, &queue, &inode) == 3 &&
            queue > 0 && is_loopback(address))
            sum = sum * 31 + queue + ((uint64_t)inode << 32);
    if (f)
        fclose(f);
    return sum;
}

bool network_is_busy(struct observer *o)
{
    if (!o->uses_network || o->n_tasks == 0)
        return false;
    int64_t now = wall_now();
    uint64_t queued = unacknowledged(o, "tcp") + unacknowledged(o, "tcp6");
    if (queued == 0 || queued != o->on_the_way) {
        o->on_the_way = queued;
        o->on_the_way_since = now;
    }
    /* How long it takes is for the kernel's own timers to say. */
    bool busy = queued != 0 && now - o->on_the_way_since < patience_ns;
    if (busy)
        o->trace->exact = false;
    return busy;
}
