// sending a signal that is ignored, blocked, or both: what is kept
#include "subject.h"

static volatile sig_atomic_t calls;

static void count(int sig)
{
    (void)sig;
    calls++;
}

static bool pending(int sig)
{
    sigset_t set;
    sigpending(&set);
    return sigismember(&set, sig);
}

int main(void)
{
    on(SIGUSR1, SIG_IGN, 0);
    raise(SIGUSR1);
    on(SIGUSR1, count, 0);
    say("ignored, then handled: %d\n", calls);
    block(SIGUSR1);
    raise(SIGUSR1);
    say("blocked: pending %s\n", yes(pending(SIGUSR1)));
    on(SIGUSR1, SIG_IGN, 0);
    say("set to ignored: pending %s\n", yes(pending(SIGUSR1)));
    on(SIGUSR1, count, 0);
    unblock(SIGUSR1);
    say("handled: %d\n", calls);
    block(SIGUSR1);
    raise(SIGUSR1);
    pid_t pid = must(fork(), "fork");
    if (pid == 0)
        _exit(pending(SIGUSR1));
    say("a child's pending set is empty: %s\n", how(reap(pid)));
    unblock(SIGUSR1);
    say("handled: %d\n", calls);
}
