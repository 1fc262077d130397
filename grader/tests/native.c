#include "tests/native.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { AT_ONCE = 16, PATIENCE_S = 60 };

/* A subject that runs, or a free place for one: then it has no subject. */
struct run {
    struct subject *subject;
    pid_t pid;     /* of its shell; 0: reaped */
    pid_t program; /* its process group */
    int fd[3]; /* -1: at its end */
    int64_t deadline_s;
};

static int64_t now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

/* Shells pass on ignored signals, test runners their descriptors. */
static void launch_clean(void)
{
    sigset_t none;
    sigemptyset(&none);
    for (int sig = 1; sig < NSIG; sig++)
        signal(sig, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    close_range(3, ~0U, 0);
    umask(022);
}

/* Ends as its child ended. */
static _Noreturn void end_likewise(pid_t child)
{
    int status;
    while (waitpid(child, &status, 0) == -1)
        ;
    if (WIFSIGNALED(status)) {
        signal(WTERMSIG(status), SIG_DFL);
        raise(WTERMSIG(status));
    }
    _exit(WEXITSTATUS(status));
}

/* A parent in the same session and in another process group, as under a shell
 * and in the observer's nest: else SIGTSTP would not stop the program. */
static void stand_for_the_shell(int tell)
{
    setsid();
    pid_t child = fork();
    if (child == 0) {
        setpgid(0, 0);
        close(tell);
        return;
    }
    setpgid(child, child);
    ssize_t told = write(tell, &child, sizeof child);
    close_range(0, ~0U, 0);
    for (int sig = 1; sig < NSIG; sig++)
        signal(sig, sig == SIGCHLD ? SIG_DFL : SIG_IGN);
    if (child == -1 || told != sizeof child)
        _exit(126);
    end_likewise(child);
}

static void child(const struct subject *s, const char *dir, int out, int err,
                  int tell)
{
    int null = open("/dev/null", O_RDWR);
    if (null == -1 || chdir(dir) == -1)
        _exit(126);
    dup2(null, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    stand_for_the_shell(tell);
    launch_clean();
    execl(s->program, s->program, s->script, (char *)NULL);
    _exit(127);
}

static int start(struct run *run, struct subject *s, const char *base)
{
    int out[2], err[2], tell[2];
    pid_t program = -1;
    char dir[512];
    snprintf(dir, sizeof dir, "%s/%s", base, s->name);
    if (mkdir(dir, 0700) == -1 || pipe2(out, O_CLOEXEC | O_NONBLOCK) == -1 ||
        pipe2(err, O_CLOEXEC | O_NONBLOCK) == -1 ||
        pipe2(tell, O_CLOEXEC) == -1)
        return -errno;
    fcntl(out[1], F_SETFL, 0); /* the subject's ends block */
    fcntl(err[1], F_SETFL, 0);
    pid_t pid = fork();
    if (pid == 0)
        child(s, dir, out[1], err[1], tell[1]);
    close(out[1]);
    close(err[1]);
    close(tell[1]);
    bool told = pid > 0 && read(tell[0], &program, sizeof program) > 0;
    close(tell[0]);
    *run = (struct run){s, pid, program, {-1, out[0], err[0]},
                        now_s() + PATIENCE_S};
    return told && program > 0 ? 0 : -EAGAIN;
}

static void take(struct run *run, int stream)
{
    char bytes[4096];
    ssize_t n = read(run->fd[stream], bytes, sizeof bytes);
    if (n > 0)
        ending_add(&run->subject->expected, stream, bytes, (size_t)n);
    if (n == 0 || (n == -1 && errno != EAGAIN && errno != EINTR)) {
        close(run->fd[stream]);
        run->fd[stream] = -1;
    }
}

static void reaped(struct run *runs, pid_t pid, int status)
{
    for (struct run *run = runs; run < runs + AT_ONCE; run++)
        if (run->subject && run->pid == pid) {
            struct ending *e = &run->subject->expected;
            e->code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
            e->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
            run->pid = 0;
        }
}

static void give_up(struct run *run)
{
    if (run->pid > 0) {
        kill(-run->program, SIGKILL);
        kill(run->pid, SIGKILL);
        waitpid(run->pid, NULL, 0);
    }
    close(run->fd[1]);
    close(run->fd[2]);
    run->subject->expected.signal = -1;
    run->subject = NULL;
}

static void end_if_over(struct run *run)
{
    if (run->pid == 0 && run->fd[1] == -1 && run->fd[2] == -1)
        run->subject = NULL;
    else if (now_s() > run->deadline_s)
        give_up(run);
}

/* Waits a moment for output and ends, of subjects and of their orphans. */
static void attend(struct run *runs)
{
    struct pollfd p[2 * AT_ONCE];
    int status;
    pid_t pid;
    for (int i = 0; i < 2 * AT_ONCE; i++)
        p[i] = (struct pollfd){
            runs[i / 2].subject ? runs[i / 2].fd[i % 2 + 1] : -1, POLLIN, 0};
    poll(p, 2 * AT_ONCE, 5);
    for (int i = 0; i < 2 * AT_ONCE; i++)
        if (p[i].revents)
            take(&runs[i / 2], i % 2 + 1);
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
        reaped(runs, pid, status);
    for (int i = 0; i < AT_ONCE; i++)
        if (runs[i].subject)
            end_if_over(&runs[i]);
}

/* Orphans that are still there a second after the last run are left over. */
static int reap_the_rest(void)
{
    for (int i = 0; i < 200; i++) {
        while (waitpid(-1, NULL, WNOHANG) > 0)
            ;
        if (waitpid(-1, NULL, WNOHANG) == -1)
            return 0;
        poll(NULL, 0, 5);
    }
    return -EBUSY;
}

static struct subject *next(struct subject_list *list, size_t *at)
{
    while (*at < list->n && list->subject[*at].observed_only)
        ++*at;
    return *at < list->n ? &list->subject[(*at)++] : NULL;
}

int native_run(struct subject_list *list, const char *dir)
{
    struct run runs[AT_ONCE] = {0};
    size_t at = 0;
    int r = 0;
    bool busy = true;
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    while (busy) {
        busy = false;
        for (int i = 0; i < AT_ONCE; i++) {
            struct subject *s = NULL;
            if (!runs[i].subject && r == 0 && (s = next(list, &at)))
                r = start(&runs[i], s, dir);
            busy |= runs[i].subject != NULL;
        }
        if (busy)
            attend(runs);
    }
    int left = reap_the_rest();
    prctl(PR_SET_CHILD_SUBREAPER, 0);
    return r ? r : left;
}
