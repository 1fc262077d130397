// fails: download_when_calls_fail: "SIGCHLD came in waitpid(-1) (injected)"
// why: a handler without SA_RESTART, and wait() that may return -1 with EINTR:
//      counted as a child, so that one is left.  (A child that somebody stops
//      sends SIGCHLD, too.)
#include <err.h>
#include <signal.h>
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

static volatile sig_atomic_t news;

static void note(int sig)
{
    news = sig;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        seconds_of(argv[i]);
    struct sigaction action = {.sa_handler = note};
    if (sigaction(SIGCHLD, &action, NULL) == -1)
        err(1, "sigaction");
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
        wait(NULL);
    }
    printf("All downloads completed successfully!\n");
    return 0;
}
