// poll(2): what it tells of pipes full, empty, closed, and of no descriptor
#include "subject.h"
#include <poll.h>

static void show(const char *what, int fd, short events)
{
    struct pollfd p = {.fd = fd, .events = events};
    int r = poll(&p, 1, 0);
    say("%s: %d%s%s%s%s%s\n", what, r, p.revents & POLLIN ? " in" : "",
        p.revents & POLLOUT ? " out" : "", p.revents & POLLHUP ? " hup" : "",
        p.revents & POLLERR ? " err" : "", p.revents & POLLNVAL ? " nval" : "");
}

int main(void)
{
    int ends[2], n = 0;
    must(pipe2(ends, O_NONBLOCK), "pipe2");
    show("empty, to read", ends[0], POLLIN);
    show("empty, to write", ends[1], POLLOUT);
    while (write(ends[1], "0123456789abcdef", 16) == 16)
        n++;
    say("full after %d writes: %s\n", n, strerrorname_np(errno));
    show("full, to read", ends[0], POLLIN);
    show("full, to write", ends[1], POLLOUT);
    close(ends[1]);
    show("writer gone", ends[0], POLLIN);
    show("closed", ends[1], POLLIN);
    show("negative", -1, POLLIN);
    must(pipe(ends), "pipe");
    close(ends[0]);
    show("reader gone", ends[1], POLLOUT);
}
