/* Theory: runs are made before anything is judged.  A check that has failed is
 * not judged again; whether one is skipped is decided at the very end, as what
 * it needs may fail in the last run of all. */

#include "course/work.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "course/batch.h"
#include "course/build.h"
#include "course/cleanup.h"
#include "course/evidence.h"
#include "course/judge.h"
#include "course/record.h"
#include "course/selection.h"
#include "trace/json.h"

/* Real seconds for one check over the runs of a batch: no honest claim takes
 * a hundredth of it, so it says nothing of a student's program. */
static const double judge_seconds = 120;

/* A trace to look at has no more processes and events. */
enum { SAMPLE_PROCESSES = 8, SAMPLE_EVENTS = 20000 };

struct job {
    const struct work *work;
    struct exercise_result *result;
    const struct check *checks[SELECTION_MOST];
    int judged[SELECTION_MOST]; /* runs that a check looked at */
    size_t n;
    struct build build;
    bool again; /* a run is judged that was asked for */
    int sampled; /* processes of the run whose trace is kept */
};

int work_runs(const struct grade_request *request,
              const struct exercise *exercise)
{
    const struct check *checks[SELECTION_MOST];
    size_t n = selection_checks(exercise, request->only, checks);
    int scenarios = 0;
    for (const struct scenario *s = exercise->scenarios; s->name; s++)
        scenarios += selection_needs(checks, n, s->name);
    return scenarios * request->schedules;
}

/* Forgets what a check has found out; takes over the reason, which may be NULL.
 */
static void reset(struct check_result *check, enum verdict verdict,
                  char *reason)
{
    const struct check_result blank = {
        .id = check->id,
        .title = check->title,
        .hint = check->hint,
        .lesson = check->lesson,
        .max_points = check->max_points,
        .verdict = verdict,
        .seen = reason,
    };
    check_result_clear(check);
    *check = blank;
}

/* Gives every check the same verdict. */
static int settle_all(struct exercise_result *result, enum verdict verdict,
                      const char *reason)
{
    int rc = 0;
    for (size_t i = 0; i < result->n_checks; i++) {
        char *copy = strdup(reason);
        reset(&result->checks[i], verdict, copy);
        rc = copy ? rc : -ENOMEM;
    }
    return rc;
}

int work_blank(const struct grade_request *request,
               const struct exercise *exercise, const char *reason,
               struct exercise_result *out)
{
    const struct check *checks[SELECTION_MOST];
    size_t n = selection_checks(exercise, request->only, checks);
    *out = (struct exercise_result){
        .id = exercise->id,
        .title = exercise->title,
        .n_checks = n,
        .checks = calloc(n ? n : 1, sizeof *out->checks),
    };
    if (!out->checks) {
        out->n_checks = 0;
        return -ENOMEM;
    }
    for (size_t i = 0; i < n; i++)
        out->checks[i] = (struct check_result){
            .id = checks[i]->id,
            .title = checks[i]->title,
            .hint = checks[i]->hint,
            .lesson = checks[i]->lesson,
            .max_points = checks[i]->points,
        };
    return settle_all(out, VERDICT_ERROR, reason);
}

static int add_run(struct exercise_result *result, const struct run *run)
{
    for (size_t i = 0; i < result->n_runs; i++)
        if (result->runs[i].scenario == run->scenario->name &&
            strcmp(result->runs[i].schedule, run->schedule) == 0)
            return 0;
    struct run_result *more =
        reallocarray(result->runs, result->n_runs + 1, sizeof *more);
    if (!more)
        return -ENOMEM;
    result->runs = more;
    int rc = record_run(run, &more[result->n_runs]);
    if (rc == 0)
        result->n_runs++;
    return rc;
}

/* The trace is for those who want to see the run again. */
static int take_trace(struct job *job, const struct run *run)
{
    if (!job->work->request->replay || job->result->trace)
        return 0;
    job->result->trace = trace_to_json(run->trace);
    return job->result->trace ? 0 : -ENOMEM;
}

static int take_showing(struct job *job, struct check_result *check,
                        const struct showing *showing)
{
    const struct run *run = &showing->run;
    int rc = evidence_take(check, showing, job->build.program);
    rc = rc < 0 ? rc : take_trace(job, run);
    return rc < 0 ? rc : add_run(job->result, run);
}

