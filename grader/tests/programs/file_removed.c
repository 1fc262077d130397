// unlink(2): a name goes at once, the file with its last descriptor
#include "subject.h"
#include <sys/stat.h>

static void child(void)
{
    int fd = must(open("removed", O_RDWR | O_CREAT | O_EXCL, 0600), "open");
    must(dprintf(fd, "still here"), "dprintf");
    must(unlink("removed"), "unlink");
    char text[32] = "";
    must((int)pread(fd, text, sizeof text - 1, 0), "pread");
    say("%s\n", text);
}

int main(void)
{
    say("%s\n", how(reap(start(child))));
    int again = unlink("removed");
    say("again: %d %s\n", again, strerrorname_np(errno));
    must(mkdir("empty", 0700), "mkdir");
    int directory = unlink("empty");
    say("a directory: %d %s\n", directory, strerrorname_np(errno));
    say("removed by unlinkat: %d\n",
        unlinkat(AT_FDCWD, "empty", AT_REMOVEDIR));
}
