/* pingpong N: a byte goes to a child and comes back, N times. */
#include <err.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void pass_on(int from, int to, int n)
{
    char ball;
    for (int i = 0; i < n; i++)
        if (read(from, &ball, 1) != 1 || write(to, &ball, 1) != 1)
            err(EXIT_FAILURE, "the ball is lost");
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : 20000;
    int there[2], back[2];
    if (pipe(there) == -1 || pipe(back) == -1)
        err(EXIT_FAILURE, "pipe");
    pid_t pid = fork();
    if (pid == -1)
        err(EXIT_FAILURE, "fork");
    if (pid == 0) {
        pass_on(there[0], back[1], n);
        _exit(0);
    }
    if (write(there[1], "o", 1) != 1)
        err(EXIT_FAILURE, "write");
    pass_on(back[0], there[1], n - 1);
    char ball;
    if (read(back[0], &ball, 1) != 1 || waitpid(pid, NULL, 0) != pid)
        err(EXIT_FAILURE, "the end");
    return EXIT_SUCCESS;
}
