// fork(2) copies what is still in stdio's buffer: on a pipe a line printed once
// comes out twice
#include "subject.h"

int main(void)
{
    printf("printed once\n");
    pid_t pid = must(fork(), "fork");
    if (pid == 0) {
        printf("child\n");
        exit(0);
    }
    reap(pid);
    printf("parent\n");
    fflush(stdout);
    pid = must(fork(), "fork");
    if (pid == 0)
        exit(0);
    reap(pid);
    printf("end\n");
}
