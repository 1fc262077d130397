// eventfd(2): a counter between processes, as a semaphore, and polled
#include "subject.h"
#include <poll.h>
#include <sys/eventfd.h>

static int fd;

static void child(void)
{
    for (int i = 0; i < 3; i++)
        eventfd_write(fd, 5);
    nap(40);
    eventfd_write(fd, 1);
}

int main(void)
{
    eventfd_t value = 0;
    fd = must(eventfd(0, EFD_NONBLOCK), "eventfd");
    int r = eventfd_read(fd, &value);
    say("empty: %d %s\n", r, strerrorname_np(errno));
    pid_t pid = start(child);
    struct pollfd p = {.fd = fd, .events = POLLIN};
    eventfd_t sum = 0;
    while (sum < 16) {
        poll(&p, 1, -1);
        eventfd_read(fd, &value);
        sum += value;
    }
    say("sum %lu, %s\n", sum, how(reap(pid)));
    fd = must(eventfd(3, EFD_SEMAPHORE), "eventfd");
    for (int i = 0; i < 3; i++) {
        eventfd_read(fd, &value);
        say("semaphore: %lu\n", value);
    }
}
