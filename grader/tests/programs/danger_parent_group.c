// observed only: kill(-getpgid(getppid()), SIGTERM) does not reach the observer
// expect: still here
#include "subject.h"

int main(void)
{
    only_if_confined();
    on(SIGTERM, SIG_IGN, 0); /* the group may turn out to be my own */
    kill(-getpgid(getppid()), SIGTERM);
    kill(0, SIGTERM);
    nap(50);
    say("still here\n");
}
