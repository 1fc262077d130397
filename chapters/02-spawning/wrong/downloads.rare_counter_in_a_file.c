// rare: 1 2 3
// fails: download_success_last: "All downloads completed successfully!"
// may fail: download_when_calls_fail: "interrupted call"
// why: each download adds one to a number in a file, without a lock.  Two that
//      end at the same time read the same number, and one of them is lost.
#include <err.h>
#include <fcntl.h>
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

/* Adds to the number in a file. */
static int count(int file, int more)
{
    int number = 0;
    lseek(file, 0, SEEK_SET);
    if (read(file, &number, sizeof number) == -1)
        err(1, "read");
    number += more;
    lseek(file, 0, SEEK_SET);
    if (more && write(file, &number, sizeof number) == -1)
        err(1, "write");
    return number;
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
    char path[] = "/tmp/downloads-XXXXXX";
    int file = mkstemp(path);
    if (file == -1)
        err(1, "mkstemp");
    for (int i = 0; i < n; i++) {
        pids[i] = fork();
        if (pids[i] == -1) {
            warn("fork");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
        if (pids[i] == 0) {
            int own = open(path, O_RDWR);
            download(i + 1, seconds_of(argv[i + 1]));
            count(own, 1);
            _exit(0);
        }
    }
    for (int i = 0; i < n; i++) {
        if (waitpid(pids[i], NULL, 0) == -1)
            err(1, "waitpid");
    }
    unlink(path);
    if (count(file, 0) != n)
        errx(1, "a download failed");
    puts("All downloads completed successfully!");
    return 0;
}
