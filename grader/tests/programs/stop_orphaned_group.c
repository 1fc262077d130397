// credentials(7), setpgid(2): in an orphaned process group SIGTSTP does not
// stop; a group that becomes orphaned with a stopped member gets SIGHUP,
// SIGCONT
#include "subject.h"

static int line[2];

static void note(int sig)
{
    dprintf(line[1], "SIG%s\n", sigabbrev_np(sig));
}

static void alone(void)
{
    setsid();
    raise(SIGTSTP);
    say("SIGTSTP did not stop me\n");
}

static void member(void)
{
    struct sigaction action = {.sa_handler = note};
    sigfillset(&action.sa_mask);
    sigaction(SIGHUP, &action, NULL);
    sigaction(SIGCONT, &action, NULL);
    raise(SIGSTOP);
    dprintf(line[1], "going on\n");
}

static void leader(void)
{
    setpgid(0, 0);
    pid_t pid = start(member);
    must(waitpid(pid, NULL, WUNTRACED), "waitpid");
    _exit(0); /* the member's group has no parent in this session any more */
}

static void adopter(void)
{
    must(setsid(), "setsid");
    reap(start(leader));
}

int main(void)
{
    char text[64];
    ssize_t n;
    say("%s\n", how(reap(start(alone))));
    must(pipe(line), "pipe");
    reap(start(adopter));
    close(line[1]);
    while ((n = read(line[0], text, sizeof text)) > 0)
        must((int)write(STDOUT_FILENO, text, (size_t)n), "write");
    return 0;
}
