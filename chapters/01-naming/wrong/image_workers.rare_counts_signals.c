// rare: a.jpg:1 b.jpg:2
// fails: image_all_joined: "main waits for a signal in"
// why: main counts the SIGCHLDs that come, to know how many workers have ended.
//      Signals do not queue: two that end at the same time may send one.
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
    char name[128];
    char image[128];
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

/* Copies the len bytes at text; false if there are none or too many. */
static bool copy(char *to, size_t size, const char *text, size_t len)
{
    if (len == 0 || len >= size)
        return false;
    memcpy(to, text, len);
    to[len] = '\0';
    return true;
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

static bool parse_worker(const char *arg, int ordinal, struct worker *w)
{
    const char *image = arg;
    const char *equals = strchr(arg, '=');
    if (equals) {
        if (!copy(w->name, sizeof w->name, arg, (size_t)(equals - arg)))
            return false;
        image = equals + 1;
    } else {
        snprintf(w->name, sizeof w->name, "Process-%d", ordinal);
    }
    const char *colon = strrchr(image, ':');
    return colon &&
           copy(w->image, sizeof w->image, image, (size_t)(colon - image)) &&
           parse_seconds(colon + 1, &w->seconds);
}

static volatile sig_atomic_t ended;

static void count(int signal)
{
    (void)signal;
    ended++;
}

/* The life of a worker; returns its exit status. */
static int work(const struct worker *w)
{
    /* The kernel keeps the first 15 bytes and drops the rest silently. */
    if (prctl(PR_SET_NAME, w->name) == -1) {
        warn("prctl(PR_SET_NAME)");
        return EXIT_FAILURE;
    }
    say("[%s] Starting to process %s...\n", w->name, w->image);
    unsigned left = w->seconds;
    while (left > 0)
        left = sleep(left);
    say("[%s] Finished %s in %u seconds.\n", w->name, w->image, w->seconds);
    return EXIT_SUCCESS;
}

static bool start(struct worker *w)
{
    w->pid = fork();
    if (w->pid == 0)
        _exit(work(w));
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
    warnx("%s did not process %s", w->name, w->image);
    return false;
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? argc - 1 : 0;
    struct worker *workers = calloc((size_t)n + 1, sizeof *workers);
    if (!workers)
        err(EXIT_FAILURE, "calloc");
    for (int i = 0; i < n; i++) {
        if (!parse_worker(argv[i + 1], i + 1, &workers[i]))
            errx(EXIT_USAGE, "%s: not [NAME=]IMAGE:SECONDS", argv[i + 1]);
    }

    sigset_t child, before;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, &before);
    signal(SIGCHLD, count);
    int started = 0;
    while (started < n && start(&workers[started]))
        started++;
    bool well = started == n;
    if (well)
        say("All image processes started!\n\n");

    while (ended < started)
        sigsuspend(&before);
    for (int i = 0; i < started; i++) {
        if (!join(&workers[i]))
            well = false;
    }
    free(workers);
    if (!well)
        return EXIT_FAILURE;
    say("All images have been processed!\n");
    return EXIT_SUCCESS;
}
