// O_NONBLOCK: EAGAIN on an empty pipe, 0 when the writer is gone, EAGAIN or a
// part when it is full
#include "subject.h"

int main(void)
{
    char *big = calloc(1, 100000);
    int ends[2];
    must(pipe2(ends, O_NONBLOCK), "pipe2");
    ssize_t n = read(ends[0], big, 10);
    say("empty: %zd %s\n", n, strerrorname_np(errno));
    say("100000 at once: %zd\n", write(ends[1], big, 100000));
    n = write(ends[1], big, 1);
    say("full: %zd %s\n", n, strerrorname_np(errno));
    n = read(ends[0], big, 4096);
    say("read %zd, write %zd\n", n, write(ends[1], big, 4096));
    while (read(ends[0], big, 100000) > 0)
        ;
    close(ends[1]);
    say("writer gone: %zd\n", read(ends[0], big, 10));
    n = read(ends[1], big, 10);
    say("closed: %zd %s\n", n, strerrorname_np(errno));
    free(big);
}
