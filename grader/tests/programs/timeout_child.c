// what timeout(1) does: a child that takes too long is sent SIGTERM, then
// SIGKILL; one that ends in time is left alone
#include "subject.h"

static int length;

static void child(void)
{
    nap(length);
    _exit(6);
}

static bool ended_within(int n)
{
    sigset_t set = one(SIGCHLD);
    struct timespec t = ms(n);
    int r;
    while ((r = sigtimedwait(&set, NULL, &t)) == -1 && errno == EINTR)
        ;
    return r == SIGCHLD;
}

static void try(int n, int patience)
{
    length = n;
    on(SIGTERM, n > 1000000 ? SIG_IGN : SIG_DFL, 0);
    pid_t pid = start(child);
    if (!ended_within(patience)) {
        say("too long, ");
        kill(pid, SIGTERM);
        if (!ended_within(length > 1000000 ? 100 : 60000)) {
            say("stubborn, ");
            kill(pid, SIGKILL);
            ended_within(60000);
        }
    }
    say("%s\n", how(reap(pid)));
}

int main(void)
{
    block(SIGCHLD);
    try(20, 60000);
    try(900000, 60);
    try(2000000, 60);
}
