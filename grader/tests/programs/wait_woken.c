// the same calls woken by data from a child, and interrupted by a handler
// (which SA_RESTART does not hide)
#include "subject.h"
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/time.h>

static int ends[2], ep;

static int call(int which, int n)
{
    struct pollfd p = {.fd = ends[0], .events = POLLIN};
    struct timespec t = ms(n);
    struct timeval v = {n / 1000, n % 1000 * 1000};
    struct epoll_event event;
    fd_set set;
    FD_ZERO(&set);
    FD_SET(ends[0], &set);
    switch (which) {
    case 0:
        return poll(&p, 1, n);
    case 1:
        return ppoll(&p, 1, &t, NULL);
    case 2:
        return select(ends[0] + 1, &set, NULL, NULL, &v);
    case 3:
        return pselect(ends[0] + 1, &set, NULL, NULL, &t, NULL);
    case 4:
        return epoll_wait(ep, &event, 1, n);
    default:
        return epoll_pwait(ep, &event, 1, n, NULL);
    }
}

static void child(void)
{
    nap(30);
    must((int)write(ends[1], "x", 1), "write");
}

static void ring(int sig)
{
    (void)sig;
}

int main(void)
{
    struct epoll_event event = {.events = EPOLLIN};
    must(pipe(ends), "pipe");
    ep = must(epoll_create1(0), "epoll_create1");
    must(epoll_ctl(ep, EPOLL_CTL_ADD, ends[0], &event), "epoll_ctl");
    on(SIGALRM, ring, SA_RESTART);
    for (int i = 0; i < 6; i++) {
        pid_t pid = start(child);
        say("%d: by data: %d, ", i, call(i, 1000000));
        must((int)read(ends[0], &(char){0}, 1), "read");
        reap(pid);
        setitimer(ITIMER_REAL, &(struct itimerval){{0, 30000}, {0, 30000}},
                  NULL);
        int r = call(i, 1000000);
        say("by a signal: %d %s\n", r, strerrorname_np(errno));
        setitimer(ITIMER_REAL, &(struct itimerval){0}, NULL);
    }
}
