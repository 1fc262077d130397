/* Two handlers that do nothing but interrupt: one for SIGCHLD, one for the
 * alarm.  Both signals are blocked except in sigsuspend(), so none is lost. */
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t alarmed;

static void on_alarm(int sig)
{
    (void)sig;
    alarmed = 1;
}

static void on_child(int sig)
{
    (void)sig;
}

static bool is_zombie(pid_t pid)
{
    siginfo_t info;
    memset(&info, 0, sizeof info);
    return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid == pid;
}

/* Waits for the command; true if the time was over first. */
static bool wait_for(pid_t pid, unsigned seconds, const sigset_t *mask)
{
    alarmed = 0;
    alarm(seconds);
    while (!alarmed && !is_zombie(pid))
        sigsuspend(mask);
    alarm(0);
    return !is_zombie(pid);
}

int main(int argc, char **argv)
{
    char *end = NULL;
    long seconds = argc > 2 ? strtol(argv[1], &end, 10) : 0;
    if (seconds < 1 || seconds > 3600 || *end || strchr("+- \t", *argv[1])) {
        fprintf(stderr, "usage: %s SECONDS COMMAND [ARG...]\n", argv[0]);
        return 125;
    }
    struct sigaction action = {.sa_handler = on_alarm};
    sigset_t both, before;
    sigaction(SIGALRM, &action, NULL);
    action.sa_handler = on_child;
    action.sa_flags = SA_NOCLDSTOP;
    sigaction(SIGCHLD, &action, NULL);
    sigemptyset(&both);
    sigaddset(&both, SIGALRM);
    sigaddset(&both, SIGCHLD);
    sigprocmask(SIG_BLOCK, &both, &before);

    pid_t pid = fork();
    if (pid == -1)
        err(125, "fork");
    if (pid == 0) {
        if (setpgid(0, 0) == -1)
            err(125, "setpgid");
        sigprocmask(SIG_SETMASK, &before, NULL);
        execvp(argv[2], argv + 2);
        int code = errno == ENOENT ? 127 : 126;
        perror(argv[2]);
        _exit(code);
    }
    if (setpgid(pid, pid) == -1 && errno != EACCES && errno != ESRCH)
        warn("setpgid");

    bool late = wait_for(pid, (unsigned)seconds, &before);
    if (late) {
        kill(-pid, SIGTERM);
        wait_for(pid, 2, &before);
        kill(-pid, SIGKILL);
    }
    int status;
    while (waitpid(pid, &status, 0) == -1 && errno == EINTR)
        ;
    if (late)
        return 124;
    if (WIFEXITED(status))
        return WEXITSTATUS(status);
    return 128 + WTERMSIG(status);
}
