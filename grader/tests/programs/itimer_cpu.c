// ITIMER_VIRTUAL and ITIMER_PROF count the CPU's time, not that of the clock
#include "subject.h"
#include <sys/time.h>

static volatile sig_atomic_t last;

static void note(int sig)
{
    last = sig;
}

static void spin_until(int which, int sig)
{
    last = 0;
    setitimer(which, &(struct itimerval){{0, 0}, {0, 20000}}, NULL);
    while (!last)
        ;
    say("SIG%s: %s\n", sigabbrev_np(sig), yes(last == sig));
}

int main(void)
{
    struct itimerval left;
    on(SIGVTALRM, note, 0);
    on(SIGPROF, note, 0);
    spin_until(ITIMER_VIRTUAL, SIGVTALRM);
    spin_until(ITIMER_PROF, SIGPROF);
    setitimer(ITIMER_VIRTUAL, &(struct itimerval){{0, 0}, {0, 50000}}, NULL);
    nap(100);
    getitimer(ITIMER_VIRTUAL, &left);
    say("still set after sleeping: %s\n", yes(left.it_value.tv_usec > 0));
}