static int take_failure(struct job *job, size_t i, struct batch *batch,
                        const struct judged *judged)
{
    const struct check *needed[SELECTION_MOST];
    struct failure failure = {
        .check = job->checks[i],
        .needed = needed,
        .run = &batch->runs[judged->run],
        .schedule = batch->plan[judged->run],
        .judged = judged,
    };
    for (size_t j = 0; j < i; j++)
        if (list_has(job->checks[i]->depends, job->checks[j]->id))
            needed[failure.n_needed++] = job->checks[j];
    struct showing showing;
    int rc = job->again ? replay_as_it_is(&failure, &showing)
                        : replay_find(batch, &failure, &showing);
    if (rc < 0)
        return rc;
    rc = take_showing(job, &job->result->checks[i], &showing);
    showing_release(&showing);
    return rc;
}

static int judge_one(struct job *job, size_t i, struct batch *batch)
{
    autofree struct judged *judged = malloc(sizeof *judged);
    struct check_result *check = &job->result->checks[i];
    if (!judged)
        return -ENOMEM;
    judge_check(job->checks[i], batch->runs, batch->n, judge_seconds, judged);
    check->verdict = judged->verdict;
    job->judged[i] += judged->judged;
    if (judged->verdict == VERDICT_FAIL)
        return take_failure(job, i, batch, judged);
    return evidence_words(check, judged);
}

/* The first check that this one needs and that did not pass, or NULL. */
static const struct check_result *unmet(const struct job *job, size_t i)
{
    const struct check_result *errors = NULL;
    for (size_t j = 0; j < i; j++) {
        const struct check_result *other = &job->result->checks[j];
        if (!list_has(job->checks[i]->depends, other->id))
            continue;
        if (other->verdict == VERDICT_FAIL || other->verdict == VERDICT_SKIP)
            return other;
        if (other->verdict == VERDICT_ERROR && !errors)
            errors = other;
    }
    return errors;
}

/* Judges what has not failed yet on the runs of a batch. */
static int judge_batch(struct job *job, struct batch *batch)
{
    int rc = 0;
    for (size_t i = 0; i < job->n && rc == 0; i++)
        if (job->result->checks[i].verdict == VERDICT_PASS && !unmet(job, i))
            rc = judge_one(job, i, batch);
    return rc;
}

/* A run with faults in it is no example. */
static int take_sample(struct job *job, const struct run *run)
{
    int n = trace_processes(run->trace);
    if (!job->work->request->samples || run->scenario->inject[0] ||
        n > SAMPLE_PROCESSES || run->trace->n_events > SAMPLE_EVENTS ||
        n <= job->sampled)
        return 0;
    json_decref(job->result->trace);
    job->result->trace = trace_to_json(run->trace);
    job->sampled = n;
    return job->result->trace ? 0 : -ENOMEM;
}

/* The run of each scenario under the first schedule. */
static int record_first(struct job *job, const struct batch *batch)
{
    int rc = 0;
    for (size_t i = 0; i < batch->n && rc == 0; i++) {
        if (batch->nth[i] != 0)
            continue;
        rc = add_run(job->result, &batch->runs[i]);
        rc = rc < 0 ? rc : take_sample(job, &batch->runs[i]);
    }
    return rc;
}

/* Whether no further run can change a verdict. */
static bool all_settled(const struct job *job)
{
    for (size_t i = 0; i < job->n; i++)
        if (job->result->checks[i].verdict == VERDICT_PASS && !unmet(job, i))
            return false;
    return true;
}

/* Returns 1 when the observer failed, which settles every verdict. */
static int observe_and_judge(struct job *job, struct batch *batch)
{
    const char *why = NULL;
    int n;
    while ((n = batch_next(batch, &why)) > 0) {
        int rc = record_first(job, batch);
        if (rc == 0)
            rc = judge_batch(job, batch);
        if (rc < 0)
            return rc;
        if (all_settled(job))
            batch_stop(batch);
    }
    job->result->n_tried = batch->tried;
    job->result->n_distinct = (int)batch->n_ways;
    if (n == 0)
        return 0;
    int rc = settle_all(job->result, VERDICT_ERROR, why ? why : strerror(-n));
    return rc < 0 ? rc : 1;
}

