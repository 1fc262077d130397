/* reap_all SECONDS:CODE ...
 *
 * The task and its contract: README.md of chapter 03-killing.
 *
 * What is here obeys commands, one after the other, and has no children.  What
 * to do is marked TODO 1 to 4; do them in that order.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Does what one line of input says. */
static void obey(const char *line)
{
    /* TODO 2: "count" tells how many children are left. */
    if (line[strspn(line, " \t\r")] != '\0')
        fprintf(stderr, "not done yet: %s\n", line);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        unsigned seconds;
        int code;
        if (sscanf(argv[i], "%u:%d", &seconds, &code) != 2)
            errx(EXIT_FAILURE, "%s: not SECONDS:CODE", argv[i]);
        /* TODO 1: start a child that sleeps for so long and ends with this
         * exit code; remember which number it has. */
        printf("A child would sleep for %u s.\n", seconds);
    }

    /* TODO 3: fgets() waits for input and for nothing else, so a child that
     * ends meanwhile stays a zombie.  Wait for both: with SIGCHLD blocked, and
     * ppoll(2), which lets it in only while it waits; or with signalfd(2) and
     * poll(2).  stdio keeps lines that poll() does not know of: read(2).
     *
     * TODO 4: whenever you were woken, reap all that have ended: one SIGCHLD
     * may stand for many.  waitpid(2) with -1 and WNOHANG, in a loop. */
    char line[256];
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        obey(line);
    }
    return EXIT_SUCCESS;
}
