/* long_title NAME...
 *
 * The task and its contract: README.md of chapter 01-naming.
 *
 * What is here reads titles and shows variables.  What is missing is marked
 * TODO 1 to 4; do them in that order, compile and run after each.  To look at
 * it, in a second terminal: ps -a -o pid,comm,args
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ; /* no header has to declare it, see environ(7) */

static void set_title(const char *title)
{
    /* TODO 1: the name, comm, which has 15 bytes at most: prctl(2). */

    /* TODO 2: the command line.  The kernel reads it where execve() has laid
     * the arguments, one string behind the other: from argv[0] on.  Write the
     * title there, and leave nothing behind it of what was there before. */

    printf("Nobody calls us \"%s\" yet.\n", title);
}

/* TODO 3: a title may be longer than all arguments together.  Behind them, in
 * the same piece of memory, lies the environment.  Make room: copy what you
 * still need of both to somewhere else before the first title is set, and let
 * environ, environ(7), point to the copies.  Where does the room end? */

/* TODO 4: what becomes of a title for which even that room is too small? */

static void show_variable(const char *name)
{
    const char *value = getenv(name);
    if (value)
        printf("%s is set, to %zu bytes.\n", name, strlen(value));
}

int main(int argc, char **argv)
{
    char *line = NULL;
    size_t size = 0;
    ssize_t n;
    while ((n = getline(&line, &size, stdin)) > 0) {
        if (line[n - 1] == '\n')
            line[n - 1] = '\0';
        set_title(line);
        fflush(stdout);
    }
    free(line);
    for (int i = 1; i < argc; i++)
        show_variable(argv[i]);
    return EXIT_SUCCESS;
}
