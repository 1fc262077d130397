/* K places, each with the pidfd of the job that has it; poll() tells which are
 * free. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static unsigned long parse(const char *text, unsigned long most)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (!*text || *end || !strchr("0123456789", *text) || value == 0 ||
        value > most)
        errx(2, "bad number: %s", text);
    return value;
}

static int start(int job, unsigned seconds)
{
    pid_t pid = fork();
    if (pid == -1) {
        warn("fork");
        return -1;
    }
    if (pid == 0) {
        printf("[Job %d] Starting...\n", job);
        for (unsigned left = seconds; left > 0;)
            left = sleep(left);
        printf("[Job %d] Done after %u seconds.\n", job, seconds);
        _exit(0);
    }
    int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    if (fd == -1)
        err(1, "pidfd_open");
    return fd;
}

static int finish(struct pollfd *place)
{
    siginfo_t how;
    if (waitid(P_PIDFD, (id_t)place->fd, &how, WEXITED) == -1)
        err(1, "waitid");
    close(place->fd);
    place->fd = -1;
    return how.si_code != CLD_EXITED || how.si_status != 0;
}

int main(int argc, char **argv)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    unsigned long k = argc > 1 ? parse(argv[1], 100) : 0;
    int next = 2, alive = 0, bad = 0;
    struct pollfd places[100];
    if (k == 0)
        errx(2, "how many at a time?");
    for (int i = 2; i < argc; i++)
        parse(argv[i], 3600);
    for (unsigned long i = 0; i < k; i++)
        places[i] = (struct pollfd){.fd = -1, .events = POLLIN};
    do {
        for (unsigned long i = 0; i < k && next < argc; i++) {
            if (places[i].fd != -1)
                continue;
            places[i].fd = start(next - 1, (unsigned)atoi(argv[next]));
            if (places[i].fd == -1) {
                bad = 1;
                argc = next;
                break;
            }
            next++;
            alive++;
        }
        if (alive > 0 && poll(places, k, -1) == -1)
            err(1, "poll");
        for (unsigned long i = 0; i < k && alive > 0; i++) {
            if (places[i].fd == -1 || !places[i].revents)
                continue;
            bad |= finish(&places[i]);
            alive--;
        }
    } while (alive > 0 || next < argc);
    if (!bad)
        printf("All %d jobs are done.\n", argc - 2);
    return bad;
}
