/* A child that cannot execute its command sends errno through a pipe that
 * closes on exec, and main says what went wrong.  execv() with the path found
 * in PATH by hand; commands are started from the last one. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct job {
    char **words;
    pid_t pid;
    int end; /* of the pipe, to read from */
};

static char **split(const char *text)
{
    char **words = calloc(strlen(text) + 1, sizeof *words);
    char *rest = strdup(text), *word;
    size_t n = 0;
    if (!words || !rest)
        err(1, NULL);
    while ((word = strsep(&rest, " "))) {
        if (*word)
            words[n++] = word;
    }
    return words;
}

static void run_in_path(char **words)
{
    char *dirs = strdup(getenv("PATH")), *dir, path[4096];
    if (strchr(words[0], '/'))
        execv(words[0], words);
    while (!strchr(words[0], '/') && (dir = strsep(&dirs, ":"))) {
        snprintf(path, sizeof path, "%s/%s", dir, words[0]);
        execv(path, words);
        if (errno != ENOENT && errno != EACCES)
            break;
    }
}

static void start(struct job *job)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) == -1)
        err(1, "pipe");
    job->pid = fork();
    if (job->pid == -1)
        warn("cannot start %s", job->words[0]);
    if (job->pid == 0) {
        run_in_path(job->words);
        int error = errno;
        if (write(ends[1], &error, sizeof error) == -1)
            warn("pipe");
        _exit(error == ENOENT ? 127 : 126);
    }
    close(ends[1]);
    job->end = ends[0];
}

static int finish(int i, const char *text, struct job *job)
{
    int error, status;
    if (job->pid == -1)
        return -1;
    if (read(job->end, &error, sizeof error) == sizeof error) {
        errno = error;
        warn("%s", job->words[0]);
    }
    if (waitpid(job->pid, &status, 0) == -1)
        err(1, "waitpid");
    if (WIFEXITED(status))
        dprintf(1, "[%d] %s: exit code %d\n", i, text, WEXITSTATUS(status));
    else
        dprintf(1, "[%d] %s: killed by signal %d\n", i, text, WTERMSIG(status));
    return status;
}

int main(int argc, char **argv)
{
    struct job *jobs = calloc((size_t)argc, sizeof *jobs);
    int bad = 0;
    if (!jobs || argc < 2)
        errx(2, "usage: run_all COMMAND...");
    for (int i = 1; i < argc; i++) {
        jobs[i].words = split(argv[i]);
        if (!jobs[i].words[0])
            errx(2, "an empty command");
    }
    dprintf(1, "Running %d commands.\n", argc - 1);
    for (int i = argc - 1; i > 0; i--)
        start(&jobs[i]);
    for (int i = 1; i < argc; i++) {
        if (finish(i, argv[i], &jobs[i]) != 0)
            bad = 1;
    }
    return bad;
}
