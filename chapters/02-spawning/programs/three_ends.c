#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void show(const char *what, pid_t pid)
{
    int status;
    if (waitpid(pid, &status, 0) == -1)
        err(EXIT_FAILURE, "waitpid");
    printf("%s: status %d, ", what, status);
    if (WIFEXITED(status))
        printf("exit code %d\n", WEXITSTATUS(status));
    else if (WIFSIGNALED(status))
        printf("killed by signal %d\n", WTERMSIG(status));
}

static pid_t child(int code, int sig)
{
    pid_t pid = fork();
    if (pid == -1)
        err(EXIT_FAILURE, "fork");
    if (pid == 0) {
        if (sig)
            raise(sig);
        _exit(code);
    }
    return pid;
}

int main(void)
{
    show("_exit(3)", child(3, 0));
    show("_exit(256)", child(256, 0));
    show("_exit(-1)", child(-1, 0));
    show("SIGKILL", child(0, SIGKILL));
    return EXIT_SUCCESS;
}
