// clone(2) with nothing but SIGCHLD is a fork with a function
#include "subject.h"
#include <sched.h>

static char stack[65536] __attribute__((aligned(16)));
static int number = 1;

static int body(void *arg)
{
    number = 2;
    say("child of me: %s\n", yes(getppid() == *(pid_t *)arg));
    return 9;
}

int main(void)
{
    pid_t me = getpid();
    pid_t pid = must(clone(body, stack + sizeof stack, SIGCHLD, &me), "clone");
    say("%s\n", how(reap(pid)));
    say("memory is a copy: %s\n", yes(number == 1));
}
