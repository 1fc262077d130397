// fails: download_child_each: "processes other than main started"
// why: main leaves the starting to a helper and means to wait for all of them.
//      But the downloads are its grandchildren, and nobody can wait for those:
//      wait() returns when the helper has ended, that is, at once.
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

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
    pid_t helper = fork();
    if (helper == -1)
        err(1, "fork");
    for (int i = 1; helper == 0 && i < argc; i++) {
        pid_t pid = fork();
        if (pid == -1)
            err(1, "fork");
        if (pid == 0) {
            download(i, seconds_of(argv[i]));
            _exit(0);
        }
    }
    if (helper == 0)
        _exit(0);
    int status;
    while (wait(&status) > 0) {
        if (status != 0)
            errx(1, "a download failed");
    }
    printf("All downloads completed successfully!\n");
    return 0;
}
