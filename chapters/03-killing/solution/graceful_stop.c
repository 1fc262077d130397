/* graceful_stop GRACE_SECONDS NAME:STEP_SECONDS:STEPS ...
 *
 * Workers that finish what they have begun when they are asked to stop, and a
 * main that asks first, waits, and only then uses force.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct worker {
    char name[64];
    int step_seconds;
    int steps;
    pid_t pid;
    bool ended; /* reaped */
    int status; /* as waitpid() gave it, once ended */
};

struct workers {
    int n;
    struct worker *list;
};

/* Prints a line that reaches stdout at once: what is left in the buffer of a
 * process that a signal kills is lost. */
static void say(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (vprintf(format, args) < 0 || fflush(stdout) == EOF)
        warn("stdout");
    va_end(args);
}

static void file_of(const struct worker *w, char *path, size_t size)
{
    snprintf(path, size, "%s.part", w->name);
}

/* --- the life of a child --------------------------------------------------- */

static volatile sig_atomic_t asked_to_stop;

/* All that a handler has to do; the rest is done where it is safe. */
static void on_sigterm(int sig)
{
    (void)sig;
    asked_to_stop = 1;
}

/* Main has SIGTERM blocked when it starts a worker, so that none comes before
 * the handler is there: it is delivered now. */
static void listen_to_sigterm(void)
{
    struct sigaction action = {.sa_handler = on_sigterm};
    sigset_t none;
    sigemptyset(&none);
    if (sigaction(SIGTERM, &action, NULL) == -1 ||
        sigprocmask(SIG_SETMASK, &none, NULL) == -1)
        err(EXIT_FAILURE, "SIGTERM");
}

static void create_file(const struct worker *w)
{
    char path[80];
    file_of(w, path, sizeof path);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (fd == -1)
        err(EXIT_FAILURE, "%s", path);
    close(fd);
}

static void remove_file(const struct worker *w)
{
    char path[80];
    file_of(w, path, sizeof path);
    if (unlink(path) == -1)
        warn("%s", path);
}

/* A signal ends nanosleep() early; the step goes on all the same, for exactly
 * what is left of it.  (sleep() would tell whole seconds only.) */
static void do_step(const struct worker *w, int step)
{
    struct timespec left = {.tv_sec = w->step_seconds};
    while (nanosleep(&left, &left) == -1 && errno == EINTR)
        ;
    say("[%s] Step %d of %d done.\n", w->name, step, w->steps);
}

/* Ends by SIGTERM, as whoever catches it should when all is tidy: so the
 * parent sees that it was stopped. */
static void end_by_sigterm(void)
{
    signal(SIGTERM, SIG_DFL);
    raise(SIGTERM);
}

static void work(const struct worker *w)
{
    listen_to_sigterm();
    create_file(w);
    say("[%s] Started.\n", w->name);
    int done = 0;
    do
        do_step(w, ++done);
    while (done < w->steps && !asked_to_stop);
    bool stopped = done < w->steps;
    if (stopped)
        say("[%s] Stopped after %d steps.\n", w->name, done);
    else
        say("[%s] Finished.\n", w->name);
    remove_file(w);
    if (stopped)
        end_by_sigterm();
}

/* --- main ------------------------------------------------------------------ */

static struct worker parse_worker(const char *arg)
{
    struct worker w = {.pid = -1};
    if (sscanf(arg, "%63[^:]:%d:%d", w.name, &w.step_seconds, &w.steps) != 3)
        errx(2, "%s: not NAME:STEP_SECONDS:STEPS", arg);
    return w;
}

static bool start(struct worker *w)
{
    w->pid = fork();
    if (w->pid == 0) {
        work(w);
        _exit(EXIT_SUCCESS);
    }
    if (w->pid == -1)
        warn("cannot start %s", w->name);
    return w->pid != -1;
}

static void await_end_of_input(void)
{
    char text[512];
    ssize_t n;
    do
        n = read(STDIN_FILENO, text, sizeof text);
    while (n > 0 || (n == -1 && errno == EINTR));
    if (n == -1)
        warn("stdin");
}

