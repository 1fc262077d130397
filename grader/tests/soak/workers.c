#include "tests/soak/workers.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const int64_t patience_ns = INT64_C(120000000000);
/* A grading is some hundred runs. */
static const int64_t grade_patience_ns = INT64_C(1200000000000);

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static void forget_files(const char *dir)
{
    char command[600];
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    if (system(command) != 0)
        fprintf(stderr, "cannot remove %s\n", dir);
}

/* Moves a job's directory to the cases and tells how to run it again. */
static void keep(struct crew *crew, const char *dir, enum job_end end)
{
    char path[600], command[2000];
    snprintf(path, sizeof path, "%s/%s", crew->cases, strrchr(dir, '/') + 1);
    snprintf(command, sizeof command, "rm -rf '%s' && mv '%s' '%s'", path, dir,
             path);
    crew->found[end]++;
    if (system(command) == 0)
        fprintf(stderr, "\r\033[K%s; again:  make soak-again CASE=%s\n",
                job_end_name(end), path);
}

void crew_report(struct crew *crew, enum job_end end, const char *words)
{
    char path[600];
    crew->found[end]++;
    snprintf(path, sizeof path, "%s/%s-%d", crew->cases,
             end == JOB_LEFTOVER ? "leftover" : "error", crew->started);
    FILE *f = fopen(path, "w");
    if (f) {
        fputs(words, f);
        fclose(f);
    }
    fprintf(stderr, "\r\033[K%s: %s\n%s", job_end_name(end), path, words);
}

static void work(const struct job *job, const char *dir)
{
    char path[600];
    snprintf(path, sizeof path, "%s/stderr", dir);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    if (fd >= 0) {
        dup2(fd, STDOUT_FILENO);
        dup2(fd, STDERR_FILENO);
    }
    _exit((int)job_do(job, dir));
}

bool crew_start(struct crew *crew, const struct job *job)
{
    for (int i = 0; i < crew->n; i++) {
        struct worker *w = &crew->worker[i];
        if (w->pid != 0)
            continue;
        *w = (struct worker){.job = *job,
                             .deadline_ns = now_ns() +
                                            (job->kind == JOB_GRADE
                                                 ? grade_patience_ns
                                                 : patience_ns)};
        snprintf(w->dir, sizeof w->dir, "%s/case-%d", crew->work,
                 ++crew->started);
        mkdir(w->dir, 0755);
        w->pid = fork();
        if (w->pid == 0) {
            setpgid(0, 0);
            work(job, w->dir);
        }
        return w->pid > 0;
    }
    return false;
}

bool crew_is_full(const struct crew *crew)
{
    for (int i = 0; i < crew->n; i++)
        if (crew->worker[i].pid == 0)
            return false;
    return true;
}

bool crew_is_idle(const struct crew *crew)
{
    for (int i = 0; i < crew->n; i++)
        if (crew->worker[i].pid != 0)
            return false;
    return true;
}

bool crew_has(const struct crew *crew, enum job_kind kind)
{
    for (int i = 0; i < crew->n; i++)
        if (crew->worker[i].pid != 0 && crew->worker[i].job.kind == kind)
            return true;
    return false;
}

static void doubt(struct crew *crew, const struct worker *w)
{
    struct doubt *d = &crew->doubt[crew->doubts++];
    d->job = w->job;
    snprintf(d->dir, sizeof d->dir, "%s", w->dir);
}

static void ended(struct crew *crew, struct worker *w, enum job_end end)
{
    w->pid = 0;
    crew->runs += job_runs(w->job.kind);
    crew->comparisons += job_comparisons(w->job.kind);
    if (end == JOB_FINE) {
        crew->found[JOB_FINE]++;
        forget_files(w->dir);
        return;
    }
    job_write(&w->job, w->dir);
    if (end == JOB_DIFFERS && w->job.kind == JOB_DETERMINED &&
        crew->doubts < DOUBTS)
        doubt(crew, w);
    else
        keep(crew, w->dir, end);
}

static void look_at(struct crew *crew, struct worker *w)
{
    int status;
    if (waitpid(w->pid, &status, WNOHANG) == w->pid) {
        bool known = WIFEXITED(status) && WEXITSTATUS(status) < JOB_ENDS;
        ended(crew, w,
              known ? (enum job_end)WEXITSTATUS(status) : JOB_ERROR);
    } else if (now_ns() > w->deadline_ns) {
        kill(-w->pid, SIGKILL);
        waitpid(w->pid, NULL, 0);
        ended(crew, w, JOB_HANGS);
    }
}

void crew_attend(struct crew *crew)
{
    for (int i = 0; i < crew->n; i++)
        if (crew->worker[i].pid != 0)
            look_at(crew, &crew->worker[i]);
    nanosleep(&(struct timespec){.tv_nsec = 3000000}, NULL);
}

/* @return the text of DIR/observed, or NULL */
static char *observed_words(const char *dir)
{
    char path[600], *text = NULL;
    size_t room = 0;
    snprintf(path, sizeof path, "%s/observed", dir);
    FILE *f = fopen(path, "r");
    if (f && getdelim(&text, &room, '\0', f) < 0 && text)
        *text = '\0';
    if (f)
        fclose(f);
    return text;
}

void crew_settle(struct crew *crew)
{
    for (int i = 0; i < crew->doubts; i++) {
        struct doubt *d = &crew->doubt[i];
        char *words = observed_words(d->dir);
        int possible = words ? script_natively_possible(d->job.script, words,
                                                        crew->work)
                             : 0;
        free(words);
        if (possible == 1) {
            crew->late++;
            forget_files(d->dir);
        } else {
            keep(crew, d->dir, JOB_DIFFERS);
        }
    }
    crew->doubts = 0;
}
