// time(2), gettimeofday(2), clock_gettime(2) tell one time; it never goes back,
// and all of them move on by the length of a sleep
#include "subject.h"
#include <sys/time.h>

static int64_t read_ms(clockid_t clock)
{
    struct timespec t;
    must(clock_gettime(clock, &t), "clock_gettime");
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t day_ms(void)
{
    struct timeval t;
    gettimeofday(&t, NULL);
    return t.tv_sec * 1000 + t.tv_usec / 1000;
}

int main(void)
{
    static const clockid_t clock[] = {
        CLOCK_REALTIME,      CLOCK_MONOTONIC,       CLOCK_BOOTTIME,
        CLOCK_MONOTONIC_RAW, CLOCK_REALTIME_COARSE, CLOCK_MONOTONIC_COARSE};
    int64_t before[6], last = 0;
    bool back = false;
    for (int i = 0; i < 1000; i++) {
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        int64_t ns = t.tv_sec * 1000000000 + t.tv_nsec;
        back |= ns < last;
        last = ns;
    }
    say("went back: %s\n", yes(back));
    int64_t a = time(NULL), b = day_ms() / 1000, c = read_ms(CLOCK_REALTIME);
    say("time, gettimeofday: %s\n", yes(b - a >= 0 && b - a <= 5));
    say("clock_gettime: %s\n", yes(c / 1000 - b >= 0 && c / 1000 - b <= 5));
    say("after 2020: %s\n", yes(a > 1577836800));
    for (int i = 0; i < 6; i++)
        before[i] = read_ms(clock[i]);
    nap(150);
    for (int i = 0; i < 6; i++)
        say("%d: 140 ms later: %s\n", i,
            yes(read_ms(clock[i]) - before[i] >= 140));
}
