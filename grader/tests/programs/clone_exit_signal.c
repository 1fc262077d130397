// clone(2) with an exit signal other than SIGCHLD: plain wait(2) does not see
// the child, __WCLONE or __WALL does
#include "subject.h"
#include <sched.h>

static char stack[65536] __attribute__((aligned(16)));
static volatile sig_atomic_t got;

static int body(void *arg)
{
    return *(int *)arg;
}

static void note(int sig)
{
    got = sig;
}

static void try(int signal, int option, int code)
{
    int status = 0;
    got = 0;
    pid_t pid = must(clone(body, stack + sizeof stack, signal, &code), "clone");
    bool unseen = waitpid(-1, &status, 0) == -1 && errno == ECHILD;
    say("plain wait sees nobody: %s\n", yes(unseen));
    say("found: %s, ", yes(waitpid(pid, &status, option) == pid));
    say("%s, signal %s\n", how(status), got ? sigabbrev_np(got) : "none");
}

int main(void)
{
    on(SIGUSR1, note, SA_RESTART);
    on(SIGCHLD, note, SA_RESTART);
    try(0, __WCLONE, 1);
    try(0, __WALL, 2);
    try(SIGUSR1, __WALL, 3);
}
