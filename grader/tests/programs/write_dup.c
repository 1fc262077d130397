// stdout by other numbers: dup(2), dup2(2), fcntl(F_DUPFD), after close(2) of
// number 1, and number 1 put somewhere else for a while
#include "subject.h"

int main(void)
{
    int a = must(dup(STDOUT_FILENO), "dup");
    int b = must(fcntl(STDOUT_FILENO, F_DUPFD, 50), "fcntl");
    dprintf(a, "by dup\n");
    dprintf(b, "by F_DUPFD, at least 50: %s\n", yes(b >= 50));
    must(dup2(a, 77), "dup2");
    dprintf(77, "by dup2\n");
    close(STDOUT_FILENO);
    dprintf(a, "1 is closed: %s\n", yes(dprintf(1, "lost\n") < 0));
    int file =
        must(open("subject.out", O_RDWR | O_CREAT | O_TRUNC, 0600), "open");
    dprintf(a, "a file became 1: %s\n", yes(file == 1));
    say("into the file\n");
    char text[32] = "";
    must((int)pread(file, text, sizeof text - 1, 0), "pread");
    dprintf(a, "in it: %s", text);
    must(dup2(a, 1), "dup2");
    say("and back\n");
    dup2(1, 2);
    fprintf(stderr, "stderr as stdout\n");
    unlink("subject.out");
}
