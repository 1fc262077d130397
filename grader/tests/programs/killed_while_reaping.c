// SIGKILL may hit a process whose wait has reaped but not returned yet: the
// child is gone all the same, and nobody inherits it
#include "subject.h"
#include <sys/prctl.h>

static int numbers[2];

static void grandchild(void)
{
    for (;;)
        pause();
}

static void child(void)
{
    pid_t pid = start(grandchild);
    must((int)write(numbers[1], &pid, sizeof pid), "write");
    while (wait(NULL) > 0)
        ;
    for (;;)
        pause();
}

int main(void)
{
    must(prctl(PR_SET_CHILD_SUBREAPER, 1), "prctl");
    for (int i = 0; i < 10; i++) {
        pid_t pid, below;
        must(pipe(numbers), "pipe");
        pid = start(child);
        must((int)read(numbers[0], &below, sizeof below), "read");
        must(kill(below, SIGKILL), "kill");
        must(kill(pid, SIGKILL), "kill");
        while (wait(NULL) > 0)
            ;
        say("%d: nobody is left\n", i);
        close(numbers[0]);
        close(numbers[1]);
    }
    return 0;
}
// expect: 0: nobody is left
// expect: 1: nobody is left
// expect: 2: nobody is left
// expect: 3: nobody is left
// expect: 4: nobody is left
// expect: 5: nobody is left
// expect: 6: nobody is left
// expect: 7: nobody is left
// expect: 8: nobody is left
// expect: 9: nobody is left
