// fails: heartbeat_reopens: "The line "Log reopened." is written at 1.900 s"
// why: the handler sets a flag, and the loop looks at it only after the
// next beat.
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static const char *log_name, *pid_name;
static int log_fd = -1, hup;

/* Opens the log again: the name may mean another file now. */
static void open_log(void)
{
    int fd = open(log_name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
    if (fd == -1)
        err(EXIT_FAILURE, "%s", log_name);
    if (log_fd != -1)
        close(log_fd);
    log_fd = fd;
}

static void write_pid_file(void)
{
    int fd = open(pid_name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd == -1 || dprintf(fd, "%d\n", getpid()) < 0 || close(fd) == -1)
        err(EXIT_FAILURE, "%s", pid_name);
}

/* The time from now to a point, not below 0. */
static struct timespec until(const struct timespec *point)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    long long ns = (point->tv_sec - now.tv_sec) * 1000000000LL +
                   point->tv_nsec - now.tv_nsec;
    if (ns < 0)
        ns = 0;
    return (struct timespec){.tv_sec = ns / 1000000000,
                             .tv_nsec = ns % 1000000000};
}

static _Noreturn void say_goodbye(long beats)
{
    dprintf(log_fd, "Goodbye after %ld beats.\n", beats);
    unlink(pid_name);
    exit(EXIT_SUCCESS);
}

/* Sleeps until a point in time; meanwhile does what signals ask for. */
static void sleep_until(const struct timespec *point, const sigset_t *set,
                        long beats)
{
    for (;;) {
        struct timespec left = until(point);
        int sig = sigtimedwait(set, NULL, &left);
        if (sig == SIGTERM)
            say_goodbye(beats);
        if (sig == SIGHUP)
            hup = 1;
        if (sig == -1 && errno == EAGAIN)
            break;
    }
}

static void work(long ms)
{
    struct timespec left = {.tv_sec = ms / 1000,
                            .tv_nsec = ms % 1000 * 1000000};
    while (nanosleep(&left, &left) == -1 && errno == EINTR)
        ;
}

int main(int argc, char **argv)
{
    struct timespec next;
    sigset_t set;
    if (argc != 4)
        errx(2, "usage: heartbeat LOG PIDFILE WORK_MS");
    log_name = argv[1];
    pid_name = argv[2];
    sigemptyset(&set);
    sigaddset(&set, SIGHUP);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    clock_gettime(CLOCK_MONOTONIC, &next);
    write_pid_file();
    open_log();
    dprintf(log_fd, "Started.\n");
    for (long beats = 1;; beats++) {
        next.tv_sec++;
        sleep_until(&next, &set, beats - 1);
        dprintf(log_fd, "Beat %ld\n", beats);
        if (hup) {
            open_log();
            dprintf(log_fd, "Log reopened.\n");
            hup = 0;
        }
        work(strtol(argv[3], NULL, 10));
    }
}
