/* peak COMMAND...: runs it and prints the memory that it, or any process below
 * it, had at most, in MiB (getrusage(2), ru_maxrss). */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    int status;
    struct rusage usage;
    if (argc < 2)
        errx(2, "usage: peak COMMAND...");
    pid_t pid = fork();
    if (pid == -1)
        err(EXIT_FAILURE, "fork");
    if (pid == 0) {
        execvp(argv[1], argv + 1);
        err(127, "%s", argv[1]);
    }
    if (wait4(pid, &status, 0, &usage) == -1)
        err(EXIT_FAILURE, "wait4");
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        errx(EXIT_FAILURE, "%s failed", argv[1]);
    printf("%.3f\n", (double)usage.ru_maxrss / 1024);
    return EXIT_SUCCESS;
}
