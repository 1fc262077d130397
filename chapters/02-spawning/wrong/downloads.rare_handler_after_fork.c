// rare: 1 1
// fails: download_all_reaped: "main waits for a signal in"
// why: the handler that counts is set when the children are there already.  One
//      that has ended by then is never counted.  The shortest takes a second;
//      a busy machine can take longer.
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

static volatile sig_atomic_t ended;

static void reap(int signal)
{
    (void)signal;
    while (waitpid(-1, NULL, WNOHANG) > 0)
        ended++;
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
    for (int i = 0; i < n; i++) {
        pids[i] = fork();
        if (pids[i] == -1) {
            warn("fork");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
        if (pids[i] == 0) {
            download(i + 1, seconds_of(argv[i + 1]));
            _exit(0);
        }
    }
    (void)pids;
    sigset_t child, before;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    signal(SIGCHLD, reap);
    sigprocmask(SIG_BLOCK, &child, &before);
    while (ended < n)
        sigsuspend(&before);
    puts("All downloads completed successfully!");
    return 0;
}
