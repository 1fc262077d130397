#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int counter = 0;
    printf("main has one line in its buffer\n");
    pid_t pid = fork();
    if (pid == -1)
        err(EXIT_FAILURE, "fork");
    counter++;
    if (pid == 0) {
        printf("the child counts to %d\n", counter);
        exit(EXIT_SUCCESS);
    }
    if (waitpid(pid, NULL, 0) == -1)
        err(EXIT_FAILURE, "waitpid");
    printf("main counts to %d\n", counter);
    return EXIT_SUCCESS;
}
