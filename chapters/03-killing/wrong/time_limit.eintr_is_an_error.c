// fails: limit_asks_the_group: "ends with exit code 124"
// why: the alarm that was meant to end waitpid() does so, with -1 and EINTR,
//      and the program takes that for a real error.
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t group;

static void on_alarm(int sig)
{
    (void)sig;
    kill(-group, SIGTERM);
}

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
    execvp(command[0], command);
    int code = errno == ENOENT ? 127 : 126;
    warn("%s", command[0]);
    _exit(code);
}

int main(int argc, char **argv)
{
    if (argc < 3)
        errx(125, "usage: time_limit SECONDS COMMAND [ARG...]");
    int seconds = seconds_of(argv[1]);
    struct sigaction action = {.sa_handler = on_alarm};
    sigaction(SIGALRM, &action, NULL);

    pid_t pid = start(argv + 2);
    group = pid;
    alarm((unsigned)seconds);
    int status;
    if (waitpid(pid, &status, 0) == -1)
        err(125, "waitpid");
    alarm(0);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
