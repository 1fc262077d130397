// /proc/PID/cmdline and comm of a child, read by its parent
#include "subject.h"

static void show(pid_t pid, const char *file)
{
    char path[64], text[64] = "";
    snprintf(path, sizeof path, "/proc/%d/%s", pid, file);
    int fd = must(open(path, O_RDONLY), "open");
    ssize_t n = read(fd, text, sizeof text - 1);
    close(fd);
    for (ssize_t i = 0; i < n; i++)
        if (text[i] == '\0' || text[i] == '\n')
            text[i] = '|';
    say("%s: %s\n", file, text);
}

int main(void)
{
    int to[2], from[2];
    char line[8] = "";
    must(pipe(to), "pipe");
    must(pipe(from), "pipe");
    pid_t pid = must(fork(), "fork");
    if (pid == 0) {
        dup2(to[0], STDIN_FILENO);
        dup2(from[1], STDOUT_FILENO);
        close(to[1]);
        execl("/bin/cat", "my-cat", "-", NULL);
        _exit(127);
    }
    must(write(to[1], "ready\n", 6), "write");
    must(read(from[0], line, sizeof line - 1), "read");
    say("cat says: %s", line);
    show(pid, "comm");
    show(pid, "cmdline");
    close(to[1]);
    say("%s\n", how(reap(pid)));
}
