/* The handler does all of it: it reaps, puts its line together by hand and
 * writes it with write(), as nothing else is safe there.  read() is restarted,
 * so the main loop never notices.  SIGCHLD is blocked while main uses what the
 * handler uses. */
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 200 };

static pid_t pids[MOST];
static volatile int n, left;

static char *put_text(char *to, const char *text)
{
    while (*text)
        *to++ = *text++;
    return to;
}

static char *put_number(char *to, int number)
{
    if (number >= 10)
        to = put_number(to, number / 10);
    *to++ = (char)('0' + number % 10);
    return to;
}

static void tell(int child, int code)
{
    char line[64], *end = put_text(line, "Child ");
    end = put_number(end, child);
    end = put_text(end, " exit code: ");
    end = put_number(end, code);
    end = put_text(end, "\n");
    ssize_t written = write(STDOUT_FILENO, line, (size_t)(end - line));
    (void)written;
}

static void on_child(int sig)
{
    int saved = errno, status;
    pid_t pid;
    (void)sig;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        int i = 0;
        while (i < n && pids[i] != pid)
            i++;
        pids[i] = 0;
        left--;
        tell(i + 1, WEXITSTATUS(status));
    }
    errno = saved;
}

static void obey(const char *line)
{
    sigset_t set, before;
    char answer[64];
    if (strcmp(line, "count") != 0) {
        if (*line)
            warnx("not a command: %s", line);
        return;
    }
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, &before);
    int len = snprintf(answer, sizeof answer, "%d children are left.\n", left);
    ssize_t written = write(STDOUT_FILENO, answer, (size_t)len);
    (void)written;
    sigprocmask(SIG_SETMASK, &before, NULL);
}

int main(int argc, char **argv)
{
    struct sigaction action = {.sa_handler = on_child, .sa_flags = SA_RESTART};
    sigset_t set, before;
    if (argc > MOST)
        errx(EXIT_FAILURE, "too many children");
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, &before);
    sigaction(SIGCHLD, &action, NULL);
    int code = EXIT_SUCCESS;
    for (int i = 1; i < argc; i++) {
        pid_t pid = fork();
        if (pid == -1) {
            warn("fork");
            code = EXIT_FAILURE;
            break;
        }
        if (pid == 0) {
            sleep((unsigned)atoi(argv[i]));
            _exit(atoi(strchr(argv[i], ':') + 1));
        }
        pids[n++] = pid;
        left++;
    }
    printf("%d children started.\n", n);
    fflush(stdout);
    sigprocmask(SIG_SETMASK, &before, NULL);

    char *line = NULL;
    size_t size = 0;
    ssize_t len;
    while (code == EXIT_SUCCESS &&
           (len = getline(&line, &size, stdin)) != -1) {
        if (len > 0 && line[len - 1] == '\n')
            line[len - 1] = '\0';
        obey(line);
    }
    sigprocmask(SIG_BLOCK, &set, NULL);
    while (left > 0)
        sigsuspend(&before);
    printf("All %d children reaped.\n", n);
    free(line);
    return code;
}
