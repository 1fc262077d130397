/* Main itself opens and locks the file: a flock() lock belongs to what open()
 * made, which the daemon inherits; main closes its copy when the daemon is
 * ready, which a signal tells.  To wait for the end of a daemon it takes a
 * pidfd. */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t pid_in(int fd)
{
    char text[32] = "";
    return pread(fd, text, sizeof text - 1, 0) > 0 ? atoi(text) : 0;
}

static _Noreturn void serve(const char *file, int fd, pid_t starter)
{
    char *here = getcwd(NULL, 0), *path;
    sigset_t term;
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    if (sigprocmask(SIG_SETMASK, &term, NULL) == -1 || !here ||
        asprintf(&path, "%s/%s", here, file) == -1 || ftruncate(fd, 0) == -1)
        _exit(EXIT_FAILURE);
    dprintf(fd, "%d\n", getpid());
    close(0);
    close(1);
    close(2);
    if (chdir("/") == -1 || open("/dev/null", O_RDWR) != 0 || dup(0) != 1 ||
        dup(0) != 2)
        _exit(EXIT_FAILURE);
    umask(0);
    kill(starter, SIGUSR1);
    while (sigwaitinfo(&term, NULL) == -1 && errno == EINTR)
        ;
    unlink(path);
    _exit(EXIT_SUCCESS);
}

static void make_daemon(const char *file, int fd)
{
    pid_t starter = getpid(), middle = fork();
    if (middle == -1)
        err(EXIT_FAILURE, "fork");
    if (middle == 0) {
        pid_t pid = setsid() == -1 ? -1 : fork();
        if (pid == 0)
            serve(file, fd, starter);
        _exit(pid == -1);
    }
    int status;
    if (waitpid(middle, &status, 0) == -1 || status != 0)
        errx(EXIT_FAILURE, "%s: not started", file);
}

static bool start(const char *file)
{
    sigset_t ready;
    int sig, fd = open(file, O_RDWR | O_CREAT, 0644);
    if (fd == -1)
        err(EXIT_FAILURE, "%s", file);
    bool mine = flock(fd, LOCK_EX | LOCK_NB) == 0;
    if (mine) {
        sigemptyset(&ready);
        sigaddset(&ready, SIGUSR1);
        sigprocmask(SIG_BLOCK, &ready, NULL);
        make_daemon(file, fd);
        sigwait(&ready, &sig);
    }
    printf("%s: %s as process %d\n", file, mine ? "started" : "already running",
           pid_in(fd));
    close(fd);
    return mine;
}

static bool end(const char *file, int sig)
{
    int fd = open(file, O_RDONLY);
    bool there = fd != -1 && flock(fd, LOCK_SH | LOCK_NB) == -1;
    if (there) {
        pid_t pid = pid_in(fd);
        struct pollfd gone = {.fd = (int)syscall(SYS_pidfd_open, pid, 0),
                              .events = POLLIN};
        if (gone.fd == -1 || kill(pid, sig) == -1)
            err(EXIT_FAILURE, "%s", file);
        while (poll(&gone, 1, -1) == -1 && errno == EINTR)
            ;
        close(gone.fd);
    }
    if (fd != -1)
        close(fd);
    printf("%s: %s\n", file,
           !there           ? "not running"
           : sig == SIGKILL ? "killed"
                            : "stopped");
    return there;
}

int main(int argc, char **argv)
{
    int failed = 0;
    for (int i = 1; i < argc; i++) {
        const char *file = strchr(argv[i], ':');
        if (!file || !file[1])
            errx(2, "%s: not a command", argv[i]);
        if (strncmp(argv[i], "start:", 6) == 0)
            failed |= !start(file + 1);
        else if (strncmp(argv[i], "stop:", 5) == 0)
            failed |= !end(file + 1, SIGTERM);
        else if (strncmp(argv[i], "kill:", 5) == 0)
            failed |= !end(file + 1, SIGKILL);
        else
            errx(2, "%s: not a command", argv[i]);
        fflush(stdout);
    }
    return failed;
}
