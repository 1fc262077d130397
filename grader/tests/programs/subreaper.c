// prctl(PR_SET_CHILD_SUBREAPER): orphans below come to this process, which can
// wait for them
#include "subject.h"
#include <sys/prctl.h>

static pid_t top;
static int reaped[2];

static void grandchild(void)
{
    must((int)read(reaped[0], &(char){0}, 1), "read");
    say("adopted by the subreaper: %s\n", yes(getppid() == top));
    _exit(51);
}

static void child(void)
{
    int inherited = -1;
    prctl(PR_GET_CHILD_SUBREAPER, &inherited);
    say("inherited: %d\n", inherited);
    start(grandchild);
    _exit(50);
}

int main(void)
{
    int status;
    top = getpid();
    must(pipe(reaped), "pipe");
    must(prctl(PR_SET_CHILD_SUBREAPER, 1), "prctl");
    pid_t pid = start(child);
    say("child: %s\n", how(reap(pid)));
    must((int)write(reaped[1], "x", 1), "write");
    pid_t orphan = wait(&status);
    say("an orphan: %s, %s\n", yes(orphan != pid), how(status));
    say("no more: %s\n", yes(wait(NULL) == -1));
}
