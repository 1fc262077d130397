// raise(SIGSTOP): a process stops itself until its parent lets it go on; a
// parent that never looks is not disturbed
#include "subject.h"

static void child(void)
{
    for (int i = 0; i < 3; i++) {
        raise(SIGSTOP);
        say("going on %d\n", i);
    }
    _exit(3);
}

int main(void)
{
    int status;
    pid_t pid = start(child);
    while (waitpid(pid, &status, WUNTRACED) == pid && WIFSTOPPED(status)) {
        say("%s\n", how(status));
        kill(pid, SIGCONT);
    }
    say("%s\n", how(status));
    pid = start(child);
    await_state(pid, 'T');
    say("state T\n");
    kill(pid, SIGKILL);
    say("%s\n", how(reap(pid)));
}
