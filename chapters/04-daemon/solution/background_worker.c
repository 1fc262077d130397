/* background_worker [daemon:]NAME:SECONDS ...
 *
 * Main waits for normal workers; daemons end when main does, however that
 * comes about.
 */
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXIT_USAGE = 2, MOST_SECONDS = 3600 };

struct worker {
    char name[64];
    bool daemon;
    unsigned seconds;
    pid_t pid;
};

/* Prints a line that reaches stdout at once, also when stdout is a pipe.
 * Nothing is left in the buffer for a later fork() to duplicate. */
static void say(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (vprintf(format, args) < 0 || fflush(stdout) == EOF)
        warn("stdout");
    va_end(args);
}

static bool parse_seconds(const char *text, unsigned *seconds)
{
    if (*text < '0' || *text > '9')
        return false;
    char *end;
    errno = 0;
    unsigned long value = strtoul(text, &end, 10);
    if (errno != 0 || *end != '\0' || value < 1 || value > MOST_SECONDS)
        return false;
    *seconds = (unsigned)value;
    return true;
}

/* Two fields, or three of which the first is "daemon". */
static bool parse_worker(const char *arg, struct worker *w)
{
    static const char prefix[] = "daemon:";
    size_t skip = sizeof prefix - 1;
    w->daemon = strncmp(arg, prefix, skip) == 0 && strchr(arg + skip, ':');
    if (w->daemon)
        arg += skip;
    size_t len = strcspn(arg, ":");
    if (arg[len] != ':' || len == 0 || len >= sizeof w->name)
        return false;
    memcpy(w->name, arg, len);
    w->name[len] = '\0';
    return parse_seconds(arg + len + 1, &w->seconds);
}

/* From here on the calling process ends when its parent does. */
static void end_with(pid_t parent)
{
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) == -1) {
        warn("prctl(PR_SET_PDEATHSIG)");
        _exit(EXIT_FAILURE);
    }
    /* The parent may have ended before the request: then the kernel will not
     * send anything any more, but we have another parent by now. */
    if (getppid() != parent)
        _exit(EXIT_FAILURE);
}

/* The life of a worker. */
static void work(const struct worker *w)
{
    if (w->daemon)
        say("[%s] Working in the background...\n", w->name);
    else
        say("[%s] Working...\n", w->name);
    unsigned left = w->seconds;
    while (left > 0)
        left = sleep(left);
    say("[%s] Finished in %u seconds.\n", w->name, w->seconds);
}

static bool start(struct worker *w)
{
    pid_t parent = getpid();
    w->pid = fork();
    if (w->pid == 0) {
        if (w->daemon)
            end_with(parent);
        work(w);
        _exit(EXIT_SUCCESS);
    }
    if (w->pid == -1)
        warn("cannot start %s", w->name);
    return w->pid != -1;
}

/* Waits for a worker; true if it did its work. */
static bool join(const struct worker *w)
{
    int status;
    while (waitpid(w->pid, &status, 0) == -1) {
        if (errno != EINTR)
            err(EXIT_FAILURE, "waitpid");
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS)
        return true;
    warnx("%s did not finish", w->name);
    return false;
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? argc - 1 : 0;
    struct worker *workers = calloc((size_t)n + 1, sizeof *workers);
    if (!workers)
        err(EXIT_FAILURE, "calloc");
    for (int i = 0; i < n; i++) {
        if (!parse_worker(argv[i + 1], &workers[i]))
            errx(EXIT_USAGE, "%s: not [daemon:]NAME:SECONDS", argv[i + 1]);
    }

    say("Main process started.\n");
    int started = 0;
    while (started < n && start(&workers[started]))
        started++;
    bool well = started == n;

    /* By pid, not wait(): the next child to end could be a daemon. */
    for (int i = 0; i < started; i++) {
        if (!workers[i].daemon && !join(&workers[i]))
            well = false;
    }
    free(workers);
    say("Main process finished.\n");
    return well ? EXIT_SUCCESS : EXIT_FAILURE;
}
