/* spawns N PROGRAM: posix_spawn(3) of a program and wait, N times. */
#include <err.h>
#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc < 3)
        errx(2, "usage: spawns N PROGRAM");
    for (int i = 0; i < atoi(argv[1]); i++) {
        pid_t pid;
        errno = posix_spawn(&pid, argv[2], NULL, NULL, argv + 2, environ);
        if (errno)
            err(EXIT_FAILURE, "%s", argv[2]);
        if (waitpid(pid, NULL, 0) != pid)
            err(EXIT_FAILURE, "waitpid");
    }
    return EXIT_SUCCESS;
}
