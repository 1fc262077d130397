// prctl(PR_SET_PDEATHSIG): a signal when the parent ends; children do not
// inherit it
#include "subject.h"
#include <sys/prctl.h>

static int line[2], ready[2];

static void grandchild(void)
{
    int inherited = -1;
    prctl(PR_SET_PDEATHSIG, SIGUSR1);
    pid_t pid = must(fork(), "fork");
    if (pid == 0) {
        prctl(PR_GET_PDEATHSIG, &inherited);
        dprintf(line[1], "inherited: %d\n", inherited);
        _exit(0);
    }
    reap(pid);
    must((int)write(ready[1], "x", 1), "write");
    sigset_t set = one(SIGUSR1);
    siginfo_t info;
    sigwaitinfo(&set, &info);
    dprintf(line[1], "parent's death: SIG%s\n", sigabbrev_np(info.si_signo));
    unblock(SIGUSR1);
    raise(SIGUSR1);
}

static void child(void)
{
    start(grandchild);
    must((int)read(ready[0], &(char){0}, 1), "read");
}

int main(void)
{
    char text[64];
    ssize_t n;
    must(pipe(line), "pipe");
    must(pipe(ready), "pipe");
    block(SIGUSR1);
    say("%s\n", how(reap(start(child))));
    close(line[1]);
    while ((n = read(line[0], text, sizeof text)) > 0)
        must((int)write(STDOUT_FILENO, text, (size_t)n), "write");
}
