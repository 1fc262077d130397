// poll(-1), select(NULL), epoll_wait(-1): without a time-out until data comes
#include "subject.h"
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>

static int ends[2];

static void child(void)
{
    for (int i = 0; i < 3; i++) {
        nap(40);
        must((int)write(ends[1], "x", 1), "write");
    }
}

static void take(void)
{
    must((int)read(ends[0], &(char){0}, 1), "read");
}

int main(void)
{
    struct epoll_event event = {.events = EPOLLIN};
    must(pipe(ends), "pipe");
    struct pollfd p = {.fd = ends[0], .events = POLLIN};
    int ep = must(epoll_create1(0), "epoll_create1");
    must(epoll_ctl(ep, EPOLL_CTL_ADD, ends[0], &event), "epoll_ctl");
    fd_set set;
    FD_ZERO(&set);
    FD_SET(ends[0], &set);
    int64_t begin = now_ms();
    pid_t pid = start(child);
    say("poll: %d\n", poll(&p, 1, -1));
    take();
    say("select: %d\n", select(ends[0] + 1, &set, NULL, NULL, NULL));
    take();
    say("epoll_wait: %d\n", epoll_wait(ep, &event, 1, -1));
    take();
    say("120 ms: %s\n", yes(now_ms() - begin >= 119));
    say("%s\n", how(reap(pid)));
}
