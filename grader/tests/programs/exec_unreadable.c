// execve(2) of a file that may be executed, but not read, makes a process that
// tracers without rights must not look into
#include "subject.h"
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>

static void copy_myself(const char *path)
{
    struct stat st;
    int from = must(open("/proc/self/exe", O_RDONLY), "open");
    int to = must(open(path, O_WRONLY | O_CREAT | O_EXCL, 0700), "create");
    must(fstat(from, &st), "fstat");
    off_t offset = 0;
    while (offset < st.st_size)
        must((int)sendfile(to, from, &offset, (size_t)st.st_size), "sendfile");
    must(fchmod(to, 0111), "chmod");
    close(from);
    close(to);
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        int64_t before = now_ms();
        prctl(PR_SET_NAME, "unreadable");
        say("executed as %s\n", argv[1]);
        nap(30);
        say("slept: %s\n", yes(now_ms() - before >= 30));
        return 3;
    }
    char path[64];
    snprintf(path, sizeof path, "./subject.%d", getpid());
    copy_myself(path);
    pid_t pid = must(fork(), "fork");
    if (pid == 0) {
        execl(path, path, "one", NULL);
        _exit(127);
    }
    say("%s\n", how(reap(pid)));
    unlink(path);
}
