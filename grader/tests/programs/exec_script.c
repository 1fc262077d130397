// execve(2) of a script runs its interpreter; the name is the script's
#include "subject.h"
#include <sys/stat.h>

int main(void)
{
    static const char script[] = "#!/bin/sh -u\n"
                                 "echo \"$0 got $# arguments: $1\"\n"
                                 "cat /proc/$$/comm\n"
                                 "exit 13\n";
    int fd = must(creat("a-script", 0700), "creat");
    must(write(fd, script, sizeof script - 1), "write");
    close(fd);
    pid_t pid = must(fork(), "fork");
    if (pid == 0) {
        execl("./a-script", "ignored", "first", "second", NULL);
        err(99, "exec");
    }
    say("%s\n", how(reap(pid)));
    unlink("a-script");
}
