/* Workers are this same program, started again by posix_spawn() with SIGTERM
 * blocked.  Main sleeps in sigsuspend(), which a child's end or the interval
 * timer ends; a worker waits in sigtimedwait() for SIGTERM or the step's end. */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static char names[100][64];
static pid_t pids[100]; /* 0 once reaped */
static int codes[100];
static int n, left;
static volatile sig_atomic_t time_is_over;

static void nothing(int sig)
{
    time_is_over |= sig == SIGALRM;
}

/* Waits until the end of the step, whatever comes in between; returns whether
 * SIGTERM has come, now or before. */
static bool step(int seconds, bool stopping, const sigset_t *term)
{
    struct timespec now, end;
    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += seconds;
    for (;;) {
        clock_gettime(CLOCK_MONOTONIC, &now);
        long long ns = (end.tv_sec - now.tv_sec) * 1000000000LL + end.tv_nsec -
                       now.tv_nsec;
        if (ns <= 0)
            return stopping;
        struct timespec rest = {ns / 1000000000, ns % 1000000000};
        if (sigtimedwait(term, NULL, &rest) == SIGTERM)
            stopping = true;
    }
}

static int work(const char *name, int seconds, int steps)
{
    char file[100];
    bool stopping = false;
    sigset_t term;
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    snprintf(file, sizeof file, "%s.part", name);
    close(open(file, O_CREAT | O_WRONLY, 0600));
    printf("[%s] Started.\n", name);
    int done = 0;
    while (done < steps && !(stopping && done > 0)) {
        stopping = step(seconds, stopping, &term);
        printf("[%s] Step %d of %d done.\n", name, ++done, steps);
    }
    if (done < steps)
        printf("[%s] Stopped after %d steps.\n", name, done);
    else
        printf("[%s] Finished.\n", name);
    unlink(file);
    sigprocmask(SIG_UNBLOCK, &term, NULL);
    return done < steps ? raise(SIGTERM) : EXIT_SUCCESS;
}

static bool start(char *program, char *arg)
{
    char mode[] = "--worker", *argv[] = {program, mode, arg, NULL};
    posix_spawnattr_t attributes;
    sigset_t term;
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &term);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    snprintf(names[n], sizeof names[n], "%.*s", (int)strcspn(arg, ":"), arg);
    errno = posix_spawn(&pids[n], "/proc/self/exe", NULL, &attributes, argv,
                        environ);
    posix_spawnattr_destroy(&attributes);
    if (errno != 0) {
        warn("%s", arg);
        return false;
    }
    n++;
    left++;
    return true;
}

static void reap(void)
{
    for (int i = 0, status; i < n; i++) {
        if (pids[i] == 0 || waitpid(pids[i], &status, WNOHANG) != pids[i])
            continue;
        pids[i] = 0;
        codes[i] = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
        left--;
    }
}

static void send_all(int sig)
{
    for (int i = 0; i < n; i++) {
        if (pids[i] == 0)
            continue;
        if (sig == SIGKILL)
            printf("%s did not stop in time!\n", names[i]);
        kill(pids[i], sig);
    }
}

int main(int argc, char **argv)
{
    char name[64];
    int seconds, steps;
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (argc == 3 && strcmp(argv[1], "--worker") == 0 &&
        sscanf(argv[2], "%63[^:]:%d:%d", name, &seconds, &steps) == 3)
        return work(name, seconds, steps);

    struct sigaction action = {.sa_handler = nothing};
    sigset_t set, none;
    sigemptyset(&none);
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGALRM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    sigaction(SIGCHLD, &action, NULL);
    sigaction(SIGALRM, &action, NULL);
    bool well = true;
    for (int i = 2; well && i < argc && i < 100; i++)
        well = start(argv[0], argv[i]);

    char bytes[100];
    while (well && read(STDIN_FILENO, bytes, sizeof bytes) > 0)
        ;
    puts("Stopping...");
    struct itimerval grace = {.it_value.tv_sec = atoi(argv[1])};
    reap();
    send_all(SIGTERM);
    setitimer(ITIMER_REAL, &grace, NULL);
    for (reap(); left > 0 && !time_is_over; reap())
        sigsuspend(&none);
    send_all(SIGKILL);
    for (; left > 0; reap())
        sigsuspend(&none);
    for (int i = 0; i < n; i++) {
        char file[100];
        snprintf(file, sizeof file, "%s.part", names[i]);
        if (codes[i] == -SIGKILL && unlink(file) == -1)
            warn("%s", file);
        printf("%s exit code: %d\n", names[i], codes[i]);
    }
    return well ? EXIT_SUCCESS : EXIT_FAILURE;
}
