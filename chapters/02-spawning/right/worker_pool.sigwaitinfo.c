/* SIGCHLD is blocked and taken by sigwaitinfo(); one signal may stand for many
 * ends, so all that have ended are reaped each time.  Lines by write(). */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int running, bad;

static int number(const char *text, int most)
{
    int value = 0;
    const char *p = text;
    for (; *p >= '0' && *p <= '9' && value <= most; p++)
        value = 10 * value + (*p - '0');
    if (p == text || *p || value < 1 || value > most)
        errx(2, "%s is no number from 1 to %d", text, most);
    return value;
}

static void say(const char *format, int a, int b)
{
    char line[80];
    int len = snprintf(line, sizeof line, format, a, b);
    if (write(STDOUT_FILENO, line, (size_t)len) != len)
        err(1, "stdout");
}

static int start(int job, int seconds)
{
    pid_t pid = fork();
    if (pid == -1)
        warn("fork");
    running += pid != -1;
    if (pid != 0)
        return pid != -1;
    say("[Job %d] Starting...\n", job, 0);
    sleep((unsigned)seconds);
    say("[Job %d] Done after %d seconds.\n", job, seconds);
    _exit(0);
}

static void reap(void)
{
    int status;
    while (waitpid(-1, &status, WNOHANG) > 0) {
        running--;
        bad |= status != 0;
    }
}

int main(int argc, char **argv)
{
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    if (argc < 2)
        errx(2, "K is missing");
    int k = number(argv[1], 100), next = 2;
    for (int i = 2; i < argc; i++)
        number(argv[i], 3600);
    sigprocmask(SIG_BLOCK, &child, NULL);
    for (;;) {
        while (next < argc && running < k) {
            bad |= !start(next - 1, atoi(argv[next]));
            next++;
            if (bad)
                argc = next;
        }
        if (running == 0)
            break;
        if (sigwaitinfo(&child, NULL) == -1)
            err(1, "sigwaitinfo");
        reap();
    }
    if (!bad)
        say("All %d jobs are done.\n", argc - 2, 0);
    return bad;
}
