// fails: download_all_reaped: "without having waited for it"
// why: main does not wait for anybody, says that all is done when nothing is,
//      and leaves orphans behind.
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
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
        if (pid == -1)
            err(1, "fork");
        if (pid == 0) {
            download(i, seconds_of(argv[i]));
            _exit(0);
        }
    }
    printf("All downloads completed successfully!\n");
    return 0;
}
