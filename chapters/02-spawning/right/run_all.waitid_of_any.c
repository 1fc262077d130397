/* Children by clone() without flags; waitid() of whoever has ended, and all
 * reports at the very end, in one write(). */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct end {
    pid_t pid;
    siginfo_t how;
};

static char **split(char *text)
{
    char **words = calloc(strlen(text) + 1, sizeof *words);
    if (!words)
        err(1, "calloc");
    int n = 0, inside = 0;
    for (; *text; text++) {
        if (*text == ' ')
            *text = '\0';
        else if (!inside)
            words[n++] = text;
        inside = *text != '\0';
    }
    return words;
}

static pid_t start(char **words)
{
    pid_t pid = (pid_t)syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);
    if (pid != 0)
        return pid;
    execvpe(words[0], words, environ);
    int error = errno;
    dprintf(2, "%s: %s\n", words[0], strerror(error));
    _exit(error == ENOENT ? 127 : 126);
}

static void collect(struct end *ends, int n)
{
    for (;;) {
        siginfo_t how;
        if (waitid(P_ALL, 0, &how, WEXITED) == -1 && errno == ECHILD)
            return;
        for (int i = 0; i < n; i++) {
            if (ends[i].pid == how.si_pid)
                ends[i].how = how;
        }
    }
}

int main(int argc, char **argv)
{
    int n = argc - 1, bad = 0;
    struct end *ends = calloc((size_t)argc, sizeof *ends);
    char ***words = calloc((size_t)argc, sizeof *words), *text;
    size_t size;
    FILE *all = open_memstream(&text, &size);
    if (!ends || !words || !all || n < 1)
        errx(2, "usage: run_all COMMAND...");
    for (int i = 0; i < n; i++) {
        words[i] = split(strdup(argv[i + 1]));
        if (!words[i][0])
            errx(2, "no word in \"%s\"", argv[i + 1]);
    }
    for (int i = 0; i < n; i++) {
        ends[i].pid = start(words[i]);
        if (ends[i].pid == -1) {
            warn("cannot start \"%s\" and what follows", argv[i + 1]);
            n = i;
            bad = 1;
        }
    }
    collect(ends, n);
    fprintf(all, "Running %d commands.\n", argc - 1);
    for (int i = 0; i < n; i++) {
        int code = ends[i].how.si_code;
        fprintf(all, "[%d] %s: %s %d\n", i + 1, argv[i + 1],
                code == CLD_EXITED ? "exit code" : "killed by signal",
                ends[i].how.si_status);
        bad |= code != CLD_EXITED || ends[i].how.si_status != 0;
    }
    fclose(all);
    if (write(1, text, size) != (ssize_t)size)
        err(1, "stdout");
    return bad;
}
