// Two timers that go off at the same time: the sleep that they interrupt ends
// when both have
#include "subject.h"

static volatile sig_atomic_t got;

static void count(int sig)
{
    (void)sig;
    got++;
}

static timer_t timer_of(int sig)
{
    timer_t id;
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = sig};
    must(timer_create(CLOCK_REALTIME, &event, &id), "timer_create");
    return id;
}

int main(void)
{
    static const int signals[] = {SIGALRM, SIGUSR1, SIGABRT};
    struct itimerspec at = {.it_value = in_ms(CLOCK_REALTIME, 200)};
    for (int i = 0; i < 3; i++) {
        on(signals[i], count, 0);
        must(timer_settime(timer_of(signals[i]), TIMER_ABSTIME, &at, NULL),
             "timer_settime");
    }
    struct timespec second = {1, 0};
    say("%s, ", nanosleep(&second, NULL) == -1 ? "interrupted" : "slept");
    say("%d signals\n", got);
}
