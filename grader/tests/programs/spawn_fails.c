// posix_spawn(3) tells of a failing exec in its return value and leaves no
// child; posix_spawnp searches PATH
#include "subject.h"
#include <spawn.h>

extern char **environ;

int main(void)
{
    pid_t pid;
    char *args[] = {"true", NULL};
    int error = posix_spawn(&pid, "./missing", NULL, NULL, args, environ);
    say("missing: %s\n", strerrorname_np(error));
    error = posix_spawn(&pid, "/", NULL, NULL, args, environ);
    say("directory: %s\n", strerrorname_np(error));
    say("no child: %s\n", yes(wait(NULL) == -1 && errno == ECHILD));
    error = posix_spawnp(&pid, "true", NULL, NULL, args, environ);
    say("true: %d, %s\n", error, how(reap(pid)));
}
