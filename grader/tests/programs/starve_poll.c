// who asks every second whether a child has ended gets an answer in the end
#include "subject.h"

int main(void)
{
    int status, asked = 0;
    pid_t pid = must(fork(), "fork");
    if (pid == 0)
        _exit(3);
    while (waitpid(pid, &status, WNOHANG) == 0 && asked++ < 1000)
        sleep(1);
    say("%s, in time: %s\n", how(status), yes(asked <= 16));
}
