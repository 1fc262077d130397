// a handler ends sleep(3), nanosleep(2), clock_nanosleep(2), with SA_RESTART as
// without; the remainder is told where the sleep was relative
#include "subject.h"
#include <sys/time.h>

static volatile sig_atomic_t rang;

static void ring(int sig)
{
    (void)sig;
    rang++;
}

static void arm(int flags)
{
    on(SIGALRM, ring, flags);
    setitimer(ITIMER_REAL, &(struct itimerval){{0, 50000}, {0, 50000}}, NULL);
}

static const char *part(struct timespec t)
{
    return yes(t.tv_sec >= 0 && t.tv_sec < 1000 && t.tv_sec > 800);
}

static void try(int flags)
{
    struct timespec long_time = {1000, 0}, left = {1, 1}, end;
    arm(flags);
    unsigned s = sleep(1000);
    say("sleep: some of it left: %s\n", yes(s < 1000 && s > 800));
    int r = nanosleep(&long_time, &left);
    say("nanosleep: %d %s, ", r, strerrorname_np(errno));
    say("some left: %s\n", part(left));
    r = nanosleep(&long_time, NULL);
    say("nanosleep: %d %s\n", r, strerrorname_np(errno));
    r = clock_nanosleep(CLOCK_MONOTONIC, 0, &long_time, &left);
    say("clock_nanosleep: %s, ", strerrorname_np(r));
    say("some left: %s\n", part(left));
    left = (struct timespec){7, 7};
    end = in_ms(CLOCK_REALTIME, 1000000);
    r = clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &end, &left);
    say("absolute: %s, ", strerrorname_np(r));
    say("remainder untouched: %s\n",
        yes(left.tv_sec == 7 && left.tv_nsec == 7));
}

int main(void)
{
    try(0);
    try(SA_RESTART);
    say("rang often enough: %s\n", yes(rang >= 10));
}
