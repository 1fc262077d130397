/* setitimer(2) sets the timer also where there is no room for the old time;
 * less than was asked for is left. */
#include "subject.h"

#include <sys/time.h>

static void *const nowhere = (void *)8;
static volatile sig_atomic_t rung;

static void ring(int sig)
{
    rung = sig;
}

static struct itimerval in(int first_ms, int every_ms)
{
    return (struct itimerval){{every_ms / 1000, every_ms % 1000 * 1000},
                              {first_ms / 1000, first_ms % 1000 * 1000}};
}

int main(void)
{
    struct itimerval v = in(1500, 0), before;
    int r = setitimer(ITIMER_REAL, &v, nowhere);
    say("no room: %s\n", r == -1 ? strerrorname_np(errno) : "done");
    getitimer(ITIMER_REAL, &v);
    say("is set: %s, with less than was asked for: %s\n",
        yes(v.it_value.tv_sec == 1), yes(v.it_value.tv_usec < 500000));
    on(SIGALRM, ring, 0);
    v = in(100, 100);
    setitimer(ITIMER_REAL, &v, NULL);
    nap(250);
    v = in(0, 0);
    setitimer(ITIMER_REAL, &v, &before);
    say("rang: %s; every %ld us\n", yes(rung),
        (long)before.it_interval.tv_usec);
    return 0;
}
