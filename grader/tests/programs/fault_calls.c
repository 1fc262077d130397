/* One call of each kind that faults are injected into, and what it said; the
 * native run fails where it should. */
#include "subject.h"

#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>

static char stack[65536];

static void tell(const char *what, long result)
{
    say("%s: %s\n", what, result == -1 ? strerrorname_np(errno) : "done");
}

/* Threads and posix_spawn() return their error. */
static void tell_error(const char *what, int error)
{
    errno = error;
    tell(what, error ? -1 : 0);
}

static void bury(pid_t pid)
{
    if (pid > 0)
        while (waitpid(pid, NULL, 0) == -1 && errno == EINTR)
            ;
}

static int nothing(void *argument)
{
    (void)argument;
    return 0;
}

static void *no_thread(void *argument)
{
    return argument;
}

static void births(void)
{
    extern char **environ;
    char name[] = "true", *args[] = {name, NULL};
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    tell("fork", pid);
    bury(pid);
    pid = vfork();
    if (pid == 0)
        _exit(0);
    tell("vfork", pid);
    bury(pid);
    pid = clone(nothing, stack + sizeof stack, SIGCHLD, NULL);
    tell("clone", pid);
    bury(pid);
    pid = -1;
    tell_error("spawn",
               posix_spawn(&pid, "/bin/true", NULL, NULL, args, environ));
    bury(pid);
    pthread_t thread;
    int error = pthread_create(&thread, NULL, no_thread, NULL);
    tell_error("thread", error);
    if (error == 0)
        pthread_join(thread, NULL);
}

static void waits(void)
{
    pid_t pid = fork();
    siginfo_t info;
    if (pid == 0)
        _exit(0);
    tell("wait", wait(NULL));
    pid = fork();
    if (pid == 0)
        _exit(0);
    tell("waitid", waitid(P_PID, (id_t)pid, &info, WEXITED));
}

/* The dynamic linker's calls were main's, so here counts begin anew. */
static void in_a_child(void)
{
    tell("setsid", setsid());
    tell("open", open("/dev/null", O_RDONLY));
    void *at = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    tell("mmap", at == MAP_FAILED ? -1 : 0);
}

static void files(int fds[2])
{
    tell("pipe", pipe(fds));
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    tell("sigaction", sigaction(SIGUSR2, &ignore, NULL));
    pid_t pid = fork();
    if (pid == 0) {
        in_a_child();
        _exit(0);
    }
    bury(pid);
    tell("dup2", dup2(STDERR_FILENO, 30));
}

int main(void)
{
    struct timespec moment = {.tv_nsec = 1000000};
    int fds[2] = {-1, -1}, word = 1;
    char bytes[16], *none[] = {NULL};
    births();
    tell("exec", execve("./no-such-program", none, none));
    waits();
    tell("kill", kill(getppid(), 0));
    files(fds);
    tell("futex", syscall(SYS_futex, &word, FUTEX_WAIT, 1, &moment, NULL, 0));
    tell("write", write(fds[1], "twelve bytes", 12));
    close(fds[1]);
    tell("read", read(fds[0], bytes, sizeof bytes));
    return 0;
}
