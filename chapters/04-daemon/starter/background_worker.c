/* background_worker [daemon:]NAME:SECONDS ...
 *
 * The task and its contract: README.md of chapter 04-daemon.
 *
 * What is here reads the arguments.  What to do is marked TODO 1 to 5; after
 * TODO 3 normal workers are done, then come the daemons.
 */
#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct worker {
    char name[64];
    bool daemon;
    unsigned seconds;
};

/* Two fields, or three of which the first is "daemon". */
static bool parse_worker(const char *arg, struct worker *w)
{
    static const char prefix[] = "daemon:";
    size_t skip = sizeof prefix - 1;
    w->daemon = strncmp(arg, prefix, skip) == 0 && strchr(arg + skip, ':');
    if (w->daemon)
        arg += skip;
    size_t len = strcspn(arg, ":");
    if (arg[len] != ':' || len == 0 || len >= sizeof w->name)
        return false;
    memcpy(w->name, arg, len);
    w->name[len] = '\0';
    /* TODO 1: accept a whole number from 1 to 3600 and nothing else. */
    w->seconds = (unsigned)strtoul(arg + len + 1, NULL, 10);
    return true;
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? argc - 1 : 0;
    struct worker *workers = calloc((size_t)n + 1, sizeof *workers);
    if (!workers)
        err(EXIT_FAILURE, "calloc");
    int daemons = 0;
    for (int i = 0; i < n; i++) {
        if (!parse_worker(argv[i + 1], &workers[i]))
            errx(EXIT_FAILURE, "%s: not [daemon:]NAME:SECONDS", argv[i + 1]);
        if (workers[i].daemon)
            daemons++;
    }

    /* TODO 2: main's first line comes before the first fork(2).  Where is it
     * when stdout is a pipe, and how many processes have a copy of it then?
     * After it start all workers, daemons too; each prints its lines. */
    printf("%d normal workers and %d daemons to start\n", n - daemons, daemons);

    /* TODO 3: wait for the normal workers, and for them only.  Then main has
     * nothing left to do, and says so. */

    /* TODO 4: a daemon must be gone when main is, even if main was killed by
     * SIGKILL and could do nothing about it.  So the daemon (not main) must
     * arrange for it: prctl(2), PR_SET_PDEATHSIG. */

    /* TODO 5: and if main is gone before the daemon's first instruction? */

    free(workers);
    return EXIT_SUCCESS;
}
