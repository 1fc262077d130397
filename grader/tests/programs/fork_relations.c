// fork(2): who is whose child, and what fork returns on either side
#include "subject.h"

int main(void)
{
    pid_t me = getpid();
    pid_t child = must(fork(), "fork");
    if (child == 0) {
        say("child's parent is me: %s\n", yes(getppid() == me));
        say("child has a pid of its own: %s\n", yes(getpid() != me));
        say("child is in my group: %s\n", yes(getpgrp() == getpgid(me)));
        say("child is in my session: %s\n", yes(getsid(0) == getsid(me)));
        _exit(3);
    }
    int status;
    say("wait returns the child: %s\n", yes(wait(&status) == child));
    say("child: %s\n", how(status));
    say("I am still I: %s\n", yes(getpid() == me));
    return 4;
}
