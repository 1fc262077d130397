// a program that becomes itself again 20 times keeps its children
#include "subject.h"

int main(int argc, char **argv)
{
    char count[16], child[16];
    int n = argc > 1 ? atoi(argv[1]) : 0;
    pid_t pid = argc > 2 ? atoi(argv[2]) : 0;
    if (n == 0)
        pid = must(fork(), "fork");
    if (pid == 0)
        _exit(14);
    if (n == 20) {
        say("after %d execs my child is still mine: %s\n", n, how(reap(pid)));
        return 15;
    }
    snprintf(count, sizeof count, "%d", n + 1);
    snprintf(child, sizeof child, "%d", pid);
    execl(argv[0], argv[0], count, child, NULL);
    err(99, "exec");
}
