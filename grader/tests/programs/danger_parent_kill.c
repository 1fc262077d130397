// observed only: kill(getppid(), SIGKILL) by the first process reaches nobody
// of importance
// expect: still here
// exit: 5
#include "subject.h"

int main(void)
{
    only_if_confined();
    kill(getppid(), SIGKILL);
    nap(50);
    say("still here\n");
    return 5;
}
