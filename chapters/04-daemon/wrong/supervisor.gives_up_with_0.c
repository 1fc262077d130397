// fails: supervisor_gives_up: "It ended with exit code 0"
// why: whoever started the supervisor cannot see that it gave up.
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static sigset_t watched, before;

static void say(const char *line)
{
    if (puts(line) == EOF || fflush(stdout) == EOF)
        err(EXIT_FAILURE, "stdout");
}

/* The worker's life: so many seconds, then an exit code, or a signal if the
 * number is negative. */
static _Noreturn void work(const char *life)
{
    char *colon;
    unsigned seconds = (unsigned)strtoul(life, &colon, 10);
    int status = atoi(colon + 1);
    sigprocmask(SIG_SETMASK, &before, NULL);
    sleep(seconds);
    if (status < 0)
        raise(-status);
    _exit(status);
}

static pid_t start(const char *life)
{
    say("Worker started.");
    pid_t pid = fork();
    if (pid == -1)
        err(EXIT_FAILURE, "fork");
    if (pid == 0)
        work(life);
    return pid;
}

/* Waits for the worker's end; SIGTERM is passed on.  Whether it came. */
static bool supervise(pid_t pid, int *status)
{
    bool stopped = false;
    while (waitpid(pid, status, WNOHANG) == 0) {
        if (sigwaitinfo(&watched, NULL) == SIGTERM && !stopped) {
            stopped = true;
            kill(pid, SIGTERM);
        }
    }
    return stopped;
}

/* Whether SIGTERM came while it waited. */
static bool back_off(long seconds)
{
    struct timespec now, end;
    sigset_t term;
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += seconds;
    for (;;) {
        clock_gettime(CLOCK_MONOTONIC, &now);
        long long ns = (end.tv_sec - now.tv_sec) * 1000000000LL + end.tv_nsec -
                       now.tv_nsec;
        if (ns <= 0)
            return false;
        struct timespec left = {.tv_sec = ns / 1000000000,
                                .tv_nsec = ns % 1000000000};
        if (sigtimedwait(&term, NULL, &left) == SIGTERM)
            return true;
    }
}

static int stopped(void)
{
    say("Stopped.");
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    int status;
    if (argc < 3)
        errx(2, "usage: supervisor RESTARTS SECONDS:STATUS ...");
    long restarts = strtol(argv[1], NULL, 10), delay = 1;
    sigemptyset(&watched);
    sigaddset(&watched, SIGTERM);
    sigaddset(&watched, SIGCHLD);
    sigprocmask(SIG_BLOCK, &watched, &before);
    for (int life = 0;; life++, delay *= 2) {
        int n = life < argc - 2 ? life : argc - 3;
        if (supervise(start(argv[2 + n]), &status))
            return stopped();
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
            say("Worker finished.");
            return EXIT_SUCCESS;
        }
        if (life == restarts) {
            say("Giving up.");
            return EXIT_SUCCESS;
        }
        printf("Worker crashed (%d), restart in %ld s.\n",
               WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status),
               delay);
        fflush(stdout);
        if (back_off(delay))
            return stopped();
    }
}
