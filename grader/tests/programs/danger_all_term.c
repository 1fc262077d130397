// observed only: kill(-1, SIGTERM) reaches every process but the one that sends
// expect: child: killed by SIGTERM
// expect: child in a session of its own: killed by SIGTERM
// expect: I live
#include "subject.h"

static int ready[2];

static void child(void)
{
    must((int)write(ready[1], "x", 1), "write");
    for (;;)
        pause();
}

static void far_child(void)
{
    setsid();
    child();
}

int main(void)
{
    only_if_confined();
    must(pipe(ready), "pipe");
    pid_t near = start(child), far = start(far_child);
    for (int i = 0; i < 2; i++)
        must((int)read(ready[0], &(char){0}, 1), "read");
    must(kill(-1, SIGTERM), "kill");
    say("child: %s\n", how(reap(near)));
    say("child in a session of its own: %s\n", how(reap(far)));
    say("I live\n");
}
