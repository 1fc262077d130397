// the name (comm) is inherited by fork and becomes the file's by exec
#include "subject.h"
#include <sys/prctl.h>

static void show(const char *who)
{
    char name[17] = "";
    prctl(PR_GET_NAME, name);
    say("%s: %s\n", who, name);
}

static void child(void)
{
    show("child");
    prctl(PR_SET_NAME, "renamed");
    show("child");
}

static void grandchild(void)
{
    execl("/bin/sh", "other-argv0", "-c", "cat /proc/$$/comm", NULL);
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        show("after exec");
        return 0;
    }
    prctl(PR_SET_NAME, "parent");
    reap(start(child));
    show("parent");
    reap(start(grandchild));
    execl(argv[0], "some-other-name", "again", NULL);
    err(99, "exec");
}
