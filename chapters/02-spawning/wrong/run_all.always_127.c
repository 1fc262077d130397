// fails: run_failed_exec: ": exit code 126"
// why: 127 for whatever goes wrong.  A file that is there and cannot be
//      executed is another mistake than a wrong name, and the shell says 126.
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXIT_USAGE = 2, EXIT_NOT_FOUND = 127 };

struct command {
    const char *text;
    char **words; /* ends with NULL, as exec wants it */
    pid_t pid;
};

/* The words of a text, in an array that ends with NULL.  A word and the blank
 * behind it take two bytes at least, so there are never more than half as many
 * words as bytes, rounded up. */
static char **split(const char *text)
{
    char *copy = strdup(text);
    char **words = calloc(strlen(text) / 2 + 2, sizeof *words);
    if (!copy || !words)
        err(EXIT_FAILURE, "%s", text);
    size_t n = 0;
    for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "))
        words[n++] = word;
    return words;
}

/* The life of a child: it ends in another program, or here. */
static _Noreturn void execute(const struct command *c)
{
    execvp(c->words[0], c->words);
    warn("%s", c->words[0]);
    _exit(EXIT_NOT_FOUND);
}

static bool start(struct command *c)
{
    c->pid = fork();
    if (c->pid == 0)
        execute(c);
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
        commands[i].words = split(argv[i + 1]);
        if (!commands[i].words[0])
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
