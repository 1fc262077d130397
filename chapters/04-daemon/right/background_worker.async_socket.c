/* The daemons hold one end of a socket pair, main alone the other.  When main
 * is gone, however, the kernel closes that; the daemon has asked for a signal
 * when its end becomes readable (O_ASYNC), and the default action of SIGIO
 * ends it.  Whether that was so before it asked, it looks with poll(). */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct worker {
    char *name;
    int daemon;
    unsigned seconds;
    pid_t pid;
};

static struct worker parse(char *arg)
{
    struct worker w = {.name = arg};
    char *end = NULL, *colon = strrchr(arg, ':');
    unsigned long seconds = 0;
    if (strncmp(arg, "daemon:", 7) == 0 && colon > arg + 6) {
        w.daemon = 1;
        w.name += 7;
    }
    if (colon && colon[1] >= '0' && colon[1] <= '9')
        seconds = strtoul(colon + 1, &end, 10);
    if (!end || *end || seconds < 1 || seconds > 3600 || colon <= w.name ||
        colon > w.name + 50 || strchr(w.name, ':') != colon)
        errx(2, "%s: not [daemon:]NAME:SECONDS", arg);
    *colon = '\0';
    w.seconds = (unsigned)seconds;
    return w;
}

static void end_with_peer(int fd)
{
    struct pollfd now = {.fd = fd, .events = POLLIN};
    if (fcntl(fd, F_SETOWN, getpid()) == -1 ||
        fcntl(fd, F_SETFL, O_ASYNC) == -1)
        err(1, "fcntl");
    if (poll(&now, 1, 0) != 0)
        _exit(1);
}

static _Noreturn void work(const struct worker *w, int fd)
{
    if (w->daemon)
        end_with_peer(fd);
    printf("[%s] Working%s...\n", w->name,
           w->daemon ? " in the background" : "");
    sleep(w->seconds);
    printf("[%s] Finished in %u seconds.\n", w->name, w->seconds);
    _exit(0);
}

int main(int argc, char **argv)
{
    int ends[2], failed = 0;
    struct worker *list = calloc((size_t)argc + 1, sizeof *list);
    if (!list)
        err(1, NULL);
    for (int i = 1; i < argc; i++)
        list[i] = parse(argv[i]);
    setvbuf(stdout, NULL, _IONBF, 0);
    puts("Main process started.");
    for (int i = 1; i < argc; i++) {
        /* A pair for each daemon: a socket has one owner. */
        if (list[i].daemon &&
            socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == -1)
            err(1, "socketpair");
        list[i].pid = fork();
        if (list[i].pid == -1) {
            warn("fork");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
        if (list[i].pid == 0) {
            /* Main's ends of the earlier pairs, and of this one. */
            for (int fd = 3; fd < 2 * argc + 3; fd++)
                if (!list[i].daemon || fd != ends[0])
                    close(fd);
            work(&list[i], ends[0]);
        }
        if (list[i].daemon)
            close(ends[0]);
    }
    for (int i = 1; i < argc; i++) {
        int status = 0;
        if (!list[i].daemon && waitpid(list[i].pid, &status, 0) == -1)
            err(1, "waitpid");
        failed += status != 0;
    }
    puts("Main process finished.");
    return failed ? 1 : 0;
}
