// sigwait(3), sigwaitinfo(2): taking blocked signals without a handler
#include "subject.h"

static void child(void)
{
    pid_t parent = getppid();
    nap(30);
    sigqueue(parent, SIGUSR1, (union sigval){.sival_int = 5});
    nap(30);
    kill(parent, SIGUSR2);
    nap(30);
    kill(parent, SIGTERM);
}

int main(void)
{
    sigset_t set;
    siginfo_t info;
    int sig = 0;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigaddset(&set, SIGUSR2);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    pid_t pid = start(child);
    sig = sigwaitinfo(&set, &info);
    say("SIG%s value %d from child %s\n", sigabbrev_np(sig),
        info.si_value.sival_int, yes(info.si_pid == pid));
    sigwait(&set, &sig);
    say("SIG%s\n", sigabbrev_np(sig));
    sigwait(&set, &sig);
    say("SIG%s\n", sigabbrev_np(sig));
    say("%s\n", how(reap(pid)));
}
