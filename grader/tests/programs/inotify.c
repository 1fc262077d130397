// inotify(7): a read waits until a file is made, filled and removed; poll in
// vain
#include "subject.h"
#include <poll.h>
#include <sys/inotify.h>
#include <sys/stat.h>

static void make_file(void)
{
    nap(30);
    int fd = must(open("watched/file", O_WRONLY | O_CREAT, 0600), "open");
    close(fd);
    nap(30);
    unlink("watched/file");
}

static void show(int fd)
{
    char text[1024] __attribute__((aligned(8)));
    ssize_t n = read(fd, text, sizeof text);
    for (char *at = text; at < text + n;) {
        struct inotify_event *e = (struct inotify_event *)at;
        say("%s%s%s %s\n", e->mask & IN_CREATE ? "made" : "",
            e->mask & IN_CLOSE_WRITE ? "closed" : "",
            e->mask & IN_DELETE ? "removed" : "", e->name);
        at += sizeof *e + e->len;
    }
}

int main(void)
{
    must(mkdirat(AT_FDCWD, "watched", 0700), "mkdir");
    int fd = must(inotify_init1(IN_CLOEXEC), "inotify_init1");
    must(inotify_add_watch(fd, "watched", IN_CREATE | IN_DELETE),
         "inotify_add_watch");
    struct pollfd p = {fd, POLLIN, 0};
    int64_t begin = now_ms();
    say("in vain: %d, ", poll(&p, 1, 40));
    say("waited: %s\n", yes(now_ms() - begin >= 39));
    pid_t pid = start(make_file);
    show(fd);
    say("readable: %d\n", poll(&p, 1, 1000));
    show(fd);
    say("%s\n", how(reap(pid)));
    rmdir("watched");
}
