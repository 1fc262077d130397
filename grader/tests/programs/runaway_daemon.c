// never ends: main leaves a daemon that waits for a signal, without a deadline
#include "subject.h"

static void become_daemon(void)
{
    setsid();
    say("daemon is up\n");
    sigset_t none;
    sigemptyset(&none);
    for (;;)
        sigsuspend(&none);
}

int main(void)
{
    start(become_daemon);
    nap(1000);
    return 3;
}
