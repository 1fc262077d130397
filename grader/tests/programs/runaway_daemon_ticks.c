// never ends: main leaves a daemon that does something every ten seconds
#include "subject.h"

static void become_daemon(void)
{
    setsid();
    for (int i = 0;; i++) {
        say("tick %d\n", i);
        sleep(10);
    }
}

int main(void)
{
    start(become_daemon);
    nap(5000);
    return 3;
}
