// epoll_pwait2(2): a time-out in nanoseconds, none, and data in time
#include "subject.h"
#include <sys/epoll.h>

static int ends[2];

static void child(void)
{
    nap(40);
    must((int)write(ends[1], "x", 1), "write");
}

int main(void)
{
    struct epoll_event event = {.events = EPOLLIN};
    struct timespec t = ms(60), none = ms(0), day = {86400, 0};
    must(pipe(ends), "pipe");
    int ep = must(epoll_create1(0), "epoll_create1");
    must(epoll_ctl(ep, EPOLL_CTL_ADD, ends[0], &event), "epoll_ctl");
    int64_t begin = now_ms();
    int r = epoll_pwait2(ep, &event, 1, &t, NULL);
    say("in vain: %d, 60 ms: %s\n", r, yes(now_ms() - begin >= 59));
    say("no time: %d\n", epoll_pwait2(ep, &event, 1, &none, NULL));
    pid_t pid = start(child);
    say("in time: %d\n", epoll_pwait2(ep, &event, 1, &day, NULL));
    say("for ever: %d\n", epoll_pwait2(ep, &event, 1, NULL, NULL));
    reap(pid);
}
