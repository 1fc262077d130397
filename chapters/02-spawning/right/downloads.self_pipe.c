/* The handler of SIGCHLD writes a byte into a pipe of main's own, and main
 * waits for that with pselect(): no wake-up is lost, however early it comes.
 * The pipe does not block, so the handler does not either when it is full. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

static int wake[2];

static void child_ended(int signal)
{
    int saved = errno;
    ssize_t written = write(wake[1], "c", 1);
    (void)signal, (void)written;
    errno = saved;
}

static unsigned seconds_of(const char *text)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || value < 1 || value > 3600)
        errx(2, "%s: not a number of seconds", text);
    return (unsigned)value;
}

static _Noreturn void download(int i, unsigned seconds)
{
    signal(SIGCHLD, SIG_DFL);
    close(wake[0]);
    close(wake[1]);
    printf("[Process %d] Starting download...\n", i);
    fflush(stdout);
    sleep(seconds);
    printf("[Process %d] Finished downloading in %u seconds.\n", i, seconds);
    fflush(stdout);
    _exit(0);
}

static void wait_for_byte(void)
{
    char bytes[64];
    fd_set set;
    FD_ZERO(&set);
    FD_SET(wake[0], &set);
    if (pselect(wake[0] + 1, &set, NULL, NULL, NULL, NULL) == -1 &&
        errno != EINTR)
        err(1, "pselect");
    while (read(wake[0], bytes, sizeof bytes) > 0)
        ;
}

/* One byte may stand for many children. */
static int reap_all(void)
{
    int n = 0, status;
    while (waitpid(-1, &status, WNOHANG) > 0) {
        if (status != 0)
            errx(1, "a download failed");
        n++;
    }
    return n;
}

int main(int argc, char **argv)
{
    struct sigaction action = {.sa_handler = child_ended,
                               .sa_flags = SA_RESTART | SA_NOCLDSTOP};
    for (int i = 1; i < argc; i++)
        seconds_of(argv[i]);
    if (pipe2(wake, O_NONBLOCK | O_CLOEXEC) == -1)
        err(1, "pipe2");
    if (sigaction(SIGCHLD, &action, NULL) == -1)
        err(1, "sigaction");
    for (int i = 1; i < argc; i++) {
        pid_t pid = fork();
        if (pid == -1) {
            warn("fork");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
        if (pid == 0)
            download(i, seconds_of(argv[i]));
    }
    for (int left = argc - 1; left > 0; left -= reap_all())
        wait_for_byte();
    printf("All downloads completed successfully!\n");
    return 0;
}
