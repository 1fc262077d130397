// fails: download_all_reaped: "it was still there: main sleeps"
// why: every child counts up `done` when it has finished, and main waits until
//      all have.  But since fork() each process has a variable of its own; the
//      one of main stays 0 for ever.
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static volatile int done;

static unsigned seconds_of(const char *text)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || value < 1 || value > 3600)
        errx(2, "%s: not a number of seconds", text);
    return (unsigned)value;
}

static void download(int i, unsigned seconds)
{
    printf("[Process %d] Starting download...\n", i);
    fflush(stdout);
    sleep(seconds);
    printf("[Process %d] Finished downloading in %u seconds.\n", i, seconds);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        seconds_of(argv[i]);
    for (int i = 1; i < argc; i++) {
        pid_t pid = fork();
        if (pid == -1)
            err(1, "fork");
        if (pid == 0) {
            download(i, seconds_of(argv[i]));
            done++;
            _exit(0);
        }
    }
    while (done < argc - 1)
        sleep(1);
    printf("All downloads completed successfully!\n");
    return 0;
}
