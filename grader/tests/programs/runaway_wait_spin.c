// never ends: spins on waitpid(WNOHANG) for a child that never ends
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    pid_t pid = fork();
    if (pid == 0)
        for (;;)
            pause();
    while (waitpid(pid, 0, WNOHANG) == 0)
        ;
}
