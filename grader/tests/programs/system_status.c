// system(3): a shell, its exit status, and what happens to SIGCHLD meanwhile
#include "subject.h"

static volatile sig_atomic_t children;

static void count(int sig)
{
    (void)sig;
    children++;
}

int main(void)
{
    say("there is a shell: %s\n", yes(system(NULL) != 0));
    say("exit 3: %s\n", how(system("exit 3")));
    say("killed: %s\n", how(system("kill -TERM $$")));
    say("child of it: %s\n",
        how(system("sh -c 'kill -KILL $$'; exit $(($?-100))")));
    say("unknown: %s\n", how(system("./no-such-program 2>/dev/null")));
    system("echo from the shell; echo to stderr >&2");
    on(SIGCHLD, count, 0);
    system("exit 0");
    say("SIGCHLD handled during system: %d\n", children);
    return WEXITSTATUS(system("exit 9"));
}
