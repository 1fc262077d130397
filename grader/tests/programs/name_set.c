// prctl(PR_SET_NAME): 15 bytes, the rest is cut off; the same in
// /proc/self/comm, in both directions
#include "subject.h"
#include <sys/prctl.h>

static void show(const char *how)
{
    char name[17] = "", line[32] = "";
    prctl(PR_GET_NAME, name);
    int fd = must(open("/proc/self/comm", O_RDONLY), "open");
    must(read(fd, line, sizeof line - 1), "read");
    close(fd);
    say("%s: [%s] %s", how, name, line);
}

static void write_comm(const char *name)
{
    int fd = must(open("/proc/self/comm", O_WRONLY), "open");
    must(write(fd, name, strlen(name)), "write");
    close(fd);
}

int main(void)
{
    show("at start");
    prctl(PR_SET_NAME, "short");
    show("prctl");
    prctl(PR_SET_NAME, "exactly-fifteen");
    show("fifteen");
    prctl(PR_SET_NAME, "this-one-is-cut-here");
    show("cut");
    write_comm("by-file");
    show("file");
    write_comm("a-long-one-of-far-more-bytes-than-any-name-can-have-which-is-"
               "cut-by-the-kernel-without-a-word");
    show("long");
    prctl(PR_SET_NAME, "");
    show("empty");
    prctl(PR_SET_NAME, "a (b) c)");
    show("odd");
}
