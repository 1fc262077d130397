// fails: download_success_last: "All downloads completed successfully!"
// may fail: download_when_calls_fail: "took 7 bytes only"
// why: main reports success when all downloads are started, and waits after.
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
    for (int i = 1; i < argc; i++) {
        pid_t pid = fork();
        if (pid == -1) {
            warn("fork");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
        if (pid == 0) {
            download(i, seconds_of(argv[i]));
            _exit(0);
        }
    }
    printf("All downloads completed successfully!\n");
    fflush(stdout);
    for (int i = 1; i < argc; i++) {
        if (wait(NULL) == -1)
            err(1, "wait");
    }
    return 0;
}
