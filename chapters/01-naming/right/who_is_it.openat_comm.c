/* A descriptor of the directory /proc/PID, so that all files are of the same
 * process even if its pid is used again; the name from comm, parent and state
 * from the lines of status; output by write(). */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static ssize_t slurp(int dir, const char *file, char *to, size_t size)
{
    int fd = openat(dir, file, O_RDONLY | O_CLOEXEC);
    if (fd == -1)
        return -1;
    size_t have = 0;
    ssize_t n;
    while ((n = read(fd, to + have, size - have - 1)) > 0)
        have += (size_t)n;
    close(fd);
    to[have] = '\0';
    return n < 0 ? -1 : (ssize_t)have;
}

static void tidy(char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (iscntrl((unsigned char)text[i]))
            text[i] = '?';
}

static int show(int pid)
{
    static char line[1 << 20], cmdline[1 << 19], status[1 << 16];
    char path[64], comm[64], state = '?';
    int parent = -1;
    snprintf(path, sizeof path, "/proc/%d", pid);
    int dir = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    ssize_t name = -1, n = -1;
    if (dir != -1 && slurp(dir, "status", status, sizeof status) > 0) {
        name = slurp(dir, "comm", comm, sizeof comm);
        n = slurp(dir, "cmdline", cmdline, sizeof cmdline);
    }
    if (dir != -1)
        close(dir);
    if (name < 1 || n < 0) {
        warnx("there is no process %d", pid);
        return 1;
    }
    sscanf(strstr(status, "\nState:"), "\nState: %c", &state);
    sscanf(strstr(status, "\nPPid:"), "\nPPid: %d", &parent);
    tidy(comm, (size_t)name - 1);
    comm[name - 1] = '\0';
    int len =
        snprintf(line, sizeof line, "%d: parent %d, state %c, name %s, command",
                 pid, parent, state, comm);
    if (n == 0)
        len += sprintf(line + len, " none");
    for (ssize_t i = 0; i < n; i += (ssize_t)strlen(cmdline + i) + 1) {
        tidy(cmdline + i, strlen(cmdline + i));
        len += sprintf(line + len, " \"%s\"", cmdline + i);
    }
    line[len++] = '\n';
    return write(STDOUT_FILENO, line, (size_t)len) == len ? 0 : 1;
}

int main(int argc, char **argv)
{
    int failures = 0;
    if (argc == 1)
        errx(2, "no pid");
    for (int i = 1; i < argc; i++)
        if (strlen(argv[i]) > 7 ||
            strspn(argv[i], "0123456789") != strlen(argv[i]) ||
            atoi(argv[i]) < 1 || atoi(argv[i]) > 4194304)
            errx(2, "\"%s\" is no pid", argv[i]);
    for (int i = 1; i < argc; i++)
        failures += show(atoi(argv[i]));
    return failures > 0;
}
