// observed only: kill(1, SIGKILL) and kill(1, SIGTERM) do no harm
// expect: still here
#include "subject.h"

int main(void)
{
    only_if_confined();
    kill(1, SIGKILL);
    kill(1, SIGTERM);
    nap(50);
    say("still here\n");
}
