// pselect, ppoll, epoll_pwait change the mask for the wait alone, so that a
// blocked signal that is pending ends it at once
#include "subject.h"
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>

static volatile sig_atomic_t calls;

static void count(int sig)
{
    (void)sig;
    calls++;
}

static void show(const char *name, int r)
{
    sigset_t mask;
    int e = errno;
    sigprocmask(SIG_SETMASK, NULL, &mask);
    say("%s: %d %s, calls %d, ", name, r, strerrorname_np(e), calls);
    say("blocked again: %s\n", yes(sigismember(&mask, SIGUSR1)));
}

int main(void)
{
    struct timespec t = {1000, 0};
    struct epoll_event event;
    sigset_t none;
    int ep = must(epoll_create1(0), "epoll_create1");
    sigemptyset(&none);
    on(SIGUSR1, count, SA_RESTART);
    block(SIGUSR1);
    raise(SIGUSR1);
    say("pending, calls %d\n", calls);
    show("pselect", pselect(0, NULL, NULL, NULL, &t, &none));
    raise(SIGUSR1);
    show("ppoll", ppoll(NULL, 0, &t, &none));
    raise(SIGUSR1);
    show("epoll_pwait", epoll_pwait(ep, &event, 1, 1000000, &none));
    raise(SIGUSR1);
    show("pselect without end", pselect(0, NULL, NULL, NULL, NULL, &none));
}
