// fails: download_when_calls_fail: "failed with ENOENT (injected)"
// why: a child whose exec has failed ends with exit code 0, as if the download
//      were done; _exit(127) is the custom.
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
    if (argc == 3 && strcmp(argv[0], "one-download") == 0) {
        download(atoi(argv[1]), seconds_of(argv[2]));
        return 0;
    }
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
            char ordinal[20];
            snprintf(ordinal, sizeof ordinal, "%d", i);
            execl("/proc/self/exe", "one-download", ordinal, argv[i],
                  (char *)NULL);
            _exit(0);
        }
    }
    int failures = 0;
    for (int i = 1; i < argc; i++) {
        int status;
        if (wait(&status) == -1)
            err(1, "wait");
        failures += status != 0;
    }
    if (failures > 0)
        errx(1, "%d downloads failed", failures);
    printf("All downloads completed successfully!\n");
    return 0;
}
