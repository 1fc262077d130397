// fails: run_reports: "Nobody did, nor a line like it"
// fails: run_failed_exec: "exit code 127"
// why: the child is to execute the command and then to report how that went.
//      What stands behind exec is run only if exec has failed.
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXIT_USAGE = 2 };

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

/* The life of a child. */
static _Noreturn void execute(int number, const struct command *c)
{
    execvp(c->words[0], c->words);
    printf("[%d] %s: exit code 0\n", number, c->text);
    fflush(stdout);
    _exit(EXIT_SUCCESS);
}

static bool start(int number, struct command *c)
{
    c->pid = fork();
    if (c->pid == 0)
        execute(number, c);
    if (c->pid == -1)
        warn("cannot start \"%s\"", c->text);
    return c->pid != -1;
}

/* Waits for a command; true if it succeeded. */
static bool report(const struct command *c)
{
    int status;
    while (waitpid(c->pid, &status, 0) == -1) {
        if (errno != EINTR)
            err(EXIT_FAILURE, "waitpid");
    }
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
    while (started < n && start(started + 1, &commands[started]))
        started++;
    bool well = started == n;
    for (int i = 0; i < started; i++) {
        if (!report(&commands[i]))
            well = false;
    }
    return well ? EXIT_SUCCESS : EXIT_FAILURE;
}
