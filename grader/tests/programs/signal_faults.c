// signals that a program brings upon itself, and how it ends by them
#include "subject.h"
#include <sys/resource.h>

static void null_pointer(void)
{
    volatile int *p = NULL;
    *p = 1;
}

static void division(void)
{
    volatile int one_more = 7, zero = 0;
    volatile int result = one_more / zero;
    (void)result;
}

static void trap(void)
{
    __builtin_trap();
}

static void end_by_raise(void)
{
    signal(SIGTERM, SIG_DFL);
    raise(SIGTERM);
}

static void fail(siginfo_t *info)
{
    say("at address 0x10: %s\n", yes(info->si_addr == (void *)0x10));
    _exit(info->si_code == SEGV_MAPERR ? 31 : 32);
}

static void handler(int sig, siginfo_t *info, void *context)
{
    (void)sig, (void)context;
    fail(info);
}

static void handled(void)
{
    volatile char *volatile p = (char *)0x10;
    on_info(SIGSEGV, handler, 0);
    *p = 1;
}

int main(void)
{
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    say("null pointer: %s\n", how(reap(start(null_pointer))));
    say("SIGFPE: %s\n", how(reap(start(division))));
    say("trap: %s\n", how(reap(start(trap))));
    say("abort: %s\n", how(reap(start(abort))));
    say("raise: %s\n", how(reap(start(end_by_raise))));
    say("handled: %s\n", how(reap(start(handled))));
    kill(getpid(), SIGUSR2); /* its own end, told to whoever waits */
}
