/* who_is_it PID...
 *
 * Says what the kernel knows of a process: its parent, state, name and command
 * line, as /proc has them.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_USAGE = 2, MOST_PID = 4194304 };

/* The bytes of a file; ended by a NUL that does not count. */
struct bytes {
    char *at;
    size_t n;
};

static bool parse_pid(const char *text, int *pid)
{
    if (*text < '0' || *text > '9')
        return false;
    char *end;
    errno = 0;
    unsigned long value = strtoul(text, &end, 10);
    if (errno != 0 || *end != '\0' || value < 1 || value > MOST_PID)
        return false;
    *pid = (int)value;
    return true;
}

/* Reads a file of /proc to its end: it has no size to ask for, and one read()
 * need not return all of it.  False, with errno, if that fails: the process
 * can be gone at any moment, also between open() and read(). */
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

static bool read_proc(int pid, const char *file, struct bytes *out)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", pid, file);
    *out = (struct bytes){NULL, 0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd == -1)
        return false;
    bool well = read_all(fd, out);
    int error = errno;
    close(fd);
    errno = error;
    return well;
}

/* A byte that would move the cursor or worse is shown as "?", as ps does. */
static void print(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        putchar(c < ' ' || c == 127 ? '?' : c);
    }
}

/* Each argument is ended by a NUL byte.  A zombie has none: its memory is
 * gone; a kernel thread never had any. */
static void print_command(const struct bytes *cmdline)
{
    printf(", command");
    if (cmdline->n == 0)
        printf(" none");
    for (size_t i = 0; i < cmdline->n; i += strlen(cmdline->at + i) + 1) {
        printf(" \"");
        print(cmdline->at + i, strlen(cmdline->at + i));
        printf("\"");
    }
    printf("\n");
}

/* stat is "PID (NAME) STATE PPID ...", and NAME may hold anything: it ends at
 * the last parenthesis, as no later field has one. */
static bool print_stat(int pid, const struct bytes *stat)
{
    const char *open = strchr(stat->at, '(');
    const char *close = strrchr(stat->at, ')');
    char state;
    int parent;
    if (!open || !close || sscanf(close + 1, " %c %d", &state, &parent) != 2)
        return false;
    printf("%d: parent %d, state %c, name ", pid, parent, state);
    print(open + 1, (size_t)(close - open - 1));
    return true;
}

/* Reads everything before it prints: half a line is worth nothing. */
static bool show(int pid)
{
    struct bytes stat = {NULL, 0}, cmdline = {NULL, 0};
    bool there =
        read_proc(pid, "stat", &stat) && read_proc(pid, "cmdline", &cmdline);
    if (!there)
        warnx("%d: %s", pid, strerror(errno == ENOENT ? ESRCH : errno));
    else if (print_stat(pid, &stat))
        print_command(&cmdline);
    free(stat.at);
    free(cmdline.at);
    return there;
}

int main(int argc, char **argv)
{
    int pid, status = EXIT_SUCCESS;
    if (argc < 2)
        errx(EXIT_USAGE, "usage: who_is_it PID...");
    for (int i = 1; i < argc; i++) {
        if (!parse_pid(argv[i], &pid))
            errx(EXIT_USAGE, "%s: not a pid", argv[i]);
    }
    for (int i = 1; i < argc; i++) {
        if (parse_pid(argv[i], &pid) && !show(pid))
            status = EXIT_FAILURE;
    }
    if (fflush(stdout) == EOF)
        err(EXIT_FAILURE, "stdout");
    return status;
}
