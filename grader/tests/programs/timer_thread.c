// timer_create(2) with a thread for each expiry (SIGEV_THREAD)
#include "subject.h"
#include <semaphore.h>

static sem_t rang;
static _Atomic int value;

static void ring(union sigval v)
{
    value = v.sival_int;
    sem_post(&rang);
}

int main(void)
{
    timer_t timer;
    struct sigevent event = {.sigev_notify = SIGEV_THREAD,
                             .sigev_notify_function = ring,
                             .sigev_value.sival_int = 31};
    struct itimerspec t = {ms(20), ms(40)};
    sem_init(&rang, 0, 0);
    must(timer_create(CLOCK_REALTIME, &event, &timer), "timer_create");
    int64_t begin = now_ms();
    must(timer_settime(timer, 0, &t, NULL), "timer_settime");
    for (int i = 0; i < 3; i++)
        sem_wait(&rang);
    say("three times, value %d, 80 ms: %s\n", value,
        yes(now_ms() - begin >= 79));
    timer_delete(timer);
}
