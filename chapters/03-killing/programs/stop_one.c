#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t start(unsigned seconds)
{
    pid_t pid = fork();
    if (pid == -1)
        err(EXIT_FAILURE, "fork");
    if (pid == 0) {
        sleep(seconds);
        _exit(EXIT_SUCCESS);
    }
    return pid;
}

static void report(const char *who, pid_t pid)
{
    int status;
    if (waitpid(pid, &status, 0) == -1)
        err(EXIT_FAILURE, "waitpid");
    if (WIFSIGNALED(status))
        printf("%s: killed by signal %d (%s)\n", who, WTERMSIG(status),
               strsignal(WTERMSIG(status)));
    else
        printf("%s: exit code %d\n", who, WEXITSTATUS(status));
}

int main(void)
{
    pid_t first = start(3);
    pid_t second = start(3600);
    sleep(1);
    if (kill(second, SIGTERM) == -1)
        err(EXIT_FAILURE, "kill");
    report("first", first);
    report("second", second);
    return EXIT_SUCCESS;
}
