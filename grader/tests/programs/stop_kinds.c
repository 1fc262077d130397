// SIGTSTP, SIGTTIN, SIGTTOU stop by default, can be handled or ignored;
// SIGCONT goes on even where it is blocked
#include "subject.h"

static int line[2];

static void note(int sig)
{
    say("handled SIG%s\n", sigabbrev_np(sig));
    must((int)write(line[1], "x", 1), "write");
}

static void child(void)
{
    setpgid(0, 0);
    block(SIGCONT);
    must((int)write(line[1], "x", 1), "write");
    for (;;)
        pause();
}

static void await(void)
{
    must((int)read(line[0], &(char){0}, 1), "read");
}

static void stop_by(int sig)
{
    int status;
    pid_t pid = start(child);
    await();
    kill(pid, sig);
    must(waitpid(pid, &status, WUNTRACED), "waitpid");
    say("%s\n", how(status));
    kill(pid, SIGCONT);
    must(waitpid(pid, &status, WCONTINUED), "waitpid");
    say("%s\n", how(status));
    kill(pid, SIGTERM);
    say("%s\n", how(reap(pid)));
}

int main(void)
{
    must(pipe(line), "pipe");
    stop_by(SIGTSTP);
    stop_by(SIGTTIN);
    stop_by(SIGTTOU);
    on(SIGTSTP, note, 0);
    on(SIGTTIN, SIG_IGN, 0);
    pid_t pid = start(child);
    await();
    kill(pid, SIGTTIN);
    kill(pid, SIGTSTP);
    await();
    kill(pid, SIGTERM);
    say("%s\n", how(reap(pid)));
}
