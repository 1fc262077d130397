// a stopped process gets its signals when it goes on; SIGKILL needs no SIGCONT
#include "subject.h"

static int line[2];

static void note(int sig)
{
    say("child: SIG%s\n", sigabbrev_np(sig));
    must((int)write(line[1], "x", 1), "write");
}

static void child(void)
{
    on(SIGUSR1, note, 0);
    on(SIGCONT, note, 0);
    must((int)write(line[1], "x", 1), "write");
    for (;;)
        pause();
}

int main(void)
{
    int status;
    char c;
    must(pipe(line), "pipe");
    pid_t pid = start(child);
    must((int)read(line[0], &c, 1), "read");
    kill(pid, SIGSTOP);
    must(waitpid(pid, &status, WUNTRACED), "waitpid");
    say("%s\n", how(status));
    kill(pid, SIGUSR1);
    nap(30);
    say("nothing handled yet: %s\n", yes(waitpid(pid, &status, WNOHANG) == 0));
    kill(pid, SIGCONT);
    must(waitpid(pid, &status, WCONTINUED), "waitpid");
    must((int)read(line[0], &c, 1), "read");
    must((int)read(line[0], &c, 1), "read");
    say("%s\n", how(status));
    kill(pid, SIGSTOP);
    must(waitpid(pid, &status, WUNTRACED), "waitpid");
    kill(pid, SIGTERM);
    kill(pid, SIGKILL);
    say("%s\n", how(reap(pid)));
}
