// vfork(2) + execve(2): the parent runs on as soon as the child is another
// program, while that still sleeps
#include "subject.h"

int main(int argc, char **argv)
{
    if (argc > 1) {
        nap(60);
        return 5;
    }
    for (int i = 0; i < 5; i++) {
        pid_t pid = vfork();
        if (pid == 0) {
            execl(argv[0], argv[0], "again", NULL);
            _exit(127);
        }
        int status;
        bool before = waitpid(pid, &status, WNOHANG) == 0;
        say("%d: parent ran before its end: %s\n", i, yes(before));
        say("%d: %s\n", i, how(before ? reap(pid) : status));
    }
    pid_t pid = vfork();
    if (pid == 0) {
        execl("./no-such-program", "x", NULL);
        _exit(errno == ENOENT ? 44 : 45);
    }
    say("a failing exec: %s\n", how(reap(pid)));
}
