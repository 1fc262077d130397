/* The janitor is a child in a session of its own that waits for the end of
 * file on a pipe whose other end only we (and our workers) hold.  It comes
 * however we end.  Compilers may still be dying then (their nest is being
 * killed by the kernel), so removal is repeated until the directory is gone:
 * once it is, nothing can be made below it. */
#include "sandbox/workdir.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* File-scope state: a process has one grading and so one directory. */
static char directory[4096];
static int lifeline = -1;
static pid_t janitor = -1;
static pid_t owner = -1;

static int remove_entry(const char *path, const struct stat *st, int type,
                        struct FTW *ftw)
{
    (void)st, (void)type, (void)ftw;
    remove(path);
    return 0;
}

static void remove_tree(const char *path)
{
    struct timespec pause = {.tv_nsec = 2000000};
    for (int i = 0; i < 5000; i++) {
        nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
        if (access(path, F_OK) < 0)
            return;
        nanosleep(&pause, NULL);
    }
}

static _Noreturn void run_janitor(int fd)
{
    char byte;
    setsid();
    prctl(PR_SET_NAME, "proclab-janitor");
    for (int sig = 1; sig < NSIG; sig++)
        signal(sig, SIG_IGN);
    /* Nobody's pipe shall stay open because of us. */
    close_range(0, (unsigned)fd - 1, 0);
    close_range((unsigned)fd + 1, ~0U, 0);
    if (chdir("/") < 0)
        _exit(1);
    while (read(fd, &byte, 1) < 0 && errno == EINTR)
        ;
    remove_tree(directory);
    _exit(0);
}

/* The pipe's ends lie above 2, as closing all below relies on. */
static int make_pipe(int fds[2])
{
    int low[2];
    if (pipe2(low, O_CLOEXEC) < 0)
        return -errno;
    for (int i = 0; i < 2; i++) {
        fds[i] = fcntl(low[i], F_DUPFD_CLOEXEC, 3);
        close(low[i]);
    }
    return fds[0] < 0 || fds[1] < 0 ? -EMFILE : 0;
}

/* The janitor is there before the directory: there is no moment at which we
 * could be killed and leave it. */
static int start_janitor(void)
{
    int fds[2] = {-1, -1}, r = make_pipe(fds);
    if (r < 0)
        return r;
    janitor = fork();
    if (janitor == 0) {
        close(fds[1]);
        run_janitor(fds[0]);
    }
    close(fds[0]);
    lifeline = fds[1];
    owner = getpid();
    return janitor < 0 ? -errno : 0;
}

int workdir_make(const char **path)
{
    const char *tmp = getenv("TMPDIR");
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    snprintf(directory, sizeof directory, "%s/proclab.%d.%lx",
             tmp && *tmp ? tmp : "/tmp", getpid(),
             (unsigned long)now.tv_nsec);
    int r = start_janitor();
    if (r == 0 && mkdir(directory, 0711) < 0)
        r = -errno;
    if (r == 0 && chmod(directory, 0711) < 0)
        r = -errno;
    if (r < 0) {
        workdir_remove();
        return r;
    }
    *path = directory;
    return 0;
}

void workdir_remove(void)
{
    if (owner != getpid())
        return;
    if (lifeline >= 0)
        close(lifeline);
    lifeline = -1;
    while (janitor > 0 && waitpid(janitor, NULL, 0) < 0 && errno == EINTR)
        ;
    janitor = owner = -1;
}