/* A check that cannot be judged without another one takes over its fate. */
static int skip(struct check_result *check, const struct check_result *needed)
{
    bool error = needed->verdict == VERDICT_ERROR;
    char *reason = NULL;
    if (asprintf(&reason, "needs: %s%s", needed->title,
                 error ? " (the grader could not judge that)" : "") < 0)
        return -ENOMEM;
    reset(check, error ? VERDICT_ERROR : VERDICT_SKIP, reason);
    return 0;
}

/* Nothing seen is no pass. */
static int doubt(struct check_result *check)
{
    check->verdict = VERDICT_ERROR;
    free(check->seen);
    check->seen = strdup("No run was made on which this can be judged.");
    return check->seen ? 0 : -ENOMEM;
}

static int conclude(struct job *job)
{
    int rc = 0;
    for (size_t i = 0; i < job->n && rc == 0; i++) {
        struct check_result *check = &job->result->checks[i];
        const struct check_result *needed = unmet(job, i);
        if (needed)
            rc = skip(check, needed);
        else if (check->verdict == VERDICT_PASS && job->judged[i] == 0 &&
                 !job->again)
            rc = doubt(check);
        check->points = check->verdict == VERDICT_PASS ? check->max_points : 0;
    }
    return rc;
}

/* From now on a check has passed until it fails. */
static void presume_innocent(struct exercise_result *result)
{
    for (size_t i = 0; i < result->n_checks; i++)
        reset(&result->checks[i], VERDICT_PASS, NULL);
}

/* Judges the run that was asked for.
 * @return 1: the check fails in it; 0; -Exxx */
static int judge_again(struct job *job, struct batch *batch)
{
    const struct replay *replay = job->work->request->replay;
    const char *why = NULL;
    if (!replay || !replay->schedule || job->n == 0 ||
        !replay_is_of(replay, job->build.program))
        return 0;
    int rc = batch_one(batch, replay->scenario, replay->schedule, &why);
    job->again = true;
    if (rc == 0)
        rc = judge_batch(job, batch);
    if (rc == 0)
        rc = conclude(job);
    job->again = false;
    if (rc == 0 &&
        job->result->checks[job->n - 1].verdict == VERDICT_FAIL)
        return 1;
    json_decref(job->result->trace);
    job->result->trace = NULL;
    memset(job->judged, 0, sizeof job->judged);
    return rc == -ENOMEM ? rc : 0;
}

static int explore(struct job *job, struct batch *batch)
{
    presume_innocent(job->result);
    int rc = observe_and_judge(job, batch);
    return rc == 0 ? conclude(job) : rc;
}

static int judge_program(struct job *job)
{
    struct batch *batch = malloc(sizeof *batch);
    int rc = batch ? batch_open(batch, job->work, job->build.binary,
                                job->checks, job->n)
                   : -ENOMEM;
    if (rc == -EINVAL) {
        free(batch);
        return settle_all(job->result, VERDICT_ERROR,
                          "A scenario has a placeholder that cannot be drawn.");
    }
    if (rc == 0) {
        presume_innocent(job->result);
        rc = judge_again(job, batch);
        if (rc == 0)
            rc = explore(job, batch);
        batch_close(batch);
    }
    free(batch);
    return rc < 0 ? rc : 0;
}

int work_do(const struct work *work, struct exercise_result *out)
{
    const char *why = "It could not be built.";
    struct job job = {.work = work, .result = out};
    int rc = work_blank(work->request, work->exercise, "not graded", out);
    if (rc < 0)
        return rc;
    job.n = selection_checks(work->exercise, work->request->only, job.checks);
    rc = build_exercise(work->request->dir, work->exercise->id, work->workdir,
                        out, &job.build, &why);
    if (rc < 0)
        return settle_all(out, VERDICT_ERROR, why);
    if (!out->built)
        return settle_all(out, VERDICT_SKIP, out->build_problem);
    out->program = strdup(job.build.program);
    rc = out->program ? judge_program(&job) : -ENOMEM;
    free(job.build.binary);
    return rc;
}
