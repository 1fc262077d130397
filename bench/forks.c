/* forks N: fork, exit and wait, N times, one after the other. */
#include <err.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : 1000;
    for (int i = 0; i < n; i++) {
        pid_t pid = fork();
        if (pid == -1)
            err(EXIT_FAILURE, "fork");
        if (pid == 0)
            _exit(0);
        if (waitpid(pid, NULL, 0) != pid)
            err(EXIT_FAILURE, "waitpid");
    }
    return EXIT_SUCCESS;
}
