// SIGCHLD set to SIG_IGN or SA_NOCLDWAIT: no zombies, wait(2) blocks until all
// are gone and then fails; default-ignored is another thing
#include "subject.h"

static volatile sig_atomic_t calls;

static void count(int sig)
{
    (void)sig;
    calls++;
}

static void nothing(void)
{
}

static void linger(void)
{
    nap(60);
}

static void try(const char *what)
{
    calls = 0;
    start(nothing);
    pid_t last = start(linger);
    int64_t begin = now_ms();
    pid_t r;
    while ((r = wait(NULL)) == -1 && errno == EINTR)
        ;
    say("%s: %s\n", what, r == -1 ? strerrorname_np(errno) : "a child");
    say("  waited for the last: %s\n", yes(now_ms() - begin >= 50));
    say("  it is gone: %s\n", yes(kill(last, 0) == -1 && errno == ESRCH));
    while (wait(NULL) > 0)
        ;
}

int main(void)
{
    on(SIGCHLD, SIG_IGN, 0);
    try("SIG_IGN");
    on(SIGCHLD, SIG_DFL, SA_NOCLDWAIT);
    try("SA_NOCLDWAIT");
    on(SIGCHLD, count, SA_NOCLDWAIT);
    try("SA_NOCLDWAIT and a handler");
    say("  handler called: %s\n", yes(calls > 0));
    on(SIGCHLD, SIG_DFL, 0);
    pid_t pid = start(nothing);
    say("SIG_DFL: %s\n", how(reap(pid)));
}
