/* A child with one thing to say, and a parent in a hurry: which of them goes
 * first decides what is said, and how the child ends. */

#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    pid_t pid = fork();
    if (pid == -1)
        err(EXIT_FAILURE, "fork");
    if (pid == 0) {
        prctl(PR_SET_NAME, "child");
        if (write(STDOUT_FILENO, "child: hello\n", 13) != 13)
            _exit(EXIT_FAILURE);
        _exit(EXIT_SUCCESS);
    }
    if (kill(pid, SIGTERM) == -1)
        err(EXIT_FAILURE, "kill");
    int status;
    if (waitpid(pid, &status, 0) == -1)
        err(EXIT_FAILURE, "waitpid");
    puts(WIFEXITED(status) ? "main: it ended by itself"
                           : "main: it was killed");
    return EXIT_SUCCESS;
}
