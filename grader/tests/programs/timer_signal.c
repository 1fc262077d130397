// timer_create(2) with a signal: value, code, interval, overrun,
// deletion
#include "subject.h"

static timer_t timer;

static void arm(int first, int interval)
{
    struct itimerspec t = {ms(interval), ms(first)};
    must(timer_settime(timer, 0, &t, NULL), "timer_settime");
}

int main(void)
{
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL,
                             .sigev_signo = SIGUSR1,
                             .sigev_value.sival_int = 4711};
    sigset_t set = one(SIGUSR1);
    siginfo_t info;
    block(SIGUSR1);
    must(timer_create(CLOCK_MONOTONIC, &event, &timer), "timer_create");
    int64_t begin = now_ms();
    arm(50, 0);
    sigwaitinfo(&set, &info);
    say("value %d, SI_TIMER: %s, 50 ms: %s\n", info.si_value.sival_int,
        yes(info.si_code == SI_TIMER), yes(now_ms() - begin >= 49));
    arm(20, 20);
    for (int i = 0; i < 3; i++)
        sigwaitinfo(&set, &info);
    say("three times, 60 ms more: %s\n", yes(now_ms() - begin >= 109));
    nap(100);
    sigwaitinfo(&set, &info);
    say("overrun: %s\n", yes(info.si_overrun >= 2));
    struct itimerspec left;
    timer_gettime(timer, &left);
    say("interval %ld ns\n", left.it_interval.tv_nsec);
    say("delete: %d\n", timer_delete(timer));
    struct timespec t = ms(60);
    int r = sigtimedwait(&set, &info, &t);
    r = r > 0 ? sigtimedwait(&set, &info, &t) : r;
    say("deleted: %d %s\n", r, strerrorname_np(errno));
    r = timer_settime(timer, 0, &left, NULL);
    say("no timer: %s\n", yes(r == -1));
}
