#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void show(const char *who)
{
    char name[16];
    if (prctl(PR_GET_NAME, name) == -1)
        err(EXIT_FAILURE, "prctl");
    printf("%s is called \"%s\"\n", who, name);
    if (fflush(stdout) == EOF)
        err(EXIT_FAILURE, "stdout");
}

int main(void)
{
    show("main");
    pid_t pid = fork();
    if (pid == -1)
        err(EXIT_FAILURE, "fork");
    if (pid == 0) {
        show("the new child");
        if (prctl(PR_SET_NAME, "Image Processor 1") == -1)
            err(EXIT_FAILURE, "prctl");
        show("the named child");
        _exit(EXIT_SUCCESS);
    }
    if (waitpid(pid, NULL, 0) == -1)
        err(EXIT_FAILURE, "waitpid");
    show("main in the end");
    return EXIT_SUCCESS;
}
