/* The kernel reaps a child first, and then finds that there is no room for what
 * it tells: the child is gone. */
#include "subject.h"

#include <sys/resource.h>
#include <sys/syscall.h>

static void *const nowhere = (void *)8;

static void leave_at_once(void)
{
    _exit(3);
}

static void told(const char *what, long result)
{
    say("%s: %s\n", what, result == -1 ? strerrorname_np(errno) : "done");
}

int main(void)
{
    siginfo_t info;
    pid_t pid = start(leave_at_once);
    told("status", waitpid(-1, nowhere, 0));
    told("again", waitpid(pid, NULL, 0));
    pid = start(leave_at_once);
    told("status of one", waitpid(pid, nowhere, 0));
    told("again", waitpid(pid, NULL, 0));
    start(leave_at_once);
    told("usage", wait4(-1, NULL, 0, nowhere));
    told("again", waitpid(-1, NULL, 0));
    pid = start(leave_at_once);
    told("info", syscall(SYS_waitid, P_PID, pid, nowhere, WEXITED, NULL));
    told("again", waitid(P_PID, (id_t)pid, &info, WEXITED));
    return 0;
}
