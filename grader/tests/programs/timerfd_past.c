/* A timer descriptor that is set to a time that is over is readable at once. */
#include "subject.h"

#include <sys/timerfd.h>

int main(void)
{
    uint64_t ticks = 0;
    struct itimerspec spec = {{0, 0}, {1, 0}};
    int fd = must(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK), "timerfd");
    must(timerfd_settime(fd, TFD_TIMER_ABSTIME, &spec, NULL), "settime");
    nap(1);
    say("read: %zd, ticks: %d\n", read(fd, &ticks, sizeof ticks), (int)ticks);
    return 0;
}
