/* A handler for SIGTERM; main waits in ppoll() only, and takes what has ended
 * with waitid(). */
#define _GNU_SOURCE
#include <err.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t term;
static sigset_t old;

static void on_signal(int sig)
{
    if (sig == SIGTERM)
        term = 1;
}

static void say(const char *text)
{
    dprintf(STDOUT_FILENO, "%s\n", text);
}

static pid_t start(const char *life)
{
    unsigned seconds;
    int status;
    if (sscanf(life, "%u:%d", &seconds, &status) != 2)
        errx(2, "%s", life);
    say("Worker started.");
    pid_t pid = fork();
    if (pid == -1)
        err(EXIT_FAILURE, "fork");
    if (pid == 0) {
        signal(SIGTERM, SIG_DFL);
        sigprocmask(SIG_SETMASK, &old, NULL);
        sleep(seconds);
        if (status >= 0)
            _exit(status);
        kill(getpid(), -status);
        _exit(EXIT_FAILURE);
    }
    return pid;
}

static siginfo_t end_of(pid_t pid)
{
    siginfo_t info = {.si_pid = 0};
    int sent = 0;
    for (;;) {
        if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG) == -1)
            err(EXIT_FAILURE, "waitid");
        if (info.si_pid == pid)
            return info;
        if (term && !sent++)
            kill(pid, SIGTERM);
        else
            ppoll(NULL, 0, NULL, &old);
    }
}

static void pause_for(long seconds)
{
    struct timespec now, left = {.tv_sec = seconds}, end;
    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += seconds;
    while (!term && ppoll(NULL, 0, &left, &old) == -1) {
        clock_gettime(CLOCK_MONOTONIC, &now);
        left.tv_sec = end.tv_sec - now.tv_sec;
        left.tv_nsec = end.tv_nsec - now.tv_nsec;
        if (left.tv_nsec < 0) {
            left.tv_nsec += 1000000000;
            left.tv_sec--;
        }
        if (left.tv_sec < 0)
            break;
    }
}

int main(int argc, char **argv)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigset_t set;
    if (argc < 3)
        errx(2, "usage: supervisor RESTARTS SECONDS:STATUS ...");
    long restarts = atol(argv[1]);
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, &old);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGCHLD, &action, NULL);
    for (int n = 0; !term; n++) {
        siginfo_t info = end_of(start(argv[n + 2 < argc ? n + 2 : argc - 1]));
        int code =
            info.si_code == CLD_EXITED ? info.si_status : -info.si_status;
        if (term)
            break;
        if (code == 0 || n == restarts) {
            say(code == 0 ? "Worker finished." : "Giving up.");
            return code != 0;
        }
        dprintf(STDOUT_FILENO, "Worker crashed (%d), restart in %ld s.\n", code,
                1L << n);
        pause_for(1L << n);
    }
    say("Stopped.");
    return EXIT_SUCCESS;
}
