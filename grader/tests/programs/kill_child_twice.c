// a parent that kills its child, waits, and is told of a second try; a child
// that kills itself before its parent does
#include "subject.h"

static void child(void)
{
    for (;;)
        pause();
}

static void hasty(void)
{
    kill(getpid(), SIGINT);
}

int main(void)
{
    pid_t pid = start(child);
    say("kill: %d\n", kill(pid, SIGTERM));
    siginfo_t info;
    waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT);
    say("zombie: %d\n", kill(pid, SIGKILL));
    say("%s\n", how(reap(pid)));
    int r = kill(pid, SIGTERM);
    say("reaped: %d %s\n", r, strerrorname_np(errno));
    pid = start(hasty);
    waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT);
    kill(pid, SIGKILL);
    say("%s\n", how(reap(pid)));
}
