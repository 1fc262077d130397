// fork(2): a tree three deep; every process adds up what its children exit with
#include "subject.h"

static int grow(int depth)
{
    int sum = 1;
    for (int i = 0; i < 3 && depth > 0; i++) {
        pid_t pid = must(fork(), "fork");
        if (pid == 0)
            _exit(grow(depth - 1));
        sum += WEXITSTATUS(reap(pid));
    }
    return sum;
}

static int grow_at_once(int depth)
{
    pid_t pid[3];
    int sum = 1;
    for (int i = 0; i < 3 && depth > 0; i++) {
        pid[i] = must(fork(), "fork");
        if (pid[i] == 0)
            _exit(grow_at_once(depth - 1));
    }
    for (int i = 0; i < 3 && depth > 0; i++)
        sum += WEXITSTATUS(reap(pid[i]));
    return sum;
}

int main(void)
{
    say("one after the other: %d processes\n", grow(3));
    say("at once: %d processes\n", grow_at_once(3));
}
