/* Each download is this program again, under another argv[0]. */
#include <err.h>
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;
static char worker_name[] = "one-download";

static long seconds_of(const char *text)
{
    char *end;
    long value = strtol(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0' || value < 1 || value > 3600)
        errx(2, "%s: not a number of seconds", text);
    return value;
}

static int be_download(const char *ordinal, const char *text)
{
    unsigned seconds = (unsigned)seconds_of(text);
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("[Process %s] Starting download...\n", ordinal);
    for (unsigned left = seconds; left > 0;)
        left = sleep(left);
    printf("[Process %s] Finished downloading in %u seconds.\n", ordinal,
           seconds);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[0], worker_name) == 0)
        return be_download(argv[1], argv[2]);

    for (int i = 1; i < argc; i++)
        seconds_of(argv[i]);
    for (int i = 1; i < argc; i++) {
        char ordinal[20];
        snprintf(ordinal, sizeof ordinal, "%d", i);
        char *args[] = {worker_name, ordinal, argv[i], NULL};
        errno = posix_spawn(NULL, "/proc/self/exe", NULL, NULL, args, environ);
        if (errno != 0) {
            warn("posix_spawn");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
    }
    int failures = 0;
    for (int left = argc - 1; left > 0; left--) {
        int status;
        if (waitpid(-1, &status, 0) == -1)
            err(1, "waitpid");
        failures += status != 0;
    }
    if (failures > 0)
        errx(1, "%d downloads failed", failures);
    puts("All downloads completed successfully!");
    return 0;
}
