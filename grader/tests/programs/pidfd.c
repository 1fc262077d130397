// pidfd_open(2): a descriptor for a child, polled, waited for, signalled
#include "subject.h"
#include <poll.h>
#include <sys/pidfd.h>

static void child(void)
{
    nap(60);
    _exit(10);
}

static void stay(void)
{
    for (;;)
        pause();
}

int main(void)
{
    siginfo_t info = {0};
    pid_t pid = start(child);
    int fd = must(pidfd_open(pid, 0), "pidfd_open");
    struct pollfd p = {.fd = fd, .events = POLLIN};
    say("alive: poll %d\n", poll(&p, 1, 0));
    say("ended: poll %d\n", poll(&p, 1, -1));
    must(waitid(P_PIDFD, (id_t)fd, &info, WEXITED), "waitid");
    say("that child: %s, status %d\n", yes(info.si_pid == pid), info.si_status);
    int r = pidfd_send_signal(fd, 0, NULL, 0);
    say("reaped: %d %s\n", r, strerrorname_np(errno));
    pid = start(stay);
    fd = must(pidfd_open(pid, 0), "pidfd_open");
    say("signal: %d\n", pidfd_send_signal(fd, SIGTERM, NULL, 0));
    say("%s\n", how(reap(pid)));
}
