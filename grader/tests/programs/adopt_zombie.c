/* A subreaper waits for a child that leaves it a zombie: SIGCHLD for that one
 * comes at the child's exit, and waitpid() finds the child all the same. */
#include <sys/prctl.h>

#include "subject.h"

static volatile sig_atomic_t came;

static void count(int sig)
{
    (void)sig;
    came++;
}

/* Ends when its own child is a zombie. */
static void heritage(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(7);
    siginfo_t info;
    waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT);
    _exit(3);
}

static void wait_for_both(pid_t pid)
{
    int status = -1;
    pid_t got = waitpid(pid, &status, 0);
    say("%s, %s; ", got == pid ? "the child" : "not the child", how(status));
    got = waitpid(-1, &status, 0);
    say("then %s, %s; SIGCHLD came: %s\n",
        got == pid ? "the child" : "its zombie", how(status), yes(came > 0));
}

int main(void)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    for (int i = 0; i < 12; i++) {
        on(SIGCHLD, count, i % 2 ? SA_RESTART : 0);
        if (i >= 8)
            on(SIGCHLD, SIG_DFL, 0);
        came = 0;
        wait_for_both(start(heritage));
    }
}
