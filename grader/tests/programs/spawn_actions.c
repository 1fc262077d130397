// posix_spawn(3): file actions, attributes (group, mask, default signals)
#include "subject.h"
#include <spawn.h>

extern char **environ;

static void show(void)
{
    sigset_t mask;
    struct sigaction term;
    sigprocmask(SIG_SETMASK, NULL, &mask);
    sigaction(SIGTERM, NULL, &term);
    say("own group: %s\n", yes(getpgrp() == getpid()));
    say("USR1 blocked: %s\n", yes(sigismember(&mask, SIGUSR1)));
    say("TERM ignored: %s\n", yes(term.sa_handler == SIG_IGN));
    say("descriptor 20 open: %s\n", yes(fcntl(20, F_GETFD) != -1));
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        show();
        return 6;
    }
    posix_spawnattr_t attr;
    posix_spawn_file_actions_t files;
    sigset_t mask = one(SIGUSR1), term = one(SIGTERM);
    on(SIGTERM, SIG_IGN, 0);
    posix_spawnattr_init(&attr);
    posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETPGROUP |
                                        POSIX_SPAWN_SETSIGMASK |
                                        POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setpgroup(&attr, 0);
    posix_spawnattr_setsigmask(&attr, &mask);
    posix_spawnattr_setsigdefault(&attr, &term);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, 20);
    char *args[] = {argv[0], "child", NULL};
    pid_t pid;
    int error = posix_spawn(&pid, argv[0], &files, &attr, args, environ);
    say("posix_spawn: %d, %s\n", error, how(reap(pid)));
    posix_spawnattr_destroy(&attr);
    posix_spawn_file_actions_destroy(&files);
}
