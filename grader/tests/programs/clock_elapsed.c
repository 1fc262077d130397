// times(2) and sysinfo(2) tell the time that has passed as the other clocks do,
// also in a loop that waits for it
#include "subject.h"
#include <sys/sysinfo.h>
#include <sys/times.h>

static long uptime(void)
{
    struct sysinfo info;
    must(sysinfo(&info), "sysinfo");
    return info.uptime;
}

static int64_t elapsed_ms(clock_t begin, struct tms *used)
{
    return (int64_t)(times(used) - begin) * 1000 / sysconf(_SC_CLK_TCK);
}

int main(void)
{
    struct tms used;
    struct timespec t;
    clock_t begin = times(&used);
    nap(300);
    int64_t ms = elapsed_ms(begin, &used);
    say("times: %s, works: %s\n", yes(ms >= 290 && ms < 600),
        yes(used.tms_utime + used.tms_stime < 20));
    clock_gettime(CLOCK_BOOTTIME, &t);
    long difference = uptime() - t.tv_sec;
    say("sysinfo fits CLOCK_BOOTTIME: %s\n",
        yes(difference >= -1 && difference <= 2));
    begin = times(NULL);
    while (elapsed_ms(begin, &used) < 50)
        ;
    say("a loop that asks for the time ends\n");
    long first = uptime();
    while (uptime() == first)
        ;
    say("so does one that asks for the uptime\n");
}
