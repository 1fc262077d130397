/* who_is_it PID...
 *
 * The task and its contract: README.md of chapter 01-naming.
 *
 * What is here reads a file of /proc.  What is missing is marked TODO 1 to 4;
 * do them in that order, compile and run after each: bin/who_is_it $$ 1
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The bytes of a file; ended by a NUL that does not count. */
struct bytes {
    char *at;
    size_t n;
};

/* Reads a file to its end; false, with errno, if that fails. */
static bool read_all(int fd, struct bytes *out)
{
    size_t room = 0;
    *out = (struct bytes){NULL, 0};
    for (;;) {
        if (out->n + 1 >= room) {
            room = room ? 2 * room : 4096;
            out->at = realloc(out->at, room);
            if (!out->at)
                err(EXIT_FAILURE, "realloc");
        }
        ssize_t n = read(fd, out->at + out->n, room - out->n - 1);
        if (n <= 0) {
            out->at[out->n] = '\0';
            return n == 0;
        }
        out->n += (size_t)n;
    }
}

/* Reads the file /proc/PID/NAME; out->at is to be freed in any case. */
static bool read_proc(const char *pid, const char *name, struct bytes *out)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%s/%s", pid, name);
    *out = (struct bytes){NULL, 0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd == -1)
        return false;
    bool well = read_all(fd, out);
    close(fd);
    return well;
}

int main(int argc, char **argv)
{
    /* TODO 1: refuse what is no pid before you look at any: a whole number
     * from 1 to 4194304 and nothing behind it, strtoul(3).  None is an error,
     * too. */

    for (int i = 1; i < argc; i++) {
        struct bytes stat;
        bool there = read_proc(argv[i], "stat", &stat);

        /* TODO 2: take "PID (NAME) STATE PPID ..." to pieces, proc(5).  What
         * may a NAME be?  Where does it end? */
        if (there)
            printf("There is a process %s, of which we know nothing yet.\n",
                   argv[i]);

        /* TODO 3: read "cmdline" as well and print each argument in quotes.
         * What is between two arguments, and what is behind the last one? */

        /* TODO 4: a process that is not there is an error: say so on stderr,
         * go on with the next one, end with exit code 1. */

        free(stat.at);
    }
    return EXIT_SUCCESS;
}
