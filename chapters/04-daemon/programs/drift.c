#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static void beat(int n)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    printf("beat %d at .%ld of a second\n", n, now.tv_nsec / 100000000);
    usleep(300000); /* the work */
}

int main(void)
{
    struct timespec next;
    puts("sleep(1):");
    for (int n = 1; n <= 3; n++) {
        sleep(1);
        beat(n);
    }
    puts("a point in time:");
    clock_gettime(CLOCK_MONOTONIC, &next);
    for (int n = 1; n <= 3; n++) {
        next.tv_sec++;
        if (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL) != 0)
            errx(EXIT_FAILURE, "clock_nanosleep");
        beat(n);
    }
    return EXIT_SUCCESS;
}
