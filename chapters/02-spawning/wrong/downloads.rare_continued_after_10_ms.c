// rare: 1 1
// fails: download_own_lines: "then the run was stopped: deadlock"
// fails: download_all_reaped: "comes to its end by itself"
// why: each child stops until main lets all of them begin.  Main sleeps for 10 ms
//      until they have stopped.  SIGCONT for one that has not is lost, and it
//      stops for ever.
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
            raise(SIGSTOP);
            download(i + 1, seconds_of(argv[i + 1]));
            _exit(0);
        }
    }
    usleep(10000);
    for (int i = 0; i < n; i++)
        kill(pids[i], SIGCONT);
    for (int i = 0; i < n; i++) {
        if (waitpid(pids[i], NULL, 0) == -1)
            err(1, "waitpid");
    }
    puts("All downloads completed successfully!");
    return 0;
}
