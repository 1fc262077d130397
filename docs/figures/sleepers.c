/* Three sleepers and an alarm: how virtual time passes. */

#include <err.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t last;

static void stop_the_last(int signal)
{
    (void)signal;
    kill(last, SIGTERM);
}

static pid_t start(const char *name, unsigned seconds)
{
    pid_t pid = fork();
    if (pid == -1)
        err(EXIT_FAILURE, "fork");
    if (pid == 0) {
        prctl(PR_SET_NAME, name);
        sleep(seconds);
        _exit(EXIT_SUCCESS);
    }
    return pid;
}

int main(void)
{
    struct sigaction action = {.sa_handler = stop_the_last,
                               .sa_flags = SA_RESTART};
    if (sigaction(SIGALRM, &action, NULL) == -1)
        err(EXIT_FAILURE, "sigaction");
    start("one", 1);
    start("three", 3);
    last = start("an hour", 3600);
    alarm(5);
    while (wait(NULL) > 0)
        ;
    return EXIT_SUCCESS;
}
