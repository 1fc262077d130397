// waitpid(2): ECHILD for those who are not my children, EINVAL for options
#include "subject.h"

static void show(const char *what, pid_t pid, int options)
{
    pid_t r = waitpid(pid, NULL, options);
    say("%s: %s\n", what, r == -1 ? strerrorname_np(errno) : "a child");
}

static void grandchild(void)
{
    nap(50);
}

static int line[2];

static void child(void)
{
    pid_t pid = start(grandchild);
    must((int)write(line[1], &pid, sizeof pid), "write");
    reap(pid);
}

int main(void)
{
    pid_t other;
    show("no child", -1, 0);
    show("no child, WNOHANG", -1, WNOHANG);
    show("myself", getpid(), 0);
    show("my parent", getppid(), 0);
    show("options", -1, 0x1234);
    must(pipe(line), "pipe");
    pid_t pid = start(child);
    must((int)read(line[0], &other, sizeof other), "read");
    show("grandchild", other, 0);
    show("child", pid, 0);
    show("child again", pid, 0);
}
