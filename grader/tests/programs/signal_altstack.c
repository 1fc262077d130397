// sigaltstack(2): a stack overflow can be handled on a stack of its own
#include "subject.h"
#include <sys/resource.h>

static char other[65536];

static void handler(int sig)
{
    char here;
    say("SIG%s, on the other stack: %s\n", sigabbrev_np(sig),
        yes(&here >= other && &here < other + sizeof other));
    _exit(41);
}

__attribute__((noinline)) static int deeper(volatile int *n)
{
    volatile char room[4096];
    room[0] = 1;
    return ++*n < 1000000 ? deeper(n) + room[0] : 0;
}

static void overflow(void)
{
    volatile int n = 0;
    setrlimit(RLIMIT_STACK, &(struct rlimit){1 << 20, 1 << 20});
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    _exit(deeper(&n));
}

int main(void)
{
    say("without: %s\n", how(reap(start(overflow))));
    stack_t stack = {.ss_sp = other, .ss_size = sizeof other};
    must(sigaltstack(&stack, NULL), "sigaltstack");
    on(SIGSEGV, handler, SA_ONSTACK);
    say("with: %s\n", how(reap(start(overflow))));
}
