// execve(2): descriptors stay open unless marked close-on-exec; the pid, the
// parent, the directory and the umask stay
#include "subject.h"
#include <sys/stat.h>

int main(int argc, char **argv)
{
    char pid[16], ppid[16];
    if (argc > 1) {
        say("30 open: %s\n", yes(fcntl(30, F_GETFD) != -1));
        say("31 open: %s\n", yes(fcntl(31, F_GETFD) != -1));
        say("same pid: %s\n", yes(getpid() == atoi(argv[1])));
        say("same parent: %s\n", yes(getppid() == atoi(argv[2])));
        char *dir = getcwd(NULL, 0);
        say("umask %03o, in /: %s\n", umask(0), yes(strcmp(dir, "/") == 0));
        free(dir);
        return 0;
    }
    must(dup2(STDOUT_FILENO, 30), "dup2");
    must(dup3(STDOUT_FILENO, 31, O_CLOEXEC), "dup3");
    snprintf(pid, sizeof pid, "%d", getpid());
    snprintf(ppid, sizeof ppid, "%d", getppid());
    int self = must(open(argv[0], O_PATH), "open");
    umask(027);
    must(chdir("/"), "chdir");
    char *args[] = {argv[0], pid, ppid, NULL}, *env[] = {NULL};
    fexecve(self, args, env);
    err(99, "fexecve");
}
