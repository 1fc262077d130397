/* Processes that are there before the program starts (inside the nest).
 *
 * One that lives is cat(1), which waits for a byte that never comes: its name
 * is that of the link by which it is executed, and of its arguments it looks
 * at none behind "-" (POSIXLY_CORRECT: options end there).  A zombie never was
 * anything but a copy of its parent, the keeper, which never reaps.  Nobody
 * traces them. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "observer/internal.h"

/* The state's letter in /proc/PID/stat, or 0. */
static char state_of(pid_t pid)
{
    char path[64], text[256];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *f = fopen(path, "re");
    size_t n = f ? fread(text, 1, sizeof text - 1, f) : 0;
    if (f)
        fclose(f);
    text[n] = '\0';
    const char *end = strrchr(text, ')');
    return end && end[1] ? end[2] : 0;
}

/* Behind its exec nothing but the read() that it waits in is a sleep. */
static int await_sleep(pid_t pid)
{
    for (;;) {
        char state = state_of(pid);
        if (state == 'S')
            return 0;
        if (state == 'Z' || state == 0)
            return -1;
        sched_yield();
    }
}

static pid_t start_living(const struct observe_bystander *b)
{
    char path[PATH_MAX], *env[] = {(char[]){"POSIXLY_CORRECT=1"}, NULL};
    pid_t pid = -1;
    snprintf(path, sizeof path, "/tmp/%s", b->name);
    if (symlink("/bin/cat", path) < 0)
        return -1;
    int r = posix_spawn(&pid, path, NULL, NULL,
                        (char *const *)(uintptr_t)b->argv, env);
    unlink(path);
    if (r == 0 && await_sleep(pid) == 0)
        return pid;
    errno = r ? r : EIO;
    return -1;
}

static int start_one(const struct observe_bystander *b)
{
    siginfo_t info;
    pid_t pid = b->state == OBSERVE_ZOMBIE ? fork() : start_living(b);
    if (pid == 0) {
        prctl(PR_SET_NAME, b->name);
        _exit(0);
    }
    if (pid < 0)
        return -1;
    if (b->state == OBSERVE_ZOMBIE)
        return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT);
    if (b->state == OBSERVE_SLEEPING)
        return 0;
    kill(pid, SIGSTOP);
    return waitid(P_PID, (id_t)pid, &info, WSTOPPED | WNOWAIT);
}

/* Standard input is a pipe that the keeper holds open at its other end; of all
 * that the grader has open only `ready` is left, under a high number. */
static int take_streams(int *ready)
{
    int line[2];
    *ready = fcntl(*ready, F_DUPFD_CLOEXEC, 10);
    if (*ready < 0 || close_range(0, (unsigned)*ready - 1, 0) < 0 ||
        close_range((unsigned)*ready + 1, ~0U, 0) < 0)
        return -1;
    if (pipe(line) < 0 || open("/dev/null", O_WRONLY) != 2 ||
        fcntl(line[1], F_DUPFD_CLOEXEC, 10) < 0 || dup2(2, line[1]) < 0)
        return -1;
    return chdir("/");
}

static _Noreturn void keep(const struct observe_request *r, int ready)
{
    int error = 0;
    for (int sig = 1; sig < NSIG; sig++)
        signal(sig, SIG_DFL);
    prctl(PR_SET_NAME, "proclab-keeper");
    if (take_streams(&ready) < 0)
        _exit(126);
    for (size_t i = 0; i < r->n_bystanders && error == 0; i++)
        error = start_one(&r->bystanders[i]) < 0 ? errno : 0;
    if (write(ready, &error, sizeof error) != sizeof error || error)
        _exit(126);
    for (;;)
        pause();
}

int bystanders_start(const struct observe_request *r)
{
    int ready[2], error = EIO;
    if (pipe2(ready, O_CLOEXEC) < 0)
        return -1;
    pid_t keeper = fork();
    if (keeper == 0)
        keep(r, ready[1]);
    close(ready[1]);
    if (keeper < 0)
        error = errno;
    else if (read(ready[0], &error, sizeof error) != sizeof error)
        error = EIO;
    close(ready[0]);
    errno = error;
    return error ? -1 : 0;
}
