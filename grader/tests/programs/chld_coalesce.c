// five children end while SIGCHLD is blocked: one signal, five to reap
#include "subject.h"

static volatile sig_atomic_t calls, reaped;

static void handler(int sig)
{
    (void)sig;
    calls++;
    while (waitpid(-1, NULL, WNOHANG) > 0)
        reaped++;
}

int main(void)
{
    siginfo_t info;
    on(SIGCHLD, handler, SA_RESTART);
    block(SIGCHLD);
    for (int i = 0; i < 5; i++) {
        pid_t pid = must(fork(), "fork");
        if (pid == 0)
            _exit(i);
        waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT);
    }
    unblock(SIGCHLD);
    say("blocked: %d call, %d reaped\n", calls, reaped);
    reaped = 0;
    for (int i = 0; i < 5; i++)
        if (must(fork(), "fork") == 0)
            _exit(i);
    sigset_t none;
    sigemptyset(&none);
    block(SIGCHLD);
    while (reaped < 5)
        sigsuspend(&none);
    say("not blocked: %d reaped\n", reaped);
}
