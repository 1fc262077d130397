// daemon(3): the caller ends with 0 at once, the daemon works on in its own
// session and, asked to keep its descriptors, prints
#include "subject.h"

int main(void)
{
    pid_t before = getpid();
    if (daemon(1, 1) == -1)
        err(99, "daemon");
    say("another process: %s\n", yes(getpid() != before));
    say("leads its session: %s\n", yes(getsid(0) == getpid()));
    nap(50);
    say("done\n");
    return 7; /* nobody of ours sees it */
}
