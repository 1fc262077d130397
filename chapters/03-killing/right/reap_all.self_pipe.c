/* The self-pipe: the handler only writes a byte, which select() sees like any
 * input.  stdin is read by read(), byte by byte: simple, and nothing is kept in
 * a buffer that select() does not know of. */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

static int wake[2];

static void on_child(int sig)
{
    int saved = errno;
    (void)sig;
    ssize_t n = write(wake[1], "c", 1);
    (void)n; /* if the pipe is full main wakes up anyway */
    errno = saved;
}

static void obey(const char *line, int left)
{
    if (strcmp(line, "count") == 0)
        printf("%d children are left.\n", left);
    else if (line[0])
        fprintf(stderr, "what is \"%s\"?\n", line);
}

/* One byte of input; false at its end. */
static bool read_byte(int left)
{
    static char line[256];
    static size_t len;
    char c;
    ssize_t n = read(STDIN_FILENO, &c, 1);
    if (n == -1)
        return errno == EINTR || errno == EAGAIN;
    if (n == 1 && c != '\n') {
        if (len + 1 < sizeof line)
            line[len++] = c;
        return true;
    }
    line[len] = '\0';
    len = 0;
    obey(line, left);
    return n == 1;
}

static void listen_for_children(void)
{
    if (pipe(wake) == -1)
        err(EXIT_FAILURE, "pipe");
    for (int i = 0; i < 2; i++) {
        fcntl(wake[i], F_SETFL, O_NONBLOCK);
        fcntl(wake[i], F_SETFD, FD_CLOEXEC);
    }
    struct sigaction action = {.sa_handler = on_child,
                               .sa_flags = SA_RESTART | SA_NOCLDSTOP};
    sigaction(SIGCHLD, &action, NULL);
}

static pid_t start(const char *arg)
{
    const char *colon = strchr(arg, ':');
    pid_t pid = fork();
    if (pid == 0) {
        sleep((unsigned)atoi(arg));
        _exit(colon ? atoi(colon + 1) : 0);
    }
    return pid;
}

int main(int argc, char **argv)
{
    setlinebuf(stdout);
    listen_for_children();
    bool failed = false;
    int n = argc > 1 ? argc - 1 : 0, left = n;
    pid_t *pids = calloc((size_t)n + 1, sizeof *pids);
    if (!pids)
        err(EXIT_FAILURE, "calloc");
    for (int i = 0; i < n; i++) {
        pids[i] = start(argv[i + 1]);
        if (pids[i] == -1) {
            warn("child %d", i + 1);
            failed = true;
            n = left = i;
            break;
        }
    }
    printf("%d children started.\n", n);

    bool open = !failed;
    while (open || left > 0) {
        fd_set set;
        char bytes[100];
        FD_ZERO(&set);
        FD_SET(wake[0], &set);
        if (open)
            FD_SET(STDIN_FILENO, &set);
        if (select(wake[0] + 1, &set, NULL, NULL, NULL) == -1) {
            if (errno == EINTR)
                continue;
            err(EXIT_FAILURE, "select");
        }
        /* The pipe is emptied before looking: what comes later counts. */
        while (read(wake[0], bytes, sizeof bytes) > 0)
            ;
        for (int i = 0, status; i < n; i++) {
            if (pids[i] == 0 || waitpid(pids[i], &status, WNOHANG) <= 0)
                continue;
            pids[i] = 0;
            left--;
            printf("Child %d exit code: %d\n", i + 1, WEXITSTATUS(status));
        }
        if (open && FD_ISSET(STDIN_FILENO, &set))
            open = read_byte(left);
    }
    printf("All %d children reaped.\n", n);
    free(pids);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
