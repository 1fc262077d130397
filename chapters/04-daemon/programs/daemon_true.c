#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t logger;

static void end_daemons(void)
{
    int status;
    kill(logger, SIGTERM);
    if (waitpid(logger, &status, 0) == logger && WIFSIGNALED(status))
        printf("the daemon: %s\n", strsignal(WTERMSIG(status)));
}

static pid_t start(const char *name, unsigned seconds)
{
    fflush(stdout);
    pid_t pid = fork();
    if (pid == -1)
        err(EXIT_FAILURE, "fork");
    if (pid == 0) {
        prctl(PR_SET_NAME, name);
        sleep(seconds);
        _exit(EXIT_SUCCESS);
    }
    return pid;
}

int main(void)
{
    logger = start("Logger", 3600);
    if (atexit(end_daemons) != 0)
        errx(EXIT_FAILURE, "atexit");
    pid_t worker = start("Image1", 2);
    if (waitpid(worker, NULL, 0) == -1)
        err(EXIT_FAILURE, "waitpid");
    puts("the worker: joined");
    return EXIT_SUCCESS;
}
