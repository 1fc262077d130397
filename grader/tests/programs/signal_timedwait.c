// sigtimedwait(2): a time-out, a look without waiting, a signal in time, and a
// handler in between
#include "subject.h"

static volatile sig_atomic_t calls;

static void count(int sig)
{
    (void)sig;
    calls++;
}

static void child(void)
{
    nap(30);
    kill(getppid(), SIGUSR1);
}

static void other(void)
{
    pid_t parent = getppid();
    while (kill(parent, SIGUSR2) == 0)
        nap(20);
}

static void try(const char *what, int wait_ms)
{
    sigset_t set = one(SIGUSR1);
    struct timespec t = ms(wait_ms);
    int64_t begin = now_ms();
    int sig = sigtimedwait(&set, NULL, &t);
    bool whole = now_ms() - begin >= wait_ms;
    say("%s: %s, ", what, sig == -1 ? strerrorname_np(errno) : "SIGUSR1");
    say("whole time passed: %s\n", yes(whole));
}

int main(void)
{
    block(SIGUSR1);
    on(SIGUSR2, count, SA_RESTART);
    try("nothing comes", 100);
    try("a look", 0);
    raise(SIGUSR1);
    try("pending", 60000);
    pid_t pid = start(child);
    try("in time", 60000);
    reap(pid);
    pid = start(other);
    try("a handler", 60000);
    kill(pid, SIGKILL);
    say("%s, handled: %s\n", how(reap(pid)), yes(calls > 0));
}
