// vfork(2): the parent waits until the child exits, on the same memory
#include "subject.h"

int main(void)
{
    pid_t me = getpid();
    volatile int steps = 0;
    volatile bool is_parent = false;
    pid_t pid = vfork();
    if (pid == 0) {
        is_parent = getppid() == me;
        struct timespec t = ms(50);
        nanosleep(&t, NULL);
        steps = 1;
        _exit(7);
    }
    say("child went first: %s\n", yes(steps == 1));
    say("its parent was me: %s\n", yes(is_parent));
    say("child: %s\n", how(reap(pid)));
}
