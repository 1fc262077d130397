#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t asked_to_stop;

static void on_sigterm(int sig)
{
    (void)sig;
    asked_to_stop = 1;
}

static void rest(double seconds)
{
    struct timespec left = {.tv_sec = (time_t)seconds};
    left.tv_nsec = (long)((seconds - (double)left.tv_sec) * 1e9);
    while (nanosleep(&left, &left) == -1 && errno == EINTR)
        ;
}

static void work(void)
{
    struct sigaction action = {.sa_handler = on_sigterm};
    sigaction(SIGTERM, &action, NULL);
    for (int step = 1; !asked_to_stop; step++) {
        rest(1);
        printf("step %d done\n", step);
        fflush(stdout);
    }
    printf("tidied up\n");
    fflush(stdout);
    signal(SIGTERM, SIG_DFL);
    raise(SIGTERM);
}

int main(void)
{
    pid_t pid = fork();
    if (pid == -1)
        err(EXIT_FAILURE, "fork");
    if (pid == 0) {
        work();
        _exit(EXIT_FAILURE); /* never reached: SIGTERM has ended it */
    }
    rest(1.5);
    if (kill(pid, SIGTERM) == -1)
        err(EXIT_FAILURE, "kill");
    int status;
    if (waitpid(pid, &status, 0) == -1)
        err(EXIT_FAILURE, "waitpid");
    if (WIFSIGNALED(status))
        printf("killed by signal %d (%s)\n", WTERMSIG(status),
               strsignal(WTERMSIG(status)));
    return EXIT_SUCCESS;
}
