/* Waits for a child that sleeps a second, with a handler for SIGUSR1; an
 * argument sets SA_RESTART.  Signals come from injected faults only. */
#include "subject.h"

static volatile sig_atomic_t handled;

static void note(int sig)
{
    (void)sig;
    handled++;
}

int main(int argc, char **argv)
{
    (void)argv;
    struct sigaction action = {.sa_handler = note,
                               .sa_flags = argc > 1 ? SA_RESTART : 0};
    must(sigaction(SIGUSR1, &action, NULL), "sigaction");
    pid_t pid = must(fork(), "fork");
    if (pid == 0) {
        nap(1000);
        _exit(0);
    }
    int r = waitpid(pid, NULL, 0);
    say("waitpid: %s, handler ran %d times\n",
        r == -1 ? strerrorname_np(errno) : "done", (int)handled);
    return 0;
}
