#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(const char *who)
{
    printf("%s: leads its group: %s, its session: %s\n", who,
           getpgrp() == getpid() ? "yes" : "no",
           getsid(0) == getpid() ? "yes" : "no");
    if (fflush(stdout) == EOF)
        err(EXIT_FAILURE, "stdout");
}

static pid_t start(void)
{
    pid_t pid = fork();
    if (pid == -1)
        err(EXIT_FAILURE, "fork");
    return pid;
}

int main(void)
{
    int ready[2];
    char byte;
    if (pipe(ready) == -1)
        err(EXIT_FAILURE, "pipe");
    say("main");
    pid_t pid = start();
    if (pid == 0) {
        say("child");
        if (setsid() == -1)
            err(EXIT_FAILURE, "setsid");
        say("child after setsid");
        if (start() != 0)
            _exit(EXIT_SUCCESS);
        say("grandchild");
        if (write(ready[1], "", 1) != 1)
            err(EXIT_FAILURE, "write");
        sleep(3);
        _exit(EXIT_SUCCESS);
    }
    close(ready[1]);
    if (waitpid(pid, NULL, 0) == -1 || read(ready[0], &byte, 1) != 1)
        errx(EXIT_FAILURE, "the daemon did not get ready");
    puts("main: the daemon is ready");
    return EXIT_SUCCESS;
}
