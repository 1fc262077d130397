/* reads_clock N [EVERY]: reads the clock N times.  After EVERY reads it asks
 * for its timer, as a program that does nothing but read the clock is taken
 * to wait for time to pass (docs/how-time-works.md). */
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : 0;
    int every = argc > 2 ? atoi(argv[2]) : 0;
    struct timespec t;
    struct itimerval timer;
    for (int i = 0; i < n; i++) {
        clock_gettime(CLOCK_MONOTONIC, &t);
        if (every > 0 && i % every == every - 1)
            getitimer(ITIMER_REAL, &timer);
    }
    return EXIT_SUCCESS;
}
