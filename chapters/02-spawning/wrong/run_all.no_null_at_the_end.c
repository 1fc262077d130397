// fails: run_child_each: "word by word: "
// why: one array for the words of all commands, in turn, and no NULL behind the
//      last one: a short command gets what a longer one before it has left
//      there.
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXIT_USAGE = 2, EXIT_NOT_EXECUTABLE = 126, EXIT_NOT_FOUND = 127 };

struct command {
    const char *text;
    pid_t pid;
};

static char *words[256];

/* The words of a text. */
static int split(const char *text)
{
    char *copy = strdup(text);
    if (!copy)
        err(EXIT_FAILURE, "%s", text);
    int n = 0;
    for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "))
        words[n++] = word;
    return n;
}

/* The life of a child: it ends in another program, or here. */
static _Noreturn void execute(void)
{
    execvp(words[0], words);
    int code = errno == ENOENT ? EXIT_NOT_FOUND : EXIT_NOT_EXECUTABLE;
    warn("%s", words[0]);
    _exit(code);
}

static bool start(struct command *c)
{
    split(c->text);
    c->pid = fork();
    if (c->pid == 0)
        execute();
    if (c->pid == -1)
        warn("cannot start \"%s\"", c->text);
    return c->pid != -1;
}

/* Waits for a command and reports its end; true if it succeeded. */
static bool report(int number, const struct command *c)
{
    int status;
    while (waitpid(c->pid, &status, 0) == -1) {
        if (errno != EINTR)
            err(EXIT_FAILURE, "waitpid");
    }
    if (WIFSIGNALED(status))
        printf("[%d] %s: killed by signal %d\n", number, c->text,
               WTERMSIG(status));
    else
        printf("[%d] %s: exit code %d\n", number, c->text, WEXITSTATUS(status));
    if (fflush(stdout) == EOF)
        warn("stdout");
    return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    int n = argc - 1;
    if (n < 1)
        errx(EXIT_USAGE, "usage: run_all COMMAND...");
    struct command *commands = calloc((size_t)n, sizeof *commands);
    if (!commands)
        err(EXIT_FAILURE, "calloc");
    for (int i = 0; i < n; i++) {
        commands[i].text = argv[i + 1];
        if (split(argv[i + 1]) == 0)
            errx(EXIT_USAGE, "command %d has no word in it", i + 1);
    }

    printf("Running %d commands.\n", n);
    if (fflush(stdout) == EOF) /* before there are children to copy it */
        err(EXIT_FAILURE, "stdout");
    int started = 0;
    while (started < n && start(&commands[started]))
        started++;
    bool well = started == n;
    for (int i = 0; i < started; i++) {
        if (!report(i + 1, &commands[i]))
            well = false;
    }
    return well ? EXIT_SUCCESS : EXIT_FAILURE;
}
