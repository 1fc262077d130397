/* SIGCHLD is blocked and taken by sigwaitinfo(); one signal may stand for many
 * children, so all that have ended are reaped each time. */
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static unsigned seconds_of(const char *text)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0' || value < 1 || value > 3600)
        errx(2, "%s: not a number of seconds", text);
    return (unsigned)value;
}

static void download(int i, unsigned seconds)
{
    setlinebuf(stdout);
    printf("[Process %d] Starting download...\n", i);
    sleep(seconds);
    printf("[Process %d] Finished downloading in %u seconds.\n", i, seconds);
}

static int failures;

/* How many children were reaped. */
static int reap(void)
{
    int n = 0, status;
    while (waitpid(-1, &status, WNOHANG) > 0) {
        failures += !WIFEXITED(status) || WEXITSTATUS(status) != 0;
        n++;
    }
    return n;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        seconds_of(argv[i]);
    sigset_t child, before;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    if (sigprocmask(SIG_BLOCK, &child, &before) == -1)
        err(1, "sigprocmask");
    for (int i = 1; i < argc; i++) {
        pid_t pid = fork();
        if (pid == -1) {
            warn("fork");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
        if (pid == 0) {
            sigprocmask(SIG_SETMASK, &before, NULL);
            download(i, seconds_of(argv[i]));
            fflush(stdout);
            _exit(0);
        }
    }
    for (int left = argc - 1; left > 0; left -= reap()) {
        if (sigwaitinfo(&child, NULL) == -1 && errno != EINTR)
            err(1, "sigwaitinfo");
    }
    if (failures > 0)
        errx(1, "%d downloads failed", failures);
    puts("All downloads completed successfully!");
    return 0;
}
