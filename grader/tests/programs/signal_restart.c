// SA_RESTART: read(2) and wait(2) go on after the handler; without it: EINTR
#include "subject.h"
#include <sys/time.h>

static volatile sig_atomic_t ticks, release_at;
static int line[2], hold[2];

static void tick(int sig)
{
    (void)sig;
    if (++ticks == release_at)
        close(hold[1]);
}

static void child(void)
{
    char c;
    close(hold[1]);
    while (read(hold[0], &c, 1) > 0)
        ;
    must(write(line[1], "x", 1), "write");
    nap(30);
}

static void try(int flags, int at)
{
    char c;
    ticks = 0;
    release_at = at;
    must(pipe(line), "pipe");
    must(pipe(hold), "pipe");
    pid_t pid = start(child);
    on(SIGALRM, tick, flags);
    setitimer(ITIMER_REAL, &(struct itimerval){{0, 20000}, {0, 20000}}, NULL);
    int n = (int)read(line[0], &c, 1);
    say("read: %d%s\n", n, n == -1 && errno == EINTR ? " EINTR" : "");
    pid_t r = wait(NULL);
    bool interrupted = r == -1 && errno == EINTR;
    setitimer(ITIMER_REAL, &(struct itimerval){0}, NULL);
    say("wait: %s\n", interrupted ? "EINTR" : yes(r == pid));
    close(line[0]), close(line[1]), close(hold[0]);
    if (!at)
        close(hold[1]);
    if (interrupted)
        reap(pid);
}

int main(void)
{
    try(SA_RESTART, 3); /* the third tick lets the child write and end */
    try(0, 0);          /* it does neither: only the ticks can end a call */
}
