// sleep(3), usleep(3), nanosleep(2), clock_nanosleep(2) last at least as long
// as asked, on every clock
#include "subject.h"

static int64_t clock_ms(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void try(const char *name, clockid_t clock)
{
    struct timespec t = ms(40), end;
    int64_t begin = clock_ms(clock);
    int r = clock_nanosleep(clock, 0, &t, NULL);
    say("%s: %d, at least 40 ms: %s\n", name, r,
        yes(clock_ms(clock) - begin >= 39));
    end = in_ms(clock, 40);
    begin = clock_ms(clock);
    r = clock_nanosleep(clock, TIMER_ABSTIME, &end, NULL);
    say("%s, absolute: %d, at least 40 ms: %s\n", name, r,
        yes(clock_ms(clock) - begin >= 39));
    r = clock_nanosleep(clock, TIMER_ABSTIME, &end, NULL);
    say("%s, past: %d\n", name, r);
}

int main(void)
{
    int64_t begin = now_ms();
    say("sleep: %u\n", sleep(1));
    say("a second: %s\n", yes(now_ms() - begin >= 999));
    begin = now_ms();
    say("usleep: %d\n", usleep(30000));
    struct timespec t = ms(30);
    say("nanosleep: %d\n", nanosleep(&t, NULL));
    say("60 ms: %s\n", yes(now_ms() - begin >= 59));
    try("realtime", CLOCK_REALTIME);
    try("monotonic", CLOCK_MONOTONIC);
    try("boottime", CLOCK_BOOTTIME);
}
