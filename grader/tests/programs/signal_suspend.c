// sigsuspend(2): waits with another mask and puts the old one back; parent and
// child hand a token to and fro 50 times without losing a signal
#include "subject.h"

static volatile sig_atomic_t got;

static void note(int sig)
{
    (void)sig;
    got = 1;
}

static void await(void)
{
    sigset_t none;
    sigemptyset(&none);
    while (!got)
        if (sigsuspend(&none) != -1 || errno != EINTR)
            err(99, "sigsuspend");
    got = 0;
}

static void child(void)
{
    for (int i = 0; i < 50; i++) {
        await();
        kill(getppid(), SIGUSR1);
    }
    _exit(50);
}

int main(void)
{
    sigset_t mask;
    on(SIGUSR1, note, 0);
    block(SIGUSR1);
    pid_t pid = start(child);
    int rounds = 0;
    for (; rounds < 50; rounds++) {
        kill(pid, SIGUSR1);
        await();
    }
    sigprocmask(SIG_SETMASK, NULL, &mask);
    say("%d rounds, blocked again: %s\n", rounds,
        yes(sigismember(&mask, SIGUSR1)));
    say("%s\n", how(reap(pid)));
}
