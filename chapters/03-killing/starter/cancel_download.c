/* cancel_download NAME:STEP_SECONDS ...
 *
 * The task and its contract: README.md of chapter 03-killing.
 *
 * What is here reads arguments and commands and does nothing about either.
 * What to do is marked TODO 1 to 5; do them in that order.
 */
#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct download {
    char name[64];
    unsigned step_seconds;
    /* TODO 1: what must main remember of a child?  Its pid; whether it was
     * cancelled; whether it was reaped, and with which status. */
};

/* Takes "NAME:STEP_SECONDS" to pieces; false if it is anything else. */
static bool parse_download(const char *arg, struct download *d)
{
    size_t len = strcspn(arg, ": \t\n");
    if (arg[len] != ':' || len == 0 || len >= sizeof d->name)
        return false;
    memcpy(d->name, arg, len);
    d->name[len] = '\0';
    /* TODO 2: accept a whole number from 1 to 3600 and nothing else.  And
     * somewhere: no two downloads with the same name. */
    d->step_seconds = (unsigned)strtoul(arg + len + 1, NULL, 10);
    return true;
}

/* Does what one line of input says. */
static void obey(const char *line)
{
    /* TODO 4: "status" says of each download whether it is alive, "cancel
     * NAME" sends that one SIGTERM: kill(2).  A child that has ended but was
     * not reaped still has its pid; one that was reaped has not.  waitpid(2)
     * with WNOHANG tells without waiting. */
    fprintf(stderr, "not done yet: %s\n", line);
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? argc - 1 : 0;
    struct download *list = calloc((size_t)n + 1, sizeof *list);
    if (!list)
        err(EXIT_FAILURE, "calloc");
    for (int i = 0; i < n; i++) {
        if (!parse_download(argv[i + 1], &list[i]))
            errx(EXIT_FAILURE, "%s: not NAME:STEP_SECONDS", argv[i + 1]);
    }

    /* TODO 3: start the downloads, a child process each.  Every line that a
     * child prints must leave the process before a signal can end it. */
    printf("%d downloads wanted, none started.\n", n);

    char line[256];
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        obey(line);
    }

    /* TODO 5: the input is over.  Wait for what is left, then print how each
     * download ended, decoded: see WIFEXITED and WIFSIGNALED in wait(2). */
    free(list);
    return EXIT_SUCCESS;
}
