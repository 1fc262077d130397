// pwritev2(2) with the offset -1 writes to a pipe as writev(2) does
#include "subject.h"
#include <sys/syscall.h>
#include <sys/uio.h>

static void write_line(const char *line)
{
    struct iovec v = {(void *)(uintptr_t)line, strlen(line)};
    /* libc makes a writev(2) of it. */
    must((int)syscall(SYS_pwritev2, STDOUT_FILENO, &v, 1, -1L, -1L, 0),
         "pwritev2");
}

int main(void)
{
    write_line("by main\n");
    pid_t pid = must(fork(), "fork");
    if (pid == 0) {
        write_line("by a child\n");
        _exit(0);
    }
    reap(pid);
    return 0;
}
