// pipe(7): a reader blocks until data comes, and sees the end only when the
// last writing descriptor is closed, in whatever process
#include "subject.h"

static int ends[2], hold[2];

static void holder(void)
{
    close(hold[1]);
    close(ends[0]);
    must((int)read(hold[0], &(char){0}, 1), "read");
    nap(60);
}

static void writer(void)
{
    nap(30);
    must((int)write(ends[1], "hello", 5), "write");
}

int main(void)
{
    char text[16] = "";
    must(pipe(ends), "pipe");
    must(pipe(hold), "pipe");
    start(holder);
    start(writer);
    close(ends[1]);
    int64_t begin = now_ms();
    ssize_t n = read(ends[0], text, sizeof text);
    say("%zd bytes: %s, 30 ms: %s\n", n, text, yes(now_ms() - begin >= 20));
    close(hold[1]);
    begin = now_ms();
    n = read(ends[0], text, sizeof text);
    say("%zd bytes, waited for the holder: %s\n", n,
        yes(now_ms() - begin >= 50));
    while (wait(NULL) > 0)
        ;
}
