/* fcntl() locks, which belong to a process: who has one can be asked.  SIGTERM
 * has a handler; main learns from the end of the pipe that all went well. */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char path[PATH_MAX];

static void on_sigterm(int sig)
{
    (void)sig;
    unlink(path);
    _exit(EXIT_SUCCESS);
}

/* The process that has the file locked, or 0. */
static pid_t holder(int fd)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(fd, F_GETLK, &lock) == -1)
        err(EXIT_FAILURE, "F_GETLK");
    return lock.l_type == F_UNLCK ? 0 : lock.l_pid;
}

static _Noreturn void serve(int report)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    struct sigaction action = {.sa_handler = on_sigterm};
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd == -1 || fcntl(fd, F_SETLK, &lock) == -1 || ftruncate(fd, 0) == -1)
        _exit(EXIT_FAILURE);
    dprintf(fd, "%d\n", getpid());
    sigaction(SIGTERM, &action, NULL);
    umask(0);
    if (chdir("/") == -1)
        _exit(EXIT_FAILURE);
    dprintf(report, "%d\n", getpid());
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null == -1 || dup2(null, 0) == -1 || dup2(null, 1) == -1 ||
        dup2(null, 2) == -1)
        _exit(EXIT_FAILURE);
    close(null);
    close(report);
    for (;;)
        pause();
}

static bool start(const char *file)
{
    char text[32] = "";
    size_t have = 0;
    ssize_t len;
    int fds[2], fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    pid_t there = fd == -1 ? 0 : holder(fd);
    if (fd == -1 || pipe2(fds, O_CLOEXEC) == -1)
        err(EXIT_FAILURE, "%s", file);
    close(fd);
    if (there) {
        close(fds[0]);
        close(fds[1]);
        printf("%s: already running as process %d\n", file, there);
        return false;
    }
    if (!realpath(file, path))
        err(EXIT_FAILURE, "%s", file);
    pid_t pid = fork();
    if (pid == -1)
        err(EXIT_FAILURE, "fork");
    if (pid == 0) {
        close(fds[0]);
        if (setsid() != -1 && fork() == 0)
            serve(fds[1]);
        _exit(EXIT_SUCCESS);
    }
    close(fds[1]);
    while ((len = read(fds[0], text + have, sizeof text - 1 - have)) > 0)
        have += (size_t)len;
    close(fds[0]);
    if (waitpid(pid, NULL, 0) == -1 || have == 0)
        errx(EXIT_FAILURE, "%s: not started", file);
    printf("%s: started as process %ld\n", file, strtol(text, NULL, 10));
    return true;
}

static bool end(const char *file, int sig)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int fd = open(file, O_RDWR | O_CLOEXEC);
    pid_t pid = fd == -1 ? 0 : holder(fd);
    if (pid) {
        if (kill(pid, sig) == -1 || fcntl(fd, F_SETLKW, &lock) == -1)
            err(EXIT_FAILURE, "%s", file);
    }
    if (fd != -1)
        close(fd);
    printf("%s: %s\n", file,
           !pid             ? "not running"
           : sig == SIGKILL ? "killed"
                            : "stopped");
    return pid != 0;
}

int main(int argc, char **argv)
{
    bool well = true;
    for (int i = 1; i < argc; i++) {
        char *colon = strchr(argv[i], ':');
        if (!colon || !colon[1])
            errx(2, "%s: not a command", argv[i]);
        fflush(stdout);
        if (strncmp(argv[i], "start:", 6) == 0)
            well &= start(colon + 1);
        else if (strncmp(argv[i], "stop:", 5) == 0)
            well &= end(colon + 1, SIGTERM);
        else if (strncmp(argv[i], "kill:", 5) == 0)
            well &= end(colon + 1, SIGKILL);
        else
            errx(2, "%s: not a command", argv[i]);
    }
    return well ? EXIT_SUCCESS : EXIT_FAILURE;
}
