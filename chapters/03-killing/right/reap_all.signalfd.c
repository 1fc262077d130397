/* A signalfd makes SIGCHLD something to read; poll() waits for it and for the
 * input.  There is no handler, so nothing is ever interrupted. */
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
#include <unistd.h>

struct child {
    pid_t pid;
    bool reaped;
};

static struct child *list;
static int n, left;

static void reap(void)
{
    siginfo_t info = {.si_pid = 0};
    while (waitid(P_ALL, 0, &info, WEXITED | WNOHANG) == 0 && info.si_pid) {
        for (int i = 0; i < n; i++) {
            if (list[i].reaped || list[i].pid != info.si_pid)
                continue;
            list[i].reaped = true;
            left--;
            dprintf(STDOUT_FILENO, "Child %d exit code: %d\n", i + 1,
                    info.si_status & 0xff);
        }
        info.si_pid = 0;
    }
}

static void obey(char *line)
{
    line[strcspn(line, "\r")] = '\0';
    if (strcmp(line, "count") == 0)
        dprintf(STDOUT_FILENO, "%d children are left.\n", left);
    else if (*line)
        dprintf(STDERR_FILENO, "%s: unknown command\n", line);
}

/* Returns whether there is more to come. */
static bool read_input(void)
{
    static char text[4096];
    static size_t len;
    ssize_t got = read(STDIN_FILENO, text + len, sizeof text - len - 1);
    if (got == -1)
        err(EXIT_FAILURE, "stdin");
    len += (size_t)got;
    text[len] = '\0';
    char *rest = text, *line;
    while (strchr(rest, '\n') && (line = strsep(&rest, "\n")))
        obey(line);
    len = strlen(rest);
    memmove(text, rest, len + 1);
    if (got == 0)
        obey(text);
    return got > 0;
}

int main(int argc, char **argv)
{
    sigset_t set, none;
    sigemptyset(&none);
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, NULL);
    struct pollfd fds[2] = {
        {.fd = signalfd(-1, &set, SFD_CLOEXEC), .events = POLLIN},
        {.fd = STDIN_FILENO, .events = POLLIN},
    };
    int code = EXIT_SUCCESS;
    list = calloc((size_t)argc + 1, sizeof *list);
    if (fds[0].fd == -1 || !list)
        err(EXIT_FAILURE, "signalfd");
    for (int i = 1; i < argc; i++) {
        char *end;
        unsigned seconds = (unsigned)strtoul(argv[i], &end, 10);
        struct child *c = &list[n];
        c->pid = fork();
        if (c->pid == -1) {
            warn("fork");
            fds[1].fd = -1;
            code = EXIT_FAILURE;
            break;
        }
        if (c->pid == 0) {
            sigprocmask(SIG_SETMASK, &none, NULL);
            while (seconds > 0)
                seconds = sleep(seconds);
            _exit((int)strtol(end + 1, NULL, 10));
        }
        n++;
        left++;
    }
    dprintf(STDOUT_FILENO, "%d children started.\n", n);
    while (left > 0 || fds[1].fd >= 0) {
        if (poll(fds, 2, -1) == -1)
            err(EXIT_FAILURE, "poll");
        if (fds[0].revents) {
            struct signalfd_siginfo info;
            if (read(fds[0].fd, &info, sizeof info) == -1)
                err(EXIT_FAILURE, "signalfd");
            reap();
        }
        if (fds[1].revents && !read_input())
            fds[1].fd = -1;
    }
    dprintf(STDOUT_FILENO, "All %d children reaped.\n", n);
    return code;
}
