// signalfd(2): blocked signals read from a descriptor, with their sender
#include "subject.h"
#include <poll.h>
#include <sys/signalfd.h>

static void child(void)
{
    nap(30);
    sigqueue(getppid(), SIGUSR1, (union sigval){.sival_int = 77});
    nap(30);
    _exit(12);
}

int main(void)
{
    struct signalfd_siginfo info;
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, NULL);
    int fd = must(signalfd(-1, &set, SFD_NONBLOCK), "signalfd");
    ssize_t n = read(fd, &info, sizeof info);
    say("nothing: %zd %s\n", n, strerrorname_np(errno));
    pid_t pid = start(child);
    for (int i = 0; i < 2; i++) {
        struct pollfd p = {.fd = fd, .events = POLLIN};
        say("poll: %d, ", poll(&p, 1, -1));
        must((int)read(fd, &info, sizeof info), "read");
        say("SIG%s from child: %s, value %d, status %d\n",
            sigabbrev_np((int)info.ssi_signo), yes((pid_t)info.ssi_pid == pid),
            i ? 0 : info.ssi_int, i ? info.ssi_status : 0);
    }
    say("%s\n", how(reap(pid)));
}
