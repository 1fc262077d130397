// sleeps of no length, and values that are refused
#include "subject.h"

static void try(const char *what, time_t sec, long nsec)
{
    struct timespec t = {sec, nsec};
    int r = nanosleep(&t, NULL);
    say("nanosleep %s: %s\n", what, r ? strerrorname_np(errno) : "0");
    r = clock_nanosleep(CLOCK_MONOTONIC, 0, &t, NULL);
    say("clock_nanosleep %s: %s\n", what, r ? strerrorname_np(r) : "0");
}

int main(void)
{
    struct timespec t = {0, 0};
    say("sleep(0): %u, usleep(0): %d\n", sleep(0), usleep(0));
    try("zero", 0, 0);
    try("1 ns", 0, 1);
    try("negative", -1, 0);
    try("too many ns", 0, 1000000000);
    int r = clock_nanosleep(CLOCK_THREAD_CPUTIME_ID, 0, &t, NULL);
    say("thread's CPU clock: %s\n", strerrorname_np(r));
    r = clock_nanosleep(77, 0, &t, NULL);
    say("unknown clock: %s\n", strerrorname_np(r));
    r = nanosleep((struct timespec *)8, NULL);
    say("bad address: %d %s\n", r, strerrorname_np(errno));
    r = clock_gettime(77, &t);
    say("clock_gettime: %d %s\n", r, strerrorname_np(errno));
}
