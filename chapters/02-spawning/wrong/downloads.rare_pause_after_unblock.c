// rare: 1 1 1
// fails: download_all_reaped: "waits for a signal in pause()"
// why: between sigprocmask(SIG_UNBLOCK) and pause() there is a moment.  A child
//      that ended while main looked for it wakes nobody there, and pause() waits
//      for a signal that has been.
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

static sigset_t child;

static void wake(int signal)
{
    (void)signal;
}

/* How many have ended. */
static int reap(void)
{
    int n = 0;
    while (waitpid(-1, NULL, WNOHANG) > 0)
        n++;
    return n;
}

static void download(int i, unsigned seconds)
{
    setlinebuf(stdout);
    printf("[Process %d] Starting download...\n", i);
    for (unsigned left = seconds; left > 0;)
        left = sleep(left);
    printf("[Process %d] Finished downloading in %u seconds.\n", i, seconds);
}

int main(int argc, char **argv)
{
    pid_t pids[100];
    int n = argc - 1 < 100 ? argc - 1 : 100;
    for (int i = 1; i <= n; i++)
        seconds_of(argv[i]);
    signal(SIGCHLD, wake);
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, NULL);
    for (int i = 0; i < n; i++) {
        pids[i] = fork();
        if (pids[i] == -1)
            err(1, "fork");
        if (pids[i] == 0) {
            signal(SIGCHLD, SIG_DFL);
            sigprocmask(SIG_UNBLOCK, &child, NULL);
            download(i + 1, seconds_of(argv[i + 1]));
            _exit(0);
        }
    }
    (void)pids;
    for (int left = n; left > 0;) {
        left -= reap();
        if (left == 0)
            break;
        sigprocmask(SIG_UNBLOCK, &child, NULL);
        pause();
        sigprocmask(SIG_BLOCK, &child, NULL);
    }
    puts("All downloads completed successfully!");
    return 0;
}
