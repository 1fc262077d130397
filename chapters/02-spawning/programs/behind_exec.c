#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void run(char *const words[])
{
    int status;
    pid_t pid = fork();
    if (pid == -1)
        err(EXIT_FAILURE, "fork");
    if (pid == 0) {
        execvp(words[0], words);
        int code = errno == ENOENT ? 127 : 126;
        warn("%s", words[0]);
        _exit(code);
    }
    if (waitpid(pid, &status, 0) == -1)
        err(EXIT_FAILURE, "waitpid");
    if (WIFEXITED(status))
        printf("%s: exit code %d\n", words[0], WEXITSTATUS(status));
    if (fflush(stdout) == EOF)
        err(EXIT_FAILURE, "stdout");
}

int main(void)
{
    run((char *[]){"echo", "three", "words  in all", NULL});
    run((char *[]){"echo three", NULL});
    run((char *[]){"/etc", NULL});
    return EXIT_SUCCESS;
}
