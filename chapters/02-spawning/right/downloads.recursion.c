/* No loop and no array: a call starts one download, calls itself for the rest,
 * and waits for its own child on the way back. */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long seconds_of(const char *text)
{
    char *end;
    long value = strtol(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || value < 1 || value > 3600)
        errx(2, "%s: not a number of seconds", text);
    return value;
}

static void check(char **argv)
{
    if (*argv) {
        seconds_of(*argv);
        check(argv + 1);
    }
}

static _Noreturn void download(int i, long seconds)
{
    struct timespec left = {.tv_sec = seconds};
    dprintf(1, "[Process %d] Starting download...\n", i);
    while (nanosleep(&left, &left) == -1 && errno == EINTR)
        ;
    dprintf(1, "[Process %d] Finished downloading in %ld seconds.\n", i,
            seconds);
    _exit(0);
}

/* How many failed, of the ith and those behind it. */
static int run(int i, char **argv)
{
    int status = -1;
    if (!*argv)
        return 0;
    pid_t pid = fork();
    if (pid == 0)
        download(i, seconds_of(*argv));
    if (pid == -1) {
        warn("download %d", i);
        return 1;
    }
    int failed = run(i + 1, argv + 1);
    if (waitpid(pid, &status, 0) == -1)
        warn("waitpid");
    return failed + (status != 0);
}

int main(int argc, char **argv)
{
    char **first = argc > 0 ? argv + 1 : argv;
    check(first);
    if (run(1, first) > 0)
        return 1;
    puts("All downloads completed successfully!");
    return 0;
}
