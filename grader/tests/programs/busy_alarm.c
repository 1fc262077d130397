// loops without a system call that only an alarm can end: by a flag, and by
// death
#include "subject.h"
#include <sys/time.h>

static volatile sig_atomic_t rang;

static void ring(int sig)
{
    (void)sig;
    rang = 1;
}

static void arm(void)
{
    setitimer(ITIMER_REAL, &(struct itimerval){{0, 0}, {0, 50000}}, NULL);
}

static void child(void)
{
    arm();
    for (volatile long i = 0;; i++)
        ;
}

int main(void)
{
    on(SIGALRM, ring, 0);
    arm();
    while (!rang)
        ;
    say("rang\n");
    on(SIGALRM, SIG_DFL, 0);
    say("%s\n", how(reap(start(child))));
}
