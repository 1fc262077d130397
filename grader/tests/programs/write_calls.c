// the other calls that can write to stdout: writev, pwritev2, sendfile, splice,
// tee, vmsplice; and those that cannot on a pipe
#include "subject.h"
#include <sys/sendfile.h>
#include <sys/uio.h>

static void show(const char *what, ssize_t r)
{
    say("%s: %zd%s%s\n", what, r, r < 0 ? " " : "",
        r < 0 ? strerrorname_np(errno) : "");
}

static struct iovec io[] = {{"one ", 4}, {"two ", 4}, {"three\n", 6}};

static void from_pipe(void)
{
    int ends[2];
    must(pipe(ends), "pipe");
    must((int)write(ends[1], "spliced\n", 8), "write");
    show("tee", tee(ends[0], STDOUT_FILENO, 100, 0));
    show("splice", splice(ends[0], NULL, STDOUT_FILENO, NULL, 100, 0));
}

static void from_file(void)
{
    off_t at = 0;
    int fd =
        must(open("subject.txt", O_RDWR | O_CREAT | O_TRUNC, 0600), "open");
    unlink("subject.txt");
    must((int)write(fd, "from a file\n", 12), "write");
    show("sendfile", sendfile(STDOUT_FILENO, fd, &at, 12));
    at = 0;
    show("splice", splice(fd, &at, STDOUT_FILENO, NULL, 12, 0));
    at = 0;
    show("copy_file_range",
         copy_file_range(fd, &at, STDOUT_FILENO, NULL, 12, 0));
}

int main(void)
{
    show("writev", writev(STDOUT_FILENO, io, 3));
    show("pwritev2", pwritev2(STDOUT_FILENO, io, 3, -1, 0));
    show("vmsplice", vmsplice(STDOUT_FILENO, io, 3, 0));
    show("pwrite", pwrite(STDOUT_FILENO, "lost\n", 5, 0));
    show("empty", write(STDOUT_FILENO, "", 0));
    show("no descriptor", write(-1, "lost", 4));
    from_pipe();
    from_file();
}
