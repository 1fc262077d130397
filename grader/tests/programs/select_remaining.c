// select(2) on Linux leaves the remaining time in its argument, pselect(2) does
// not touch it; sets are cleared at a time-out
#include "subject.h"
#include <sys/select.h>

static int ends[2];

static void child(void)
{
    nap(30);
    must((int)write(ends[1], "x", 1), "write");
}

int main(void)
{
    struct timeval t = {0, 80000};
    fd_set set;
    must(pipe(ends), "pipe");
    FD_ZERO(&set);
    FD_SET(ends[0], &set);
    int r = select(ends[0] + 1, &set, NULL, NULL, &t);
    say("timed out: %d, left %ld.%06ld, ", r, t.tv_sec, t.tv_usec);
    say("in set: %s\n", yes(FD_ISSET(ends[0], &set)));
    t = (struct timeval){1000, 0};
    FD_SET(ends[0], &set);
    pid_t pid = start(child);
    r = select(ends[0] + 1, &set, NULL, NULL, &t);
    say("data: %d, some left: %s, ", r, yes(t.tv_sec < 1000 && t.tv_sec > 800));
    say("in set: %s\n", yes(FD_ISSET(ends[0], &set)));
    reap(pid);
    must((int)read(ends[0], &(char){0}, 1), "read");
    struct timespec s = ms(50);
    r = pselect(0, NULL, NULL, NULL, &s, NULL);
    say("pselect: %d, argument still 50 ms: %s\n", r,
        yes(s.tv_sec == 0 && s.tv_nsec == 50000000));
    t = (struct timeval){-1, 0};
    r = select(0, NULL, NULL, NULL, &t);
    say("negative: %d %s\n", r, strerrorname_np(errno));
}
