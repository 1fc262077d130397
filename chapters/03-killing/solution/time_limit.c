/* time_limit SECONDS COMMAND [ARG...]
 *
 * Runs a command and ends it, with all that it has started, when its time is
 * over: timeout(1) in small.
 */
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    EXIT_TIME_OVER = 124,
    EXIT_OURSELVES = 125, /* our own fault, or our user's */
    EXIT_CANNOT_RUN = 126,
    EXIT_NOT_FOUND = 127,
    EXIT_SIGNAL = 128, /* plus the signal's number */
    MOST_SECONDS = 3600,
    GRACE_SECONDS = 2
};

static bool parse_seconds(const char *text, int *seconds)
{
    if (*text < '0' || *text > '9')
        return false;
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (errno != 0 || *end != '\0' || value < 1 || value > MOST_SECONDS)
        return false;
    *seconds = (int)value;
    return true;
}

/* In the child: the mask is inherited over exec, and a command with SIGTERM or
 * SIGCHLD blocked would behave oddly. */
static _Noreturn void run(char **command, const sigset_t *mask)
{
    setpgid(0, 0);
    sigprocmask(SIG_SETMASK, mask, NULL);
    execvp(command[0], command);
    int code = errno == ENOENT ? EXIT_NOT_FOUND : EXIT_CANNOT_RUN;
    warn("%s", command[0]);
    _exit(code);
}

/* Parent and child both set the group: whoever comes first, neither goes on
 * before it is there.  The parent's call fails if the child has executed its
 * command already; then the child has done it. */
static pid_t start(char **command, const sigset_t *mask)
{
    pid_t pid = fork();
    if (pid == -1)
        err(EXIT_OURSELVES, "fork");
    if (pid == 0)
        run(command, mask);
    setpgid(pid, pid);
    return pid;
}

/* Looks without reaping: a zombie keeps its pid, and so its group's number. */
static bool has_ended(pid_t pid)
{
    siginfo_t info = {.si_pid = 0};
    if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == -1)
        err(EXIT_OURSELVES, "waitid");
    return info.si_pid == pid;
}

static struct timespec until(const struct timespec *deadline)
{
    struct timespec now, left;
    clock_gettime(CLOCK_MONOTONIC, &now);
    left.tv_sec = deadline->tv_sec - now.tv_sec;
    left.tv_nsec = deadline->tv_nsec - now.tv_nsec;
    if (left.tv_nsec < 0) {
        left.tv_sec--;
        left.tv_nsec += 1000000000;
    }
    return left.tv_sec < 0 ? (struct timespec){.tv_sec = 0} : left;
}

/* Waits for the end of the command; false if the time is over before.  SIGCHLD
 * is blocked: one that comes before sigtimedwait() stays pending for it. */
static bool ends_within(pid_t pid, int seconds, const sigset_t *child_ended)
{
    struct timespec deadline;
    clock_gettime(CLOCK_MONOTONIC, &deadline);
    deadline.tv_sec += seconds;
    while (!has_ended(pid)) {
        struct timespec left = until(&deadline);
        if (sigtimedwait(child_ended, NULL, &left) == -1 && errno == EAGAIN)
            return has_ended(pid);
    }
    return true;
}

static int exit_code(int status)
{
    return WIFSIGNALED(status) ? EXIT_SIGNAL + WTERMSIG(status)
                               : WEXITSTATUS(status);
}

int main(int argc, char **argv)
{
    int seconds, status;
    if (argc < 3 || !parse_seconds(argv[1], &seconds))
        errx(EXIT_OURSELVES,
             "usage: time_limit SECONDS COMMAND [ARG...], "
             "SECONDS from 1 to %d",
             MOST_SECONDS);
    sigset_t child_ended, mask;
    sigemptyset(&child_ended);
    sigaddset(&child_ended, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child_ended, &mask);

    pid_t pid = start(argv + 2, &mask);
    bool in_time = ends_within(pid, seconds, &child_ended);
    if (!in_time) {
        kill(-pid, SIGTERM);
        ends_within(pid, GRACE_SECONDS, &child_ended);
        kill(-pid, SIGKILL); /* whoever is left, before the pid is free */
    }
    if (waitpid(pid, &status, 0) == -1)
        err(EXIT_OURSELVES, "waitpid");
    return in_time ? exit_code(status) : EXIT_TIME_OVER;
}
