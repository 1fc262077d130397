// fails: download_bad_argument: "Main starts exactly 0 processes"
// why: atoi() takes "soon" for 0 and "3s" for 3, and cannot say that anything
//      was wrong.
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

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
    for (int i = 1; i < argc; i++) {
        pid_t pid = fork();
        if (pid == -1) {
            warn("fork");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
        if (pid == 0) {
            download(i, (unsigned)atoi(argv[i]));
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
