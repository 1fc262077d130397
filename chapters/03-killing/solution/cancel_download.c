/* cancel_download NAME:STEP_SECONDS ...
 *
 * Downloads in the background; commands on standard input: "status" and
 * "cancel NAME".
 */
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXIT_USAGE = 2, MOST_SECONDS = 3600, STEPS = 5 };

struct download {
    char name[64];
    unsigned step_seconds;
    pid_t pid;
    bool cancelled;
    bool ended; /* reaped: from then on pid may belong to somebody else */
    int status; /* as waitpid() gave it, once ended */
};

struct downloads {
    int n;
    struct download *list;
};

/* Prints a line that reaches stdout at once, also when stdout is a pipe. What
 * stays in the buffer of a process that a signal kills is lost. */
static void say(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (vprintf(format, args) < 0 || fflush(stdout) == EOF)
        warn("stdout");
    va_end(args);
}

static struct download *find(const struct downloads *all, const char *name)
{
    for (int i = 0; i < all->n; i++) {
        if (strcmp(all->list[i].name, name) == 0)
            return &all->list[i];
    }
    return NULL;
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

static bool parse_download(const char *arg, struct download *d)
{
    size_t len = strcspn(arg, ": \t\n");
    if (arg[len] != ':' || len == 0 || len >= sizeof d->name)
        return false;
    memcpy(d->name, arg, len);
    d->name[len] = '\0';
    return parse_seconds(arg + len + 1, &d->step_seconds);
}

/* The life of a child. */
static void download(const struct download *d)
{
    say("[%s] Download started...\n", d->name);
    for (int step = 1; step <= STEPS; step++) {
        unsigned left = d->step_seconds;
        while (left > 0)
            left = sleep(left);
        say("[%s] %d%% downloaded\n", d->name, step * 100 / STEPS);
    }
    say("[%s] Download complete!\n", d->name);
}

static bool start(struct download *d)
{
    d->pid = fork();
    if (d->pid == 0) {
        download(d);
        _exit(EXIT_SUCCESS);
    }
    if (d->pid == -1)
        warn("cannot start %s", d->name);
    return d->pid != -1;
}

/* Reaps d if it has ended; with block waits until it has. */
static void reap(struct download *d, bool block)
{
    while (!d->ended) {
        pid_t pid = waitpid(d->pid, &d->status, block ? 0 : WNOHANG);
        if (pid == -1 && errno != EINTR)
            err(EXIT_FAILURE, "waitpid");
        if (pid == 0)
            return;
        d->ended = pid == d->pid;
    }
}

static void show_status(const struct downloads *all)
{
    for (int i = 0; i < all->n; i++) {
        struct download *d = &all->list[i];
        reap(d, false);
        say("%s alive: %s\n", d->name, d->ended ? "False" : "True");
    }
}

static void cancel(const struct downloads *all, const char *name)
{
    struct download *d = find(all, name);
    if (!d) {
        warnx("no download is called \"%s\"", name);
        return;
    }
    reap(d, false);
    if (d->ended || d->cancelled) {
        warnx("%s has already ended or was cancelled", name);
        return;
    }
    /* Not reaped, so the pid is still this child's, whatever it does. */
    if (kill(d->pid, SIGTERM) == -1) {
        warn("cannot cancel %s", name);
        return;
    }
    d->cancelled = true;
    say("User cancelled %s!\n", name);
}

/* Removes blanks at both ends. */
static char *trim(char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    size_t len = strlen(text);
    while (len > 0 && isspace((unsigned char)text[len - 1]))
        text[--len] = '\0';
    return text;
}

static void obey(const struct downloads *all, char *line)
{
    char *command = trim(line);
    if (*command == '\0')
        return;
    if (strcmp(command, "status") == 0)
        show_status(all);
    else if (strncmp(command, "cancel ", 7) == 0)
        cancel(all, trim(command + 7));
    else
        warnx("\"%s\" is neither \"status\" nor \"cancel NAME\"", command);
}

/* Obeys until the end of input.  While main is blocked in getline() the
 * downloads go on. */
static void read_commands(const struct downloads *all)
{
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, stdin) != -1)
        obey(all, line);
    if (ferror(stdin))
        warn("stdin");
    free(line);
}

/* The convention of the exercise: minus the signal for a death by signal. */
static int exit_code(int status)
{
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

int main(int argc, char **argv)
{
    struct downloads all = {.n = 0};
    all.list = calloc((size_t)argc + 1, sizeof *all.list);
    if (!all.list)
        err(EXIT_FAILURE, "calloc");
    for (int i = 1; i < argc; i++) {
        struct download d = {.pid = -1};
        if (!parse_download(argv[i], &d))
            errx(EXIT_USAGE, "%s: not NAME:STEP_SECONDS", argv[i]);
        if (find(&all, d.name))
            errx(EXIT_USAGE, "two downloads are called %s", d.name);
        all.list[all.n++] = d;
    }

    int wanted = all.n;
    all.n = 0;
    while (all.n < wanted && start(&all.list[all.n]))
        all.n++;
    bool well = all.n == wanted;
    if (well) {
        say("All downloads started! Checking status...\n\n");
        read_commands(&all);
    }

    for (int i = 0; i < all.n; i++)
        reap(&all.list[i], true);
    say("\nAll downloads completed or stopped!\n");
    for (int i = 0; i < all.n; i++)
        say("%s exit code: %d\n", all.list[i].name,
            exit_code(all.list[i].status));
    free(all.list);
    return well ? EXIT_SUCCESS : EXIT_FAILURE;
}
