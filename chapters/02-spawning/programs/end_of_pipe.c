#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* When does the pipe come to its end for main? */
static void wait_for_end(const char *what, int flags)
{
    int ends[2];
    char byte;
    time_t begin = time(NULL);
    if (pipe2(ends, flags) == -1)
        err(EXIT_FAILURE, "pipe2");
    pid_t pid = fork();
    if (pid == -1)
        err(EXIT_FAILURE, "fork");
    if (pid == 0) {
        execlp("sleep", "sleep", "3", NULL);
        warn("sleep");
        _exit(127);
    }
    close(ends[1]);
    if (read(ends[0], &byte, 1) != 0)
        errx(EXIT_FAILURE, "nobody writes into this pipe");
    printf("%s: the end comes after %.0f s\n", what,
           difftime(time(NULL), begin));
    close(ends[0]);
    if (waitpid(pid, NULL, 0) == -1)
        err(EXIT_FAILURE, "waitpid");
}

int main(void)
{
    wait_for_end("kept over exec", 0);
    wait_for_end("closed on exec", O_CLOEXEC);
    return EXIT_SUCCESS;
}
