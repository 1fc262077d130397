// the idiom of shells: parent and child both call setpgid, so that the group is
// there for either of them whoever runs first
#include "subject.h"

static void member(void)
{
    for (;;)
        pause();
}

int main(void)
{
    int good = 0;
    for (int i = 0; i < 20; i++) {
        pid_t pid = must(fork(), "fork");
        if (pid == 0) {
            setpgid(0, 0);
            if (getpgrp() != getpid())
                _exit(1);
            member();
        }
        setpgid(pid, pid);
        must(killpg(pid, SIGTERM), "killpg");
        good += WTERMSIG(reap(pid)) == SIGTERM;
    }
    say("%d of 20 killed by their group\n", good);
}
