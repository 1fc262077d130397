#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    pid_t pids[3];
    for (int i = 0; i < 3; i++) {
        pids[i] = fork();
        if (pids[i] == -1)
            err(EXIT_FAILURE, "fork");
        if (pids[i] == 0) {
            sleep((unsigned)(3 - i));
            _exit(i);
        }
    }
    for (int i = 0; i < 3; i++) {
        int status;
        if (waitpid(pids[i], &status, 0) == -1)
            err(EXIT_FAILURE, "waitpid");
        if (WIFEXITED(status))
            printf("child %d ended with exit code %d\n", i + 1,
                   WEXITSTATUS(status));
    }
    return EXIT_SUCCESS;
}
