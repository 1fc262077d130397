// never ends: goes on making calls, while a child that it has killed is dying
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(void)
{
    pid_t pid = fork();
    if (pid == 0)
        for (;;)
            pause();
    kill(pid, SIGKILL);
    for (;;)
        prctl(PR_SET_NAME, "main");
}
