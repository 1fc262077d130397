// what a program sees of the machine and of itself; the test of the same name
// compares it between users, as natively it differs from shell to shell
#include "subject.h"
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

extern char **environ;

static void show_limits(void)
{
    static const int which[] = {
        RLIMIT_AS,      RLIMIT_CORE,   RLIMIT_DATA,     RLIMIT_FSIZE,
        RLIMIT_NOFILE,  RLIMIT_STACK,  RLIMIT_CPU,      RLIMIT_NPROC,
        RLIMIT_MEMLOCK, RLIMIT_RTPRIO, RLIMIT_MSGQUEUE, RLIMIT_SIGPENDING,
    };
    struct rlimit l;
    for (size_t i = 0; i < sizeof which / sizeof which[0]; i++) {
        getrlimit((__rlimit_resource_t)which[i], &l);
        say("limit %d: %llu %llu\n", which[i], (unsigned long long)l.rlim_cur,
            (unsigned long long)l.rlim_max);
    }
}

static void show_signals(void)
{
    struct sigaction a;
    sigset_t mask;
    sigprocmask(SIG_SETMASK, NULL, &mask);
    for (int sig = 1; sig < 65; sig++)
        if (sigaction(sig, NULL, &a) == 0 &&
            (a.sa_handler != SIG_DFL || sigismember(&mask, sig)))
            say("signal %d is not as it was\n", sig);
}

static void show_descriptors(void)
{
    struct stat st;
    for (int fd = 0; fd < 1024; fd++)
        if (fstat(fd, &st) == 0)
            say("descriptor %d: type %o\n", fd, st.st_mode & S_IFMT);
}

int main(int argc, char **argv)
{
    char text[256];
    gid_t groups[64];
    unsigned char random[8];
    mode_t mask = umask(0);
    if (argc < 2 || strcmp(argv[1], "one") != 0)
        return 0; // natively there is nothing to compare with
    say("uid %d %d gid %d %d groups %d\n", getuid(), geteuid(), getgid(),
        getegid(), getgroups(64, groups));
    say("pid %d parent %d group %d session %d\n", getpid(), getppid(),
        getpgrp(), getsid(0));
    gethostname(text, sizeof text);
    say("host %s umask %03o time %ld\n", text, mask, (long)time(NULL));
    say("directory %s\n", getcwd(text, sizeof text));
    for (char **e = environ; *e; e++)
        say("%s\n", *e);
    must((int)getrandom(random, sizeof random, 0), "getrandom");
    say("random %02x%02x, on the stack at %p\n", random[0], random[1],
        (void *)random);
    show_limits();
    show_signals();
    show_descriptors();
}
