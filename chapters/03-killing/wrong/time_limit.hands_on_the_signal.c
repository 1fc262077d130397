// fails: limit_asks_the_group: "It ended with exit code 143"
// why: the status does not tell a command that was out of time from one that
//      somebody else has ended by SIGTERM.
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

enum { GRACE_SECONDS = 2 };

static sigset_t child_ended, mask;

static int seconds_of(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    int seconds = digits < 6 ? atoi(text) : 0;
    if (text[digits] != '\0' || seconds < 1 || seconds > 3600)
        errx(125, "%s: not a number of seconds", text);
    return seconds;
}

static pid_t start(char **command)
{
    pid_t pid = fork();
    if (pid == -1)
        err(125, "fork");
    if (pid != 0) {
        setpgid(pid, pid);
        return pid;
    }
    setpgid(0, 0);
    sigprocmask(SIG_SETMASK, &mask, NULL);
    execvp(command[0], command);
    int code = errno == ENOENT ? 127 : 126;
    warn("%s", command[0]);
    _exit(code);
}

/* Does not reap: the pid stays the command's. */
static bool has_ended(pid_t pid)
{
    siginfo_t info = {.si_pid = 0};
    waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT);
    return info.si_pid == pid;
}

static long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool ends_within(pid_t pid, int seconds)
{
    long deadline = now_ms() + 1000 * seconds;
    while (!has_ended(pid)) {
        long left = deadline - now_ms();
        if (left <= 0)
            return false;
        struct timespec time = {left / 1000, left % 1000 * 1000000};
        sigtimedwait(&child_ended, NULL, &time);
    }
    return true;
}

int main(int argc, char **argv)
{
    if (argc < 3)
        errx(125, "usage: time_limit SECONDS COMMAND [ARG...]");
    int seconds = seconds_of(argv[1]);
    sigemptyset(&child_ended);
    sigaddset(&child_ended, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child_ended, &mask);

    pid_t pid = start(argv + 2);
    bool in_time = ends_within(pid, seconds);
    if (!in_time) {
        kill(-pid, SIGTERM);
        ends_within(pid, GRACE_SECONDS);
        kill(-pid, SIGKILL);
    }
    int status;
    if (waitpid(pid, &status, 0) == -1)
        err(125, "waitpid");
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
