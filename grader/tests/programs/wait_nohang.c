// waitpid(2) with WNOHANG: 0 while the child runs; a loop that sleeps between,
// and one that spins
#include "subject.h"

static void child(void)
{
    nap(60);
    _exit(23);
}

int main(void)
{
    int status, tries = 0;
    pid_t r, pid = start(child);
    while ((r = waitpid(pid, &status, WNOHANG)) == 0) {
        tries++;
        nap(5);
    }
    say("child found: %s, tried more than once: %s, %s\n", yes(r == pid),
        yes(tries > 1), how(status));
    pid = start(child);
    while (waitpid(pid, &status, WNOHANG) == 0)
        ;
    say("spinning: %s\n", how(status));
    pid = start(child);
    while (wait4(-1, &status, WNOHANG, NULL) == 0)
        ;
    say("any child: %s\n", how(status));
    siginfo_t info = {0};
    pid = start(child);
    do
        waitid(P_ALL, 0, &info, WEXITED | WNOHANG);
    while (info.si_pid == 0);
    say("waitid: %d\n", info.si_status);
}
