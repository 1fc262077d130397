// the CPU clocks stand still in a sleep and move on in a busy stretch
#include "subject.h"
#include <sys/resource.h>
#include <sys/time.h>

static int64_t cpu_us(clockid_t clock)
{
    struct timespec t;
    must(clock_gettime(clock, &t), "clock_gettime");
    return t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int main(void)
{
    struct rusage before, after;
    int64_t begin = cpu_us(CLOCK_PROCESS_CPUTIME_ID);
    nap(200);
    int64_t used = cpu_us(CLOCK_PROCESS_CPUTIME_ID) - begin;
    say("sleep of 200 ms used less than 150: %s\n", yes(used < 150000));
    getrusage(RUSAGE_SELF, &before);
    begin = cpu_us(CLOCK_THREAD_CPUTIME_ID);
    for (volatile long i = 0; i < 5000000; i++)
        ;
    used = cpu_us(CLOCK_THREAD_CPUTIME_ID) - begin;
    getrusage(RUSAGE_SELF, &after);
    say("busy stretch used some: %s\n", yes(used > 1000));
    say("getrusage saw it: %s\n",
        yes(timercmp(&after.ru_utime, &before.ru_utime, >) ||
            timercmp(&after.ru_stime, &before.ru_stime, >)));
}
