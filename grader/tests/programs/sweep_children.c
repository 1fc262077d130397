// a look at each of a hundred children in turn is no spin: they sleep on until
// they are killed
#include "subject.h"

enum { CHILDREN = 100 };

static void sleep_long(void)
{
    nap(20000);
}

int main(void)
{
    pid_t pid[CHILDREN];
    int killed = 0, status;
    for (int i = 0; i < CHILDREN; i++)
        pid[i] = start(sleep_long);
    for (int round = 0; round < 3; round++)
        for (int i = 0; i < CHILDREN; i++)
            if (waitpid(pid[i], &status, WNOHANG) != 0)
                say("child %d ended\n", i);
    for (int i = 0; i < CHILDREN; i++)
        kill(pid[i], SIGTERM);
    for (int i = 0; i < CHILDREN; i++)
        killed += waitpid(pid[i], &status, 0) == pid[i] &&
                  WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM;
    say("killed: %d\n", killed);
}
