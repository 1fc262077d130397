/* Cases that were kept: again, and smaller. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/native.h"
#include "tests/soak/generate.h"
#include "tests/soak/job.h"

/* A file of the case; @return text to be freed, or NULL: there is none */
static char *read_all(const char *dir, const char *name)
{
    char path[600], *text = NULL;
    size_t room = 0;
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "r");
    if (!f)
        return NULL;
    if (getdelim(&text, &room, '\0', f) < 0 && text)
        *text = '\0';
    fclose(f);
    return text;
}

static int read_schedule(const char *dir, struct schedule *schedule)
{
    unsigned long long seed;
    int kind;
    char *text = read_all(dir, "schedule");
    char victim[SCHEDULE_PLACE] = "";
    int n = text ? sscanf(text, "%d %llu %23[0-9.]", &kind, &seed, victim) : 0;
    free(text);
    if (n < 2)
        return -EINVAL;
    *schedule = (struct schedule){.kind = (enum schedule_kind)kind,
                                  .seed = seed};
    strcpy(schedule->victim, victim);
    return 0;
}

/* A difference counts if no native run comes out like that. */
static int settle_difference(const struct script_case *c, const char *dir,
                             const char *work)
{
    char *observed = read_all(dir, "observed");
    int r = observed ? script_natively_possible(c->script, observed, work)
                     : -ENOENT;
    free(observed);
    return r < 0 ? r : r ? JOB_FINE : JOB_DIFFERS;
}

static int script_again(struct job *job, struct script_case *c,
                        const char *dir, const char *work)
{
    job->script = c->script;
    if (job->kind == JOB_DETERMINED) {
        int r = script_oracle(c, 1, work);
        if (r < 0)
            return r;
        if (!c->native)
            return JOB_FINE; /* not determined after all */
        job->native = c->native;
    }
    enum job_end end = job_do(job, dir);
    return end == JOB_DIFFERS ? settle_difference(c, dir, work) : (int)end;
}

static int subject_again(struct job *job, const char *dir, const char *work)
{
    struct subject_list list;
    char *name = read_all(dir, "subject");
    if (!name)
        return -EINVAL;
    name[strcspn(name, "\n")] = '\0';
    setenv("PROCLAB_SUBJECT", name, 1);
    int r = subject_list_read(&list);
    if (r == 0)
        r = native_run(&list, work);
    for (size_t i = 0; i < list.n && r == 0; i++)
        if (strcmp(list.subject[i].name, name) == 0) {
            job->subject = &list.subject[i];
            r = (int)job_do(job, dir);
        }
    free(name);
    return r;
}

static int grade_again(struct job *job, const char *dir)
{
    char submission[600], expected[600];
    char *seed = read_all(dir, "seed");
    snprintf(submission, sizeof submission, "%s/submission", dir);
    snprintf(expected, sizeof expected, "%s/expected.json", dir);
    job->submission = submission;
    job->reference = expected;
    job->seed = seed ? strtoul(seed, NULL, 10) : 1;
    free(seed);
    return (int)job_do(job, dir);
}

int job_again(const char *dir, const char *work)
{
    struct job job = {0};
    char *kind = read_all(dir, "kind");
    if (!kind)
        return -ENOENT;
    job.kind = (enum job_kind)atoi(kind);
    free(kind);
    int r = read_schedule(dir, &job.schedule);
    if (r < 0)
        return r;
    if (job.kind == JOB_SUBJECT)
        return subject_again(&job, dir, work);
    if (job.kind == JOB_GRADE)
        return grade_again(&job, dir);
    struct script_case c = {.script = read_all(dir, "script")};
    r = c.script ? script_again(&job, &c, dir, work) : -EINVAL;
    script_case_free(&c);
    return r;
}

struct search {
    struct job job;
    const char *dir, *work;
};

/* What depends on chance shows up in one of a few runs. */
static bool still_bad(const char *script, void *data)
{
    struct search *s = data;
    struct script_case c = {.script = strdup(script)};
    int tries = s->job.kind == JOB_DETERMINED ? 1 : 5, r = JOB_FINE;
    for (int i = 0; i < tries && r == JOB_FINE; i++)
        r = script_again(&s->job, &c, s->dir, s->work);
    script_case_free(&c);
    return r > 0;
}

int job_shrink(const char *dir, const char *work)
{
    struct search s = {.dir = dir, .work = work};
    char path[600], *kind = read_all(dir, "kind");
    char *script = read_all(dir, "script");
    int r = kind && script ? read_schedule(dir, &s.job.schedule) : -EINVAL;
    if (r == 0) {
        s.job.kind = (enum job_kind)atoi(kind);
        char *less = script_shrink(script, still_bad, &s);
        snprintf(path, sizeof path, "%s/script", dir);
        FILE *f = fopen(path, "w");
        if (f) {
            fputs(less, f);
            fclose(f);
        } else {
            r = -errno;
        }
        free(less);
    }
    free(kind);
    free(script);
    return r;
}
