// a child whose parent ends is adopted: getppid(2) changes, and neither its
// parent nor its grandparent is the new one
#include "subject.h"

static pid_t me, middle;
static int line[2], reaped[2];

static void grandchild(void)
{
    close(line[0]);
    must((int)read(reaped[0], &(char){0}, 1), "read");
    say("adopted: %s\n", yes(getppid() != middle && getppid() != me));
    say("middle is gone: %s\n", yes(kill(middle, 0) == -1));
}

static void child(void)
{
    middle = getpid();
    start(grandchild);
    _exit(1);
}

int main(void)
{
    char c;
    me = getpid();
    must(pipe(line), "pipe");
    must(pipe(reaped), "pipe");
    pid_t pid = start(child);
    say("%s\n", how(reap(pid)));
    must((int)write(reaped[1], "x", 1), "write");
    close(line[1]);
    say("the orphan has ended: %zd\n", read(line[0], &c, 1));
    say("it is not mine to reap: %s\n", yes(wait(NULL) == -1));
}
