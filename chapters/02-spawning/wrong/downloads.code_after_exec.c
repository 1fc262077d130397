// fails: download_own_lines: "[Process 1] Finished downloading in"
// why: the child lets sleep(1) do the waiting and wants to report when that is
//      done.  But exec does not come back: it puts another program in the
//      place of this one, and nobody is left to print the second line.
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

static void download(int i, unsigned seconds, char *text)
{
    printf("[Process %d] Starting download...\n", i);
    fflush(stdout);
    execlp("sleep", "sleep", text, (char *)NULL);
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
            download(i, seconds_of(argv[i]), argv[i]);
            _exit(0);
        }
    }
    int status;
    while (wait(&status) > 0) {
        if (status != 0)
            errx(1, "a download failed");
    }
    printf("All downloads completed successfully!\n");
    return 0;
}
