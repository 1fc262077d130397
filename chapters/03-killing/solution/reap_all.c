/* reap_all SECONDS:CODE ...
 *
 * Children that end when they like, commands that come when they like, and one
 * main that answers to both at once and never leaves a zombie behind.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* ppoll() */
#endif
#include <err.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct children {
    int n, left;
    pid_t *pids; /* 0 once reaped */
};

/* What has come on standard input and is not obeyed yet. */
struct input {
    bool over;
    size_t len;
    char text[512];
};

static void say(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (vprintf(format, args) < 0 || fflush(stdout) == EOF)
        warn("stdout");
    va_end(args);
}

/* Does nothing: that it is there is what makes SIGCHLD end ppoll(). */
static void wake_up(int sig)
{
    (void)sig;
}

static pid_t start(const char *arg, const sigset_t *mask)
{
    unsigned seconds;
    int code;
    if (sscanf(arg, "%u:%d", &seconds, &code) != 2)
        errx(EXIT_FAILURE, "%s: not SECONDS:CODE", arg);
    pid_t pid = fork();
    if (pid == 0) {
        sigprocmask(SIG_SETMASK, mask, NULL);
        sleep(seconds);
        _exit(code);
    }
    return pid;
}

static void report(struct children *all, pid_t pid, int status)
{
    for (int i = 0; i < all->n; i++) {
        if (all->pids[i] != pid)
            continue;
        all->pids[i] = 0;
        all->left--;
        say("Child %d exit code: %d\n", i + 1,
            WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status));
    }
}

/* One SIGCHLD may stand for many children: all that have ended are reaped,
 * whether a signal came for each or not. */
static void reap(struct children *all)
{
    pid_t pid;
    int status;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
        report(all, pid, status);
}

static void obey(const struct children *all, char *command)
{
    command += strspn(command, " \t\r");
    size_t len = strlen(command);
    while (len > 0 && strchr(" \t\r", command[len - 1]))
        command[--len] = '\0';
    if (strcmp(command, "count") == 0)
        say("%d children are left.\n", all->left);
    else if (len > 0)
        warnx("\"%s\" is not a command", command);
}

/* Obeys the lines that are complete; at the end of input the rest is one. */
static void obey_lines(const struct children *all, struct input *in)
{
    char *newline;
    while ((newline = memchr(in->text, '\n', in->len))) {
        *newline = '\0';
        obey(all, in->text);
        in->len -= (size_t)(newline + 1 - in->text);
        memmove(in->text, newline + 1, in->len);
    }
    if (in->over) {
        in->text[in->len] = '\0';
        obey(all, in->text);
    }
}

static void take_input(const struct children *all, struct input *in)
{
    size_t room = sizeof in->text - 1 - in->len;
    if (room == 0) {
        warnx("a line is too long");
        in->len = 0;
        return;
    }
    ssize_t n = read(STDIN_FILENO, in->text + in->len, room);
    if (n == -1 && errno == EINTR)
        return;
    if (n == -1)
        warn("stdin");
    in->over = n <= 0;
    in->len += n > 0 ? (size_t)n : 0;
    obey_lines(all, in);
}

/* SIGCHLD is blocked except within ppoll(), which lets it in and begins to wait
 * in one step.  So none can slip in between reap() and the wait. */
static void serve(struct children *all, const sigset_t *mask)
{
    struct input in = {.over = false};
    for (;;) {
        reap(all);
        if (in.over && all->left == 0)
            return;
        struct pollfd fd = {.fd = in.over ? -1 : STDIN_FILENO,
                            .events = POLLIN};
        int n = ppoll(&fd, 1, NULL, mask);
        if (n == -1 && errno != EINTR)
            err(EXIT_FAILURE, "ppoll");
        if (n > 0)
            take_input(all, &in);
    }
}

int main(int argc, char **argv)
{
    struct children all = {.n = 0};
    struct sigaction action = {.sa_handler = wake_up};
    sigset_t child_ended, mask;
    sigemptyset(&child_ended);
    sigaddset(&child_ended, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child_ended, &mask);
    sigaction(SIGCHLD, &action, NULL);

    all.pids = calloc((size_t)argc + 1, sizeof *all.pids);
    if (!all.pids)
        err(EXIT_FAILURE, "calloc");
    bool well = true;
    for (int i = 1; i < argc && well; i++) {
        all.pids[all.n] = start(argv[i], &mask);
        well = all.pids[all.n] != -1;
        if (well)
            all.n++;
        else
            warn("child %d", i);
    }
    all.left = all.n;
    say("%d children started.\n", all.n);
    if (well)
        serve(&all, &mask);
    int status;
    for (pid_t pid; all.left > 0 && (pid = wait(&status)) > 0;)
        report(&all, pid, status);
    say("All %d children reaped.\n", all.n);
    free(all.pids);
    return well ? EXIT_SUCCESS : EXIT_FAILURE;
}
