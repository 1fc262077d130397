#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

static void say(const char *line)
{
    if (puts(line) == EOF || fflush(stdout) == EOF)
        err(EXIT_FAILURE, "stdout");
}

int main(void)
{
    say("main begins");
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid == -1)
        err(EXIT_FAILURE, "fork");
    if (pid == 0) {
        if (prctl(PR_SET_PDEATHSIG, SIGKILL) == -1)
            err(EXIT_FAILURE, "prctl");
        if (getppid() != parent)
            _exit(EXIT_FAILURE);
        for (;;) {
            sleep(2);
            say("the daemon is there");
        }
    }
    sleep(5);
    say("main is killed");
    kill(getpid(), SIGKILL);
}
