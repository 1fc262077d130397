// what the kernel leaves open: each comes out in one of the ways listed; with a
// name it prints which way that one went
#include <sys/file.h>

#include "subject.h"

static volatile sig_atomic_t calls;
static char order[8];

static void count(int sig)
{
    (void)sig;
    calls++;
}

static void note(int sig)
{
    strcat(order, sig == SIGUSR1 ? "1" : "2");
}

/* Two children end at the same time. */
static const char *deaths(void)
{
    calls = 0;
    on(SIGCHLD, count, SA_RESTART);
    block(SIGCHLD);
    for (int i = 0; i < 2; i++)
        if (must(fork(), "fork") == 0) {
            usleep(200000);
            _exit(0);
        }
    unblock(SIGCHLD);
    while (wait(NULL) > 0)
        ;
    return calls == 1 ? "one call" : calls == 2 ? "two calls" : "?";
}

/* A child may be dead when fork returns. */
static const char *newborn(void)
{
    siginfo_t info = {.si_pid = 0};
    pid_t pid = must(fork(), "fork");
    if (pid == 0)
        _exit(0);
    waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT);
    waitpid(pid, NULL, 0);
    return info.si_pid ? "dead" : "alive";
}

/* Or before its parent has a handler. */
static const char *handler(void)
{
    calls = 0;
    signal(SIGCHLD, SIG_DFL);
    pid_t pid = must(fork(), "fork");
    if (pid == 0)
        _exit(0);
    on(SIGCHLD, count, SA_RESTART);
    waitpid(pid, NULL, 0);
    return calls ? "called" : "too late";
}

/* A pipe gives what is there. */
static const char *reading(void)
{
    int p[2];
    char bytes[4];
    must(pipe(p), "pipe");
    if (must(fork(), "fork") == 0) {
        must(write(p[1], "a", 1), "write");
        must(write(p[1], "b", 1), "write");
        _exit(0);
    }
    long n = must(read(p[0], bytes, sizeof bytes), "read");
    wait(NULL);
    close(p[0]), close(p[1]);
    return n == 1 ? "a part" : n == 2 ? "all" : "?";
}

/* Two wait for a pipe; one byte comes. */
static const char *readers(void)
{
    int p[2], got[2], status;
    char byte;
    pid_t children[2];
    must(pipe(p), "pipe");
    for (int i = 0; i < 2; i++)
        if ((children[i] = must(fork(), "fork")) == 0) {
            close(p[1]);
            _exit((int)read(p[0], &byte, 1));
        }
    usleep(200000);
    must(write(p[1], "a", 1), "write");
    close(p[0]), close(p[1]);
    for (int i = 0; i < 2; i++) {
        waitpid(children[i], &status, 0);
        got[i] = WEXITSTATUS(status);
    }
    return got[0] && !got[1] ? "the first"
         : got[1] && !got[0] ? "the second" : "?";
}

/* Two wait for a lock; who has it writes. */
static const char *lockers(void)
{
    int p[2];
    char bytes[3] = "";
    must(pipe(p), "pipe");
    FILE *file = tmpfile();
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fileno(file));
    must(flock(fileno(file), LOCK_EX), "flock");
    for (int i = 0; i < 2; i++)
        if (must(fork(), "fork") == 0) {
            int own = must(open(path, O_RDWR), "open");
            flock(own, LOCK_EX);
            must(write(p[1], i ? "2" : "1", 1), "write");
            _exit(0);
        }
    usleep(200000);
    flock(fileno(file), LOCK_UN);
    while (wait(NULL) > 0)
        ;
    must(read(p[0], bytes, 2), "read");
    fclose(file), close(p[0]), close(p[1]);
    return strcmp(bytes, "12") == 0   ? "the first"
           : strcmp(bytes, "21") == 0 ? "the second" : "?";
}

/* Two signals from two senders; those that are pending come by number. */
static const char *signals(void)
{
    pid_t parent = getpid();
    order[0] = '\0';
    on(SIGUSR1, note, SA_RESTART);
    on(SIGUSR2, note, SA_RESTART);
    for (int i = 0; i < 2; i++)
        if (must(fork(), "fork") == 0) {
            kill(parent, i ? SIGUSR1 : SIGUSR2);
            _exit(0);
        }
    while (wait(NULL) > 0)
        ;
    return strcmp(order, "12") == 0   ? "1 before 2"
           : strcmp(order, "21") == 0 ? "2 before 1" : "?";
}

/* A second is long, but nothing says that the child runs in it. */
static const char *sleeping(void)
{
    int p[2];
    char byte;
    must(pipe2(p, O_NONBLOCK), "pipe");
    if (must(fork(), "fork") == 0) {
        must(write(p[1], "a", 1), "write");
        _exit(0);
    }
    sleep(1);
    bool there = read(p[0], &byte, 1) == 1;
    wait(NULL);
    close(p[0]), close(p[1]);
    return there ? "ready" : "not yet";
}

static const struct {
    const char *name, *(*go)(void), *ways[2];
} all[] = {
    {"deaths", deaths, {"one call", "two calls"}},
    {"newborn", newborn, {"dead", "alive"}},
    {"handler", handler, {"called", "too late"}},
    {"reading", reading, {"a part", "all"}},
    {"readers", readers, {"the first", "the second"}},
    {"lockers", lockers, {"the first", "the second"}},
    {"signals", signals, {"1 before 2", "2 before 1"}},
    {"sleeping", sleeping, {"ready", "not yet"}},
};

int main(int argc, char **argv)
{
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (argc > 1 && strcmp(argv[1], all[i].name) != 0)
            continue;
        const char *way = all[i].go();
        bool listed = strcmp(way, all[i].ways[0]) == 0 ||
                      strcmp(way, all[i].ways[1]) == 0;
        say("%s: %s\n", all[i].name,
            argc > 1 ? way : listed ? "as listed" : way);
    }
}