/* Reaps who has ended; returns how many are left. */
static int reap(const struct workers *all)
{
    int left = 0;
    for (int i = 0; i < all->n; i++) {
        struct worker *w = &all->list[i];
        if (!w->ended)
            w->ended = waitpid(w->pid, &w->status, WNOHANG) == w->pid;
        left += !w->ended;
    }
    return left;
}

/* Sends a signal to all that are left.  None of them is reaped, so each pid is
 * still that child's. */
static void send_to_all(const struct workers *all, int sig)
{
    for (int i = 0; i < all->n; i++) {
        const struct worker *w = &all->list[i];
        if (w->ended)
            continue;
        if (sig == SIGKILL)
            say("%s did not stop in time!\n", w->name);
        if (kill(w->pid, sig) == -1)
            warn("%s", w->name);
    }
}

static struct timespec until(const struct timespec *deadline)
{
    struct timespec now, left;
    clock_gettime(CLOCK_MONOTONIC, &now);
    left.tv_sec = deadline->tv_sec - now.tv_sec;
    left.tv_nsec = deadline->tv_nsec - now.tv_nsec;
    if (left.tv_nsec < 0) {
        left.tv_sec--;
        left.tv_nsec += 1000000000;
    }
    return left.tv_sec < 0 ? (struct timespec){.tv_sec = 0} : left;
}

/* Reaps until nobody is left or the time is over.  SIGCHLD is blocked: one
 * that comes after reap() stays pending and ends sigtimedwait() at once. */
static int reap_until(const struct workers *all, const sigset_t *child_ended,
                      const struct timespec *deadline)
{
    int left;
    while ((left = reap(all)) > 0) {
        struct timespec time = until(deadline);
        if (sigtimedwait(child_ended, NULL, &time) == -1 && errno == EAGAIN)
            return reap(all);
    }
    return left;
}

static void stop(const struct workers *all, unsigned grace_seconds,
                 const sigset_t *child_ended)
{
    struct timespec deadline;
    clock_gettime(CLOCK_MONOTONIC, &deadline);
    deadline.tv_sec += grace_seconds;
    say("Stopping...\n");
    reap(all);
    send_to_all(all, SIGTERM);
    if (reap_until(all, child_ended, &deadline) > 0)
        send_to_all(all, SIGKILL);
    while (reap(all) > 0)
        sigwaitinfo(child_ended, NULL);
}

/* What a killed worker could not do any more is done here. */
static void report(const struct worker *w)
{
    if (!WIFSIGNALED(w->status)) {
        say("%s exit code: %d\n", w->name, WEXITSTATUS(w->status));
        return;
    }
    if (WTERMSIG(w->status) == SIGKILL)
        remove_file(w);
    say("%s exit code: %d\n", w->name, -WTERMSIG(w->status));
}

int main(int argc, char **argv)
{
    if (argc < 2)
        errx(2, "usage: graceful_stop GRACE_SECONDS NAME:STEP_SECONDS:STEPS "
                "...");
    unsigned grace_seconds = (unsigned)strtoul(argv[1], NULL, 10);
    struct workers all = {.n = 0};
    all.list = calloc((size_t)argc, sizeof *all.list);
    if (!all.list)
        err(EXIT_FAILURE, "calloc");

    sigset_t child_ended, blocked;
    sigemptyset(&child_ended);
    sigaddset(&child_ended, SIGCHLD);
    blocked = child_ended;
    sigaddset(&blocked, SIGTERM);
    sigprocmask(SIG_BLOCK, &blocked, NULL);

    bool well = true;
    for (int i = 2; i < argc && well; i++) {
        all.list[all.n] = parse_worker(argv[i]);
        well = start(&all.list[all.n]);
        all.n += well;
    }
    sigprocmask(SIG_SETMASK, &child_ended, NULL);
    if (well)
        await_end_of_input();
    stop(&all, grace_seconds, &child_ended);
    for (int i = 0; i < all.n; i++)
        report(&all.list[i]);
    free(all.list);
    return well ? EXIT_SUCCESS : EXIT_FAILURE;
}
