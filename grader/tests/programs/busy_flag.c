// a parent that spins on shared memory until its child, which sleeps, sets a
// flag there
#include "subject.h"
#include <sys/mman.h>

static _Atomic int *flag;

static void child(void)
{
    nap(40);
    *flag = 1;
}

int main(void)
{
    flag = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                -1, 0);
    pid_t pid = start(child);
    while (!*flag)
        ;
    say("flag is set\n");
    say("%s\n", how(reap(pid)));
}
