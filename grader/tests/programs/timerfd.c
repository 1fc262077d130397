// timerfd_create(2): one-shot, periodic, absolute, counted, polled
#include "subject.h"
#include <poll.h>
#include <sys/timerfd.h>

static int fd;

static struct itimerspec spec(int first, int interval)
{
    return (struct itimerspec){ms(interval), ms(first)};
}

static uint64_t take(void)
{
    uint64_t n = 0;
    return read(fd, &n, sizeof n) == sizeof n ? n : 0;
}

int main(void)
{
    struct itimerspec t = spec(50, 0), left;
    fd = must(timerfd_create(CLOCK_MONOTONIC, 0), "timerfd_create");
    int64_t begin = now_ms();
    timerfd_settime(fd, 0, &t, NULL);
    uint64_t n = take();
    say("once: %lu, 50 ms: %s\n", n, yes(now_ms() - begin >= 49));
    t = spec(30, 30);
    begin = now_ms();
    timerfd_settime(fd, 0, &t, NULL);
    uint64_t sum = 0;
    while (sum < 4)
        sum += take();
    say("four times, 120 ms: %s\n", yes(now_ms() - begin >= 119));
    timerfd_gettime(fd, &left);
    say("interval %ld ns, left in it: %s\n", left.it_interval.tv_nsec,
        yes(left.it_value.tv_nsec > 0 && left.it_value.tv_nsec <= 30000000));
    nap(100);
    say("missed some: %s\n", yes(take() >= 3));
    t = (struct itimerspec){{0, 0}, in_ms(CLOCK_MONOTONIC, 40)};
    timerfd_settime(fd, TFD_TIMER_ABSTIME, &t, NULL);
    struct pollfd p = {.fd = fd, .events = POLLIN};
    int r = poll(&p, 1, 60000);
    say("absolute: poll %d, %lu\n", r, take());
    t = spec(0, 0);
    timerfd_settime(fd, 0, &t, NULL);
    say("disarmed: poll %d\n", poll(&p, 1, 50));
}
