/* A long write to a full pipe or socket goes on while an ignored child ends;
 * with a handler it comes back with what it has. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char bytes[400000];
static volatile sig_atomic_t handled;

static void handler(int sig)
{
    (void)sig;
    handled++;
}

static void pause_ms(long ms)
{
    struct timespec t = {0, ms * 1000000};
    while (nanosleep(&t, &t) < 0)
        ;
}

static pid_t end_after(long ms)
{
    pid_t pid = fork();
    if (pid == 0) {
        pause_ms(ms);
        _exit(0);
    }
    return pid;
}

/* Reads all, beginning late; its status tells whether the bytes are right. */
static pid_t read_after(long ms, int fd, int other)
{
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    static char got[sizeof bytes];
    size_t n = 0;
    ssize_t r;
    close(other);
    pause_ms(ms);
    while (n < sizeof got && (r = read(fd, got + n, sizeof got - n)) > 0)
        n += (size_t)r;
    _exit(memcmp(got, bytes, n) == 0 ? (int)(n / 5000) : 255);
}

/* How much one write gets rid of while children end. */
static void write_all(const char *what, int fds[2], size_t n)
{
    int status;
    pid_t first = end_after(160), second = end_after(320);
    pid_t reader = read_after(640, fds[0], fds[1]);
    close(fds[0]);
    ssize_t r = write(fds[1], bytes, n);
    close(fds[1]);
    printf("%s: %s\n", what,
           r == (ssize_t)n ? "all" : r > 0 ? "a part" : "nothing");
    waitpid(first, NULL, 0);
    waitpid(second, NULL, 0);
    waitpid(reader, &status, 0);
    printf("  the reader saw %s\n",
           WEXITSTATUS(status) == (int)((size_t)r / 5000) ? "the same"
                                                          : "something else");
}

static void both(const char *how)
{
    int fds[2];
    printf("%s, handled %d\n", how, (int)handled);
    if (pipe(fds) == 0)
        write_all("pipe", fds, 100000);
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) == 0)
        write_all("socket", (int[2]){fds[1], fds[0]}, sizeof bytes);
}

/* The last reader goes away while a part is written. */
static void nobody_reads(void)
{
    int fds[2];
    if (pipe(fds) < 0)
        return;
    signal(SIGPIPE, SIG_IGN);
    pid_t first = end_after(160);
    pid_t reader = fork();
    if (reader == 0) {
        pause_ms(320);
        _exit(0);
    }
    close(fds[0]);
    ssize_t r = write(fds[1], bytes, 100000);
    printf("nobody reads: %zd\n", r);
    waitpid(first, NULL, 0);
    waitpid(reader, NULL, 0);
}

int main(void)
{
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 7 % 251);
    both("ignored by default");
    signal(SIGCHLD, SIG_IGN);
    signal(SIGCHLD, SIG_DFL);
    nobody_reads();
    struct sigaction a = {.sa_handler = handler};
    sigaction(SIGCHLD, &a, NULL);
    both("with a handler");
    a.sa_flags = SA_RESTART;
    sigaction(SIGCHLD, &a, NULL);
    both("with a handler that restarts");
    printf("handled: %s\n", handled > 0 ? "yes" : "no");
    return 0;
}
