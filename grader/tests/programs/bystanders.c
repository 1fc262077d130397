// observed only: shows the name, state and command line of each process from
// pid 4 on; see test_bystanders.c
// expect: me 3
#include "subject.h"
#include <ctype.h>

static void show(int pid, const char *file)
{
    char path[64], text[512];
    snprintf(path, sizeof path, "/proc/%d/%s", pid, file);
    int fd = must(open(path, O_RDONLY), path);
    ssize_t n = must((int)read(fd, text, sizeof text), path);
    close(fd);
    for (ssize_t i = 0; i < n; i++)
        if (!isprint((unsigned char)text[i]))
            text[i] = text[i] ? '?' : '|';
    say("%s %.*s\n", file, (int)n, text);
}

static void show_stat(int pid)
{
    char path[64], text[512] = "";
    int parent, group, session;
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    int fd = must(open(path, O_RDONLY), path);
    must((int)read(fd, text, sizeof text - 1), path);
    close(fd);
    char *end = strrchr(text, ')');
    sscanf(end + 3, " %d %d %d", &parent, &group, &session);
    say("%d %c parent %d session %d\n", pid, end[2], parent, session);
}

int main(void)
{
    for (int pid = 4; pid < getpid(); pid++) {
        show_stat(pid);
        show(pid, "comm");
        show(pid, "cmdline");
    }
    say("me %d\n", getpid());
    return 0;
}
