// observed only: kill(-1, SIGKILL), by a child: its siblings and its parent die
// expect: before
// signal: 9
#include "subject.h"

static void stay(void)
{
    for (;;)
        pause();
}

int main(void)
{
    only_if_confined();
    say("before\n");
    start(stay);
    pid_t pid = must(fork(), "fork");
    if (pid == 0) {
        kill(-1, SIGKILL);
        _exit(0);
    }
    stay();
}
