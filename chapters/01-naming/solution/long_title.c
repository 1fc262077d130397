/* long_title NAME...
 *
 * Titles come on standard input; each becomes what ps -f shows of this process,
 * in its whole length, and its comm as far as that goes.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/types.h>
#include <unistd.h>

extern char **environ; /* no header has to declare it, see environ(7) */

/* The memory in which execve() has laid the arguments and, right behind them,
 * the environment: this is what /proc/PID/cmdline is read from. */
struct room {
    char *begin;
    size_t size;
};

/* The strings lie one behind the other; where one does not, room ends. */
static struct room find_room(char **argv, char **env)
{
    struct room room = {argv[0], 0};
    for (char **s = argv; *s && *s == room.begin + room.size; s++)
        room.size += strlen(*s) + 1;
    for (char **s = env; *s && *s == room.begin + room.size; s++)
        room.size += strlen(*s) + 1;
    return room;
}

/* A copy of a list of strings, somewhere else. */
static char **copy_list(char **list)
{
    size_t n = 0;
    while (list[n])
        n++;
    char **copy = calloc(n + 1, sizeof *copy);
    for (size_t i = 0; copy && i < n; i++) {
        copy[i] = strdup(list[i]);
        if (!copy[i])
            return NULL;
    }
    return copy;
}

/* The last byte of the room stays NUL, and all behind the title: the kernel
 * shows what lies between, up to where the arguments ended; if there is no NUL
 * there, it goes on into the environment, up to the first one. */
static void set_title(const struct room *room, const char *title)
{
    if (room->size > 0) {
        memset(room->begin, '\0', room->size);
        memcpy(room->begin, title, strnlen(title, room->size - 1));
    }
    if (prctl(PR_SET_NAME, title) == -1)
        warn("prctl(PR_SET_NAME)");
}

static void read_titles(const struct room *room)
{
    char *line = NULL;
    size_t size = 0;
    ssize_t n;
    while ((n = getline(&line, &size, stdin)) > 0) {
        if (line[n - 1] == '\n')
            line[n - 1] = '\0';
        if (line[0] != '\0')
            set_title(room, line);
    }
    free(line);
    if (ferror(stdin))
        err(EXIT_FAILURE, "stdin");
}

static void show_variable(const char *name)
{
    const char *value = getenv(name);
    if (value)
        printf("%s=%s\n", name, value);
    else
        printf("%s is not set\n", name);
}

int main(int argc, char **argv)
{
    (void)argc;
    struct room room = find_room(argv, environ);
    char **names = copy_list(argv);
    char **variables = copy_list(environ);
    if (!names || !variables)
        err(EXIT_FAILURE, "no memory for the environment");
    environ = variables;
    read_titles(&room);
    for (int i = 1; names[0] && names[i]; i++)
        show_variable(names[i]);
    if (fflush(stdout) == EOF)
        err(EXIT_FAILURE, "stdout");
    return EXIT_SUCCESS;
}
