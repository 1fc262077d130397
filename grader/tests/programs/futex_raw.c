// futex(2) itself: a relative and an absolute time-out, a value that has
// changed, a wake between processes
#include "subject.h"
#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/syscall.h>

static _Atomic int *word;

static long futex(int op, int value, struct timespec *t)
{
    return syscall(SYS_futex, word, op, value, t, NULL, FUTEX_BITSET_MATCH_ANY);
}

static void show(const char *what, long r, int64_t begin, int n)
{
    say("%s: %ld %s, ", what, r, r < 0 ? strerrorname_np(errno) : "");
    say("at least %d ms: %s\n", n, yes(now_ms() - begin >= n - 1));
}

static void child(void)
{
    nap(40);
    *word = 1;
    futex(FUTEX_WAKE, 1, NULL);
}

int main(void)
{
    word = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                -1, 0);
    struct timespec t = ms(60);
    int64_t begin = now_ms();
    show("relative", futex(FUTEX_WAIT, 0, &t), begin, 60);
    t = in_ms(CLOCK_MONOTONIC, 60);
    begin = now_ms();
    show("absolute", futex(FUTEX_WAIT_BITSET, 0, &t), begin, 60);
    t = in_ms(CLOCK_REALTIME, 60);
    begin = now_ms();
    int op = FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME;
    show("real time", futex(op, 0, &t), begin, 60);
    show("another value", futex(FUTEX_WAIT, 5, NULL), begin, 0);
    pid_t pid = start(child);
    while (*word == 0)
        if (futex(FUTEX_WAIT, 0, NULL) == -1 && errno != EAGAIN)
            err(99, "futex");
    say("woken: value %d\n", *word);
    say("%s\n", how(reap(pid)));
}
