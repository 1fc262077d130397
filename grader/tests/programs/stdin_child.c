// standard input is inherited; a child that reads it shares what is left
#include "subject.h"

int main(void)
{
    char line[64];
    int n = 0;
    pid_t pid = must(fork(), "fork");
    if (pid == 0) {
        while (read(STDIN_FILENO, line, 1) == 1)
            n++;
        say("child read %d bytes\n", n);
        _exit(0);
    }
    reap(pid);
    say("left: %zd\n", read(STDIN_FILENO, line, sizeof line));
}
