/* A child writes into three kinds of memory. What does its parent see? */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static int *map(int how)
{
    int *memory = mmap(NULL, sizeof *memory, PROT_READ | PROT_WRITE,
                       how | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        err(EXIT_FAILURE, "mmap");
    return memory;
}

int main(void)
{
    int variable = 0, *mine = map(MAP_PRIVATE), *ours = map(MAP_SHARED);
    pid_t pid = fork();
    if (pid == -1)
        err(EXIT_FAILURE, "fork");
    if (pid == 0) {
        variable = *mine = *ours = 7;
        _exit(EXIT_SUCCESS);
    }
    if (wait(NULL) == -1)
        err(EXIT_FAILURE, "wait");
    printf("variable %d, private %d, shared %d\n", variable, *mine, *ours);
    return EXIT_SUCCESS;
}
