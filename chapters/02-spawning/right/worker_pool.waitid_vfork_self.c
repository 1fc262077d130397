/* Each job is this program again, by vfork() and exec; waitid() looks at who
 * has ended with WNOWAIT before waitpid() reaps just that one. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static long number(const char *text, long most)
{
    if (!*text || text[strspn(text, "0123456789")] || strlen(text) > 5)
        errx(2, "\"%s\" is not a number", text);
    long value = atol(text);
    if (value < 1 || value > most)
        errx(2, "%ld is not between 1 and %ld", value, most);
    return value;
}

static int work(const char *job, const char *seconds)
{
    dprintf(1, "[Job %s] Starting...\n", job);
    for (unsigned left = (unsigned)atoi(seconds); left > 0;)
        left = sleep(left);
    dprintf(1, "[Job %s] Done after %s seconds.\n", job, seconds);
    return 0;
}

static int start(int job, char *seconds)
{
    char ordinal[16];
    snprintf(ordinal, sizeof ordinal, "%d", job);
    char *const args[] = {(char *)"job", ordinal, seconds, NULL};
    pid_t pid = vfork();
    if (pid == 0) {
        execv("/proc/self/exe", args);
        _exit(127);
    }
    if (pid == -1)
        warn("vfork");
    return pid != -1;
}

static int finish(void)
{
    siginfo_t who;
    int status;
    if (waitid(P_ALL, 0, &who, WEXITED | WNOWAIT) == -1)
        err(1, "waitid");
    if (waitpid(who.si_pid, &status, 0) == -1)
        err(1, "waitpid");
    return status != 0;
}

int main(int argc, char **argv)
{
    if (strcmp(argv[0], "job") == 0)
        return work(argv[1], argv[2]);
    if (argc < 2)
        errx(2, "usage: worker_pool K SECONDS...");
    long room = number(argv[1], 100);
    int bad = 0;
    for (int i = 2; i < argc; i++)
        number(argv[i], 3600);
    for (int i = 2, ended = 2; ended < argc;) {
        if (i < argc && room > 0) {
            if (!start(i - 1, argv[i])) {
                bad = 1;
                argc = i;
                continue;
            }
            i++;
            room--;
        } else {
            bad |= finish();
            ended++;
            room++;
        }
    }
    if (bad)
        return 1;
    dprintf(1, "All %d jobs are done.\n", argc - 2);
    return 0;
}
