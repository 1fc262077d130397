// SA_NOCLDSTOP: no SIGCHLD when a child stops or goes on, one when it ends
#include "subject.h"

static volatile sig_atomic_t calls;

static void count(int sig)
{
    (void)sig;
    calls++;
}

static void child(void)
{
    for (;;)
        pause();
}

static void try(const char *what, int flags)
{
    int status;
    calls = 0;
    on(SIGCHLD, count, flags | SA_RESTART);
    pid_t pid = start(child);
    kill(pid, SIGSTOP);
    must(waitpid(pid, &status, WUNTRACED), "waitpid");
    nap(10); /* a stop can be seen just before its SIGCHLD */
    say("%s: %s, ", what, how(status));
    say("calls %d; ", calls);
    kill(pid, SIGCONT);
    must(waitpid(pid, &status, WCONTINUED), "waitpid");
    nap(10);
    say("%s, calls %d; ", how(status), calls);
    kill(pid, SIGKILL);
    say("%s, ", how(reap(pid)));
    say("calls %d\n", calls);
}

int main(void)
{
    try("plain", 0);
    try("SA_NOCLDSTOP", SA_NOCLDSTOP);
}
