// who asks without a pause whether a child has ended gets an answer in the end
#include <sys/stat.h>

#include "subject.h"

int main(void)
{
    int status;
    pid_t pid = must(fork(), "fork");
    if (pid == 0) {
        for (int i = 0; i < 300; i++)
            kill(getpid(), 0), umask(022);
        _exit(3);
    }
    while (waitpid(pid, &status, WNOHANG) == 0)
        ;
    say("%s\n", how(status));
}
