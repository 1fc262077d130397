// fails: daemonize_session: "It was still in it"
// why: setsid() in main, which leads its group: the call fails, and
// nobody looks.
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a daemon tells main through the pipe, once. */
struct report {
    bool running_already;
    pid_t pid;
};

static pid_t read_pid(int fd)
{
    char text[32];
    ssize_t len = pread(fd, text, sizeof text - 1, 0);
    if (len <= 0)
        return 0;
    text[len] = '\0';
    return (pid_t)strtol(text, NULL, 10);
}

/* Everything but the pid file and the way to main is closed or /dev/null. */
static int surroundings(void)
{
    int null = open("/dev/null", O_RDWR);
    if (null == -1 || chdir("/") == -1)
        return -1;
    umask(0);
    for (int fd = 0; fd <= 2; fd++)
        if (dup2(null, fd) == -1)
            return -1;
    if (null > 2)
        close(null);
    return 0;
}

/* Who has the lock is the daemon; it is gone when the process is. */
static int own_pid_file(const char *path, struct report *report)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd == -1)
        return -1;
    report->pid = getpid();
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        return ftruncate(fd, 0) == -1 || dprintf(fd, "%d\n", getpid()) < 0 ? -1
                                                                           : 0;
    report->running_already = true;
    report->pid = read_pid(fd);
    return errno == EWOULDBLOCK ? 0 : -1;
}

/* The daemon's life, after both forks. */
static _Noreturn void be_daemon(const char *path, int to_main)
{
    struct report report = {.running_already = false};
    sigset_t term;
    int sig;
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    sigprocmask(SIG_BLOCK, &term, NULL);
    if (surroundings() == -1 || own_pid_file(path, &report) == -1)
        _exit(EXIT_FAILURE);
    if (write(to_main, &report, sizeof report) != sizeof report)
        _exit(EXIT_FAILURE);
    close(to_main);
    if (report.running_already)
        _exit(EXIT_FAILURE);
    sigwait(&term, &sig);
    unlink(path);
    _exit(EXIT_SUCCESS);
}

/* Between the forks. */
static _Noreturn void be_between(const char *path, int to_main)
{
    pid_t pid = fork();
    if (pid == 0)
        be_daemon(path, to_main);
    _exit(pid == -1 ? EXIT_FAILURE : EXIT_SUCCESS);
}

static bool start(const char *file)
{
    char path[PATH_MAX], here[PATH_MAX / 2];
    struct report report;
    int fds[2];
    if (!getcwd(here, sizeof here) || pipe(fds) == -1)
        err(EXIT_FAILURE, "%s", file);
    snprintf(path, sizeof path, "%s/%s", here, file);
    pid_t pid = fork();
    if (pid == -1)
        err(EXIT_FAILURE, "fork");
    if (pid == 0) {
        close(fds[0]);
        be_between(path, fds[1]);
    }
    close(fds[1]);
    ssize_t len = read(fds[0], &report, sizeof report);
    close(fds[0]);
    if (waitpid(pid, NULL, 0) == -1)
        err(EXIT_FAILURE, "waitpid");
    if (len != sizeof report)
        errx(EXIT_FAILURE, "%s: the daemon did not get ready", file);
    printf("%s: %s as process %d\n", file,
           report.running_already ? "already running" : "started", report.pid);
    return !report.running_already;
}

/* The lock is free when the daemon is gone. */
static bool end(const char *file, int sig)
{
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    bool running = fd != -1 && flock(fd, LOCK_EX | LOCK_NB) == -1;
    pid_t pid = running ? read_pid(fd) : 0;
    if (pid > 0) {
        if (kill(pid, sig) == -1 || flock(fd, LOCK_EX) == -1)
            err(EXIT_FAILURE, "%s", file);
        printf("%s: %s\n", file, sig == SIGKILL ? "killed" : "stopped");
    } else {
        printf("%s: not running\n", file);
    }
    if (fd != -1)
        close(fd);
    return pid > 0;
}

/* The file of a command, or NULL. */
static const char *after(const char *command, const char *word)
{
    size_t len = strlen(word);
    return strncmp(command, word, len) == 0 && command[len] ? command + len
                                                            : NULL;
}

static bool carry_out(const char *command)
{
    const char *file;
    if ((file = after(command, "start:")))
        return start(file);
    if ((file = after(command, "stop:")))
        return end(file, SIGTERM);
    if ((file = after(command, "kill:")))
        return end(file, SIGKILL);
    errx(2, "%s: not start:PIDFILE, stop:PIDFILE or kill:PIDFILE", command);
}

int main(int argc, char **argv)
{
    bool well = true;
    setvbuf(stdout, NULL, _IOLBF, 0);
    setsid();
    for (int i = 1; i < argc; i++)
        well &= carry_out(argv[i]);
    return well ? EXIT_SUCCESS : EXIT_FAILURE;
}
