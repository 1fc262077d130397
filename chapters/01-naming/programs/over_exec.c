#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void show(const char *when)
{
    char name[16];
    if (prctl(PR_GET_NAME, name) == -1)
        err(EXIT_FAILURE, "prctl");
    printf("%s: %s\n", when, name);
    if (fflush(stdout) == EOF)
        err(EXIT_FAILURE, "stdout");
}

int main(void)
{
    if (prctl(PR_SET_NAME, "busy bee") == -1)
        err(EXIT_FAILURE, "prctl");
    show("main");
    pid_t pid = fork();
    if (pid == -1)
        err(EXIT_FAILURE, "fork");
    if (pid == 0) {
        show("the child, before exec");
        execlp("cat", "wasp", "/proc/self/comm", NULL);
        warn("cat");
        _exit(127);
    }
    if (waitpid(pid, NULL, 0) == -1)
        err(EXIT_FAILURE, "waitpid");
    show("main in the end");
    return EXIT_SUCCESS;
}
