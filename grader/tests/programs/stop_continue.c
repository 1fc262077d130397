// WUNTRACED and WCONTINUED: a stop and a continuation are each told once
#include "subject.h"

static void child(void)
{
    for (;;)
        pause();
}

int main(void)
{
    int status;
    pid_t pid = start(child);
    for (int i = 0; i < 2; i++) {
        kill(pid, SIGSTOP);
        must(waitpid(pid, &status, WUNTRACED | WCONTINUED), "waitpid");
        say("%s, stopped: %s\n", how(status), yes(WIFSTOPPED(status)));
        say("told once: %s\n",
            yes(waitpid(pid, &status, WUNTRACED | WCONTINUED | WNOHANG) == 0));
        kill(pid, SIGCONT);
        must(waitpid(pid, &status, WUNTRACED | WCONTINUED), "waitpid");
        say("%s, continued: %s\n", how(status), yes(WIFCONTINUED(status)));
        say("told once: %s\n",
            yes(waitpid(pid, &status, WUNTRACED | WCONTINUED | WNOHANG) == 0));
    }
    kill(pid, SIGSTOP);
    nap(30);
    say("without WUNTRACED: %d\n", waitpid(pid, &status, WNOHANG));
    kill(pid, SIGKILL);
    say("%s\n", how(reap(pid)));
}
