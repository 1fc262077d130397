// observed only: what the grader's own processes are and have does not show:
// no command line (it tells the seed), environment, memory, file or directory
// expect: nothing is seen
#include "subject.h"

static void look(int pid, const char *what, int flags)
{
    char path[64], byte;
    snprintf(path, sizeof path, "/proc/%d/%s", pid, what);
    int fd = open(path, flags);
    if (fd == -1)
        return;
    while (read(fd, &byte, 1) == 1)
        if (byte) {
            say("%s can be read\n", path);
            break;
        }
    if (flags == O_RDWR)
        say("%s can be opened to write\n", path);
    close(fd);
}

static void follow(int pid, const char *what)
{
    char path[64], target[256];
    snprintf(path, sizeof path, "/proc/%d/%s", pid, what);
    if (readlink(path, target, sizeof target) != -1)
        say("%s can be followed\n", path);
}

int main(void)
{
    only_if_confined();
    for (int pid = 1; pid <= 2; pid++) {
        look(pid, "cmdline", O_RDONLY);
        look(pid, "environ", O_RDONLY);
        look(pid, "maps", O_RDONLY);
        look(pid, "mem", O_RDWR);
        follow(pid, "exe");
        follow(pid, "cwd");
        follow(pid, "root");
        follow(pid, "fd/900");
    }
    say("nothing is seen\n");
}
