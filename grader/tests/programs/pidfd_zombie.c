// pidfd_open(2) of a zombie and of nobody, waitid(2) with P_PIDFD in vain and
// without reaping, a descriptor in an epoll set
#include "subject.h"
#include <sys/epoll.h>
#include <sys/pidfd.h>

static void ends_at_once(void)
{
    _exit(3);
}

static void ends_later(void)
{
    nap(60);
    _exit(4);
}

static void show_wait(const char *title, int fd, int options)
{
    siginfo_t info = {0};
    int r = waitid(P_PIDFD, (id_t)fd, &info, WEXITED | options);
    say("%s: %d %s, status %d\n", title, r, r ? strerrorname_np(errno) : "",
        info.si_pid ? info.si_status : -1);
}

static void of_a_zombie(void)
{
    siginfo_t info;
    pid_t pid = start(ends_at_once);
    waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT);
    int fd = must(pidfd_open(pid, 0), "pidfd_open");
    say("signal to a zombie: %d\n", pidfd_send_signal(fd, SIGTERM, NULL, 0));
    show_wait("looked at", fd, WNOWAIT);
    show_wait("reaped", fd, 0);
    show_wait("once more", fd, 0);
    int r = pidfd_open(pid, 0);
    say("of nobody: %d %s\n", r, strerrorname_np(errno));
    r = pidfd_open(getpid(), 12345);
    say("with strange flags: %d %s\n", r, strerrorname_np(errno));
}

static void in_an_epoll_set(void)
{
    struct epoll_event e = {.events = EPOLLIN};
    pid_t pid = start(ends_later);
    int fd = must(pidfd_open(pid, PIDFD_NONBLOCK), "pidfd_open");
    int set = must(epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
    must(epoll_ctl(set, EPOLL_CTL_ADD, fd, &e), "epoll_ctl");
    show_wait("alive", fd, 0);
    show_wait("alive, WNOHANG", fd, WNOHANG);
    say("soon: %d\n", epoll_wait(set, &e, 1, 10));
    say("later: %d\n", epoll_wait(set, &e, 1, 60000));
    show_wait("ended", fd, 0);
}

int main(void)
{
    of_a_zombie();
    in_an_epoll_set();
}
