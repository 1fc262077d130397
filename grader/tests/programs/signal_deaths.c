// signal(7): signals whose default action is to end the process, sent by the
// parent; and those that do nothing
#include "subject.h"
#include <sys/resource.h>

static void wait_forever(void)
{
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    for (;;)
        pause();
}

int main(void)
{
    static const int deadly[] = {SIGHUP,  SIGINT,  SIGQUIT,  SIGUSR1, SIGUSR2,
                                 SIGALRM, SIGTERM, SIGKILL,  SIGPIPE, SIGSEGV,
                                 SIGABRT, SIGSYS,  SIGVTALRM};
    static const int harmless[] = {SIGCHLD, SIGURG, SIGWINCH, SIGCONT};
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++) {
        pid_t pid = start(wait_forever);
        must(kill(pid, deadly[i]), "kill");
        say("%s\n", how(reap(pid)));
    }
    pid_t pid = start(wait_forever);
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
        must(kill(pid, harmless[i]), "kill");
    nap(20);
    say("survives the others: %s\n", yes(waitpid(pid, NULL, WNOHANG) == 0));
    kill(pid, SIGRTMIN + 3);
    say("real-time: %s\n", yes(WTERMSIG(reap(pid)) == SIGRTMIN + 3));
}
