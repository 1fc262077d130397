// fifo(7): opening one end waits for the other, unless non-blocking
#include "subject.h"
#include <sys/stat.h>

static void writer(void)
{
    nap(40);
    int fd = must(open("subject.fifo", O_WRONLY), "open");
    must((int)write(fd, "through the fifo", 16), "write");
}

int main(void)
{
    char text[32] = "";
    must(mkfifo("subject.fifo", 0600), "mkfifo");
    int fd = open("subject.fifo", O_WRONLY | O_NONBLOCK);
    say("nobody reads: %d %s\n", fd, strerrorname_np(errno));
    int64_t begin = now_ms();
    pid_t pid = start(writer);
    fd = must(open("subject.fifo", O_RDONLY), "open");
    say("open waited: %s\n", yes(now_ms() - begin >= 39));
    must((int)read(fd, text, sizeof text), "read");
    say("%s\n", text);
    say("%s, then %zd\n", how(reap(pid)), read(fd, text, sizeof text));
    unlink("subject.fifo");
}
