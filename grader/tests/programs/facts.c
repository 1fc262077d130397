// what is known of processes at a moment: a daemon by the book with a lock
// file, and a child at the other end of a pipe; see test_facts.c
#include "subject.h"
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>

static int line[2];

static void become_daemon(void)
{
    must(setsid(), "setsid");
    if (must(fork(), "fork") > 0)
        _exit(0);
    must(chdir("/tmp"), "chdir");
    umask(027);
    close(line[0]);
    close(line[1]);
    int null = must(open("/dev/null", O_RDWR), "open");
    for (int fd = 0; fd < 3; fd++)
        dup2(null, fd);
    close(null);
    sleep(2);
}

static void listen(void)
{
    char c;
    signal(SIGPIPE, SIG_IGN);
    must(setpgid(0, 0), "setpgid");
    must(setpriority(PRIO_PROCESS, 0, 19), "setpriority");
    close(line[1]);
    must(eventfd(0, EFD_CLOEXEC), "eventfd");
    _exit(read(line[0], &c, 1) == 0 ? 0 : 1);
}

int main(void)
{
    sigset_t hup;
    sigemptyset(&hup);
    sigaddset(&hup, SIGHUP);
    sigprocmask(SIG_BLOCK, &hup, NULL);
    int lock = must(open("lock", O_RDWR | O_CREAT, 0600), "open");
    must(pipe2(line, O_CLOEXEC), "pipe");
    pid_t child = start(listen);
    say("daemon: %s\n", how(reap(start(become_daemon))));
    close(lock);
    sleep(1);
    close(line[1]);
    say("child: %s\n", how(reap(child)));
    sleep(1);
    unlink("lock");
}
