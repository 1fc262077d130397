// clone(2) with CLONE_VM: another process on the same memory, with and without
// CLONE_VFORK
#include "subject.h"
#include <sched.h>

static char stack[65536] __attribute__((aligned(16)));
static _Atomic int number;

static int add(void *arg)
{
    struct timespec t = ms(30);
    nanosleep(&t, NULL);
    number += *(int *)arg;
    return 0;
}

static pid_t run(int flags, int amount)
{
    static int n;
    n = amount;
    return must(clone(add, stack + sizeof stack, flags, &n), "clone");
}

int main(void)
{
    pid_t pid = run(CLONE_VM | CLONE_VFORK | SIGCHLD, 1);
    say("vfork: waited for it, number is %d\n", number);
    say("it was a process of its own: %s\n", yes(pid != getpid()));
    reap(pid);
    pid = run(CLONE_VM | SIGCHLD, 10);
    reap(pid);
    say("without: number is %d after wait\n", number);
}
