// fails: download_when_calls_fail: "took 7 bytes only (injected)"
// why: write() may take a part of the bytes only, and says so; the rest of the
//      line is lost.
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

static void put(const char *line)
{
    if (write(STDOUT_FILENO, line, strlen(line)) == -1)
        err(1, "write");
}

static void download(int i, unsigned seconds)
{
    char line[100];
    snprintf(line, sizeof line, "[Process %d] Starting download...\n", i);
    put(line);
    sleep(seconds);
    snprintf(line, sizeof line,
             "[Process %d] Finished downloading in %u seconds.\n", i, seconds);
    put(line);
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
    for (int i = 1; i < argc; i++) {
        if (wait(NULL) == -1)
            err(1, "wait");
    }
    printf("All downloads completed successfully!\n");
    return 0;
}
