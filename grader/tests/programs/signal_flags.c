// SA_RESETHAND, SA_NODEFER, sa_mask: what a handler finds blocked and what is
// left of it afterwards
#include "subject.h"

static volatile int depth, deepest, calls;

static void again(int sig)
{
    depth++;
    if (depth > deepest)
        deepest = depth;
    if (++calls < 4)
        raise(sig);
    depth--;
}

static void try(const char *what, int flags)
{
    depth = deepest = calls = 0;
    on(SIGUSR1, again, flags);
    raise(SIGUSR1);
    say("%s: called %d times, %d deep\n", what, calls, deepest);
}

static void once(int sig)
{
    say("once, handler is now the default: %s\n",
        yes(signal(sig, SIG_DFL) == SIG_DFL));
}

static void show(int sig)
{
    sigset_t set;
    sigprocmask(SIG_SETMASK, NULL, &set);
    say("in handler of SIG%s: USR1 blocked %s, ", sigabbrev_np(sig),
        yes(sigismember(&set, SIGUSR1)));
    say("USR2 blocked %s\n", yes(sigismember(&set, SIGUSR2)));
    if (sig == SIGUSR1)
        raise(SIGUSR2);
    say("handler of SIG%s ends\n", sigabbrev_np(sig));
}

int main(void)
{
    try("plain", 0);
    try("SA_NODEFER", SA_NODEFER);
    on(SIGUSR2, once, SA_RESETHAND);
    raise(SIGUSR2);
    struct sigaction action = {.sa_handler = show, .sa_mask = one(SIGUSR2)};
    sigaction(SIGUSR1, &action, NULL);
    on(SIGUSR2, show, 0);
    raise(SIGUSR1);
    on(SIGTERM, once, SA_RESETHAND);
    raise(SIGTERM);
    raise(SIGTERM); /* the second one kills */
}
