/* One poll() for both: commands on standard input, and a signalfd that tells
 * that a child has ended, so that each is reaped at once.  Input is cut into
 * lines by hand; lines go out by dprintf(), which has no buffer. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct download {
    char name[60];
    int seconds;
    pid_t pid; /* 0 once reaped */
    bool cancelled;
    int code;
};

static struct download *list;
static int n, running;

static struct download *find(const char *name)
{
    for (int i = 0; i < n; i++) {
        if (strcmp(list[i].name, name) == 0)
            return &list[i];
    }
    return NULL;
}

static void parse(const char *arg)
{
    struct download d = {.pid = 0};
    int end = 0;
    if (sscanf(arg, "%59[^: ]:%*[0-9]%n", d.name, &end) != 1 || end == 0 ||
        arg[end] != '\0')
        errx(2, "%s: not NAME:STEP_SECONDS", arg);
    const char *digits = strchr(arg, ':') + 1;
    d.seconds = strlen(digits) < 6 ? atoi(digits) : 0;
    if (d.seconds < 1 || d.seconds > 3600 || find(d.name))
        errx(2, "%s: bad number of seconds, or a name used twice", arg);
    list[n++] = d;
}

static void work(const struct download *d)
{
    dprintf(1, "[%s] Download started...\n", d->name);
    for (int percent = 20; percent <= 100; percent += 20) {
        struct timespec left = {.tv_sec = d->seconds};
        while (nanosleep(&left, &left) == -1)
            ;
        dprintf(1, "[%s] %d%% downloaded\n", d->name, percent);
    }
    dprintf(1, "[%s] Download complete!\n", d->name);
}

static void reap_all(void)
{
    siginfo_t info = {.si_pid = 0};
    while (waitid(P_ALL, 0, &info, WEXITED | WNOHANG) == 0 && info.si_pid) {
        for (int i = 0; i < n; i++) {
            if (list[i].pid != info.si_pid)
                continue;
            list[i].pid = 0;
            list[i].code =
                info.si_code == CLD_EXITED ? info.si_status : -info.si_status;
            running--;
        }
        info.si_pid = 0;
    }
}

static void obey(const char *line)
{
    struct download *d = NULL;
    reap_all();
    if (strncmp(line, "cancel ", 7) == 0)
        d = find(line + 7);
    if (strcmp(line, "status") == 0) {
        for (int i = 0; i < n; i++)
            dprintf(1, "%s alive: %s\n", list[i].name,
                    list[i].pid ? "True" : "False");
    } else if (d && d->pid && !d->cancelled) {
        if (kill(d->pid, SIGTERM) == -1)
            err(1, "kill");
        d->cancelled = true;
        dprintf(1, "User cancelled %s!\n", d->name);
    } else if (*line) {
        warnx("%s: cannot do that", line);
    }
}

/* One read of standard input; false at its end. */
static bool read_input(void)
{
    static char pending[1000];
    size_t have = strlen(pending);
    ssize_t got = read(0, pending + have, sizeof pending - 1 - have);
    if (got <= 0) {
        obey(pending);
        return false;
    }
    pending[have + (size_t)got] = '\0';
    char *line = pending, *newline;
    while ((newline = strchr(line, '\n'))) {
        *newline = '\0';
        obey(line);
        line = newline + 1;
    }
    memmove(pending, line, strlen(line) + 1);
    return true;
}

int main(int argc, char **argv)
{
    list = calloc((size_t)argc + 1, sizeof *list);
    if (!list)
        err(1, "calloc");
    for (int i = 1; i < argc; i++)
        parse(argv[i]);

    sigset_t child, before;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, &before);
    for (; running < n; running++) {
        list[running].pid = fork();
        if (list[running].pid == -1) {
            warn("fork");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
        if (list[running].pid == 0) {
            sigprocmask(SIG_SETMASK, &before, NULL);
            work(&list[running]);
            _exit(0);
        }
    }
    dprintf(1, "All downloads started! Checking status...\n\n");

    struct pollfd fds[] = {
        {.fd = 0, .events = POLLIN},
        {.fd = signalfd(-1, &child, SFD_CLOEXEC), .events = POLLIN},
    };
    if (fds[1].fd == -1)
        err(1, "signalfd");
    while (fds[0].fd >= 0 || running > 0) {
        if (poll(fds, 2, -1) == -1 && errno != EINTR)
            err(1, "poll");
        struct signalfd_siginfo info;
        if (fds[1].revents && read(fds[1].fd, &info, sizeof info) > 0)
            reap_all();
        if (fds[0].fd >= 0 && fds[0].revents && !read_input())
            fds[0].fd = -1;
    }
    dprintf(1, "\nAll downloads completed or stopped!\n");
    for (int i = 0; i < n; i++)
        dprintf(1, "%s exit code: %d\n", list[i].name, list[i].code);
    free(list);
    return 0;
}
