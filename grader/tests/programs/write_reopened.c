// stdout opened anew by its names in /dev and /proc
#include "subject.h"

static void try(const char *path)
{
    int fd = open(path, O_WRONLY);
    if (fd == -1)
        say("%s: %s\n", path, strerrorname_np(errno));
    else
        dprintf(fd, "by %s\n", path);
    close(fd);
}

int main(void)
{
    try("/dev/stdout");
    try("/proc/self/fd/1");
    try("/dev/fd/1");
    system("echo by the shell > /dev/stdout");
    system("echo tee | tee /dev/stderr");
}
