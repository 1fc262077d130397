// loops that wait for the clock by reading it again and again
#include "subject.h"
#include <sys/time.h>

int main(void)
{
    time_t begin = time(NULL), end = begin + 1;
    while (time(NULL) < end)
        ;
    say("time: %s\n", yes(time(NULL) >= end));
    int64_t until = now_ms() + 100;
    while (now_ms() < until)
        ;
    say("clock_gettime: %s\n", yes(now_ms() >= until));
    struct timeval now, then;
    gettimeofday(&now, NULL);
    timeradd(&now, &((struct timeval){0, 100000}), &then);
    do
        gettimeofday(&now, NULL);
    while (timercmp(&now, &then, <));
    say("gettimeofday: %s\n", yes(!timercmp(&now, &then, <)));
}
