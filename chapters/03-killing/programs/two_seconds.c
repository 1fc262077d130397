#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* The child starts a grandchild; both would take an hour. */
static void family(const sigset_t *mask)
{
    setpgid(0, 0);
    sigprocmask(SIG_SETMASK, mask, NULL);
    if (fork() == -1)
        err(EXIT_FAILURE, "fork");
    sleep(3600);
    _exit(EXIT_SUCCESS);
}

int main(void)
{
    sigset_t child_ended, mask;
    sigemptyset(&child_ended);
    sigaddset(&child_ended, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child_ended, &mask);

    pid_t pid = fork();
    if (pid == -1)
        err(EXIT_FAILURE, "fork");
    if (pid == 0)
        family(&mask);
    setpgid(pid, pid); /* the child does so, too: whoever comes first */

    struct timespec limit = {.tv_sec = 2};
    if (sigtimedwait(&child_ended, NULL, &limit) == SIGCHLD)
        printf("a child has ended, or was stopped\n");
    else if (errno == EAGAIN)
        printf("two seconds are over\n");
    kill(-pid, SIGTERM);
    if (waitpid(pid, NULL, 0) == pid)
        printf("the child is gone, and so is its child\n");
    return EXIT_SUCCESS;
}
