// fails: reap_commands: "It wrote no such line then"
// why: main waits for all children and reads its commands after that: nobody
//      is answered in time.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t pids[100];
static int n, left;
static bool input_over;
static sigset_t mask;

static void on_child(int sig)
{
    (void)sig;
}

static bool start(const char *arg)
{
    unsigned seconds;
    int code;
    if (sscanf(arg, "%u:%d", &seconds, &code) != 2)
        errx(EXIT_FAILURE, "%s: not SECONDS:CODE", arg);
    pids[n] = fork();
    if (pids[n] == -1) {
        warn("fork");
        return false;
    }
    if (pids[n] == 0) {
        sleep(seconds);
        _exit(code);
    }
    n++;
    left++;
    return true;
}

static void report(pid_t pid, int status)
{
    for (int i = 0; i < n; i++) {
        if (pids[i] != pid)
            continue;
        pids[i] = 0;
        left--;
        printf("Child %d exit code: %d\n", i + 1, WEXITSTATUS(status));
    }
}

static void obey(const char *command)
{
    if (strcmp(command, "count") == 0)
        printf("%d children are left.\n", left);
    else if (*command != '\0')
        warnx("%s: not a command", command);
}

/* Obeys what has come, line by line; the last line may lack its newline. */
static void take_input(void)
{
    static char text[512];
    static size_t len;
    char *newline;
    ssize_t got = read(STDIN_FILENO, text + len, sizeof text - 1 - len);
    if (got == -1)
        err(EXIT_FAILURE, "stdin");
    len += (size_t)got;
    text[len] = '\0';
    while ((newline = strchr(text, '\n'))) {
        *newline = '\0';
        obey(text);
        len -= (size_t)(newline + 1 - text);
        memmove(text, newline + 1, len + 1);
    }
    input_over = got == 0;
    if (input_over)
        obey(text);
}

static void serve(void)
{
    int status;
    while (left > 0) {
        pid_t pid = wait(&status);
        report(pid, status);
    }
    while (!input_over)
        take_input();
}

int main(int argc, char **argv)
{
    struct sigaction action = {.sa_handler = on_child};
    sigset_t child_ended;
    bool well = true;
    setvbuf(stdout, NULL, _IOLBF, 0);
    sigemptyset(&child_ended);
    sigaddset(&child_ended, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child_ended, &mask);
    sigaction(SIGCHLD, &action, NULL);
    for (int i = 1; i < argc && i <= 100 && well; i++)
        well = start(argv[i]);
    input_over = !well;
    printf("%d children started.\n", n);
    serve();
    printf("All %d children reaped.\n", n);
    return well ? EXIT_SUCCESS : EXIT_FAILURE;
}
