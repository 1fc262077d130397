// fork(2): memory is a copy, an open file description is shared
#include "subject.h"

int main(void)
{
    char text[8] = "mine", buffer[8] = "";
    int fd = must(open("shared", O_RDWR | O_CREAT | O_TRUNC, 0600), "open");
    unlink("shared");
    must(write(fd, "abcdef", 6), "write");
    lseek(fd, 0, SEEK_SET);
    pid_t pid = must(fork(), "fork");
    if (pid == 0) {
        strcpy(text, "child's");
        must(read(fd, buffer, 3), "read");
        say("child: %s, read %s\n", text, buffer);
        _exit(0);
    }
    reap(pid);
    must(read(fd, buffer, 3), "read");
    say("parent: %s, read %s\n", text, buffer);
}
