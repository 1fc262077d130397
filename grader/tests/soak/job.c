#include "tests/soak/job.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/observed.h"
#include "tests/sound.h"

const char *job_end_name(enum job_end end)
{
    static const char *const names[JOB_ENDS] = {
        "fine", "differs from native", "same seed, other bytes",
        "contradiction in the trace", "grader error", "hangs", "leftover"};
    return end < JOB_ENDS ? names[end] : "died";
}

int job_runs(enum job_kind kind)
{
    return kind == JOB_MIXED ? 2 : kind == JOB_GRADE ? 0 : 1;
}

int job_comparisons(enum job_kind kind)
{
    (void)kind;
    return 1;
}

__attribute__((format(printf, 3, 4))) static void
note(const char *dir, const char *name, const char *format, ...)
{
    char path[600];
    va_list list;
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "w");
    if (!f)
        return;
    va_start(list, format);
    vfprintf(f, format, list);
    va_end(list);
    fclose(f);
}

static enum job_end fails(const char *dir, int r, const char *why)
{
    note(dir, "why", "%s (%s)\n", why, strerror(-r));
    return JOB_ERROR;
}

static int observe_subject(const struct job *job, struct trace **trace,
                           const char **why)
{
    char name[64];
    const char *argv[] = {name, NULL};
    snprintf(name, sizeof name, "./%s", job->subject->name);
    struct observe_request request = {
        .argv = argv, .program = job->subject->program,
        .world = OBSERVE_GRADE, .schedule = job->schedule, .seed = 1};
    return observe(&request, trace, why);
}

static int observe_it(const struct job *job, struct trace **trace,
                      const char **why)
{
    return job->kind == JOB_SUBJECT
               ? observe_subject(job, trace, why)
               : script_observe(job->script, &job->schedule, trace, why);
}

/* --- judging one run ------------------------------------------------------------- */

static enum job_end judge_sound(const struct trace *trace, const char *dir)
{
    char *text = trace_contradiction(trace);
    if (!text)
        return JOB_FINE;
    note(dir, "why", "%s\n", text);
    free(text);
    return JOB_UNSOUND;
}

static enum job_end judge_words(const struct job *job,
                                const struct trace *trace, const char *dir)
{
    char *words = script_words(trace);
    bool same = strcmp(words, job->native) == 0;
    if (!same) {
        note(dir, "observed", "%s", words);
        note(dir, "why", "outcome \"%s\", other output than natively\n",
             trace_outcome_name(trace->outcome));
    }
    free(words);
    return same ? JOB_FINE : JOB_DIFFERS;
}

static enum job_end judge_subject(const struct job *job,
                                  const struct trace *trace, const char *dir)
{
    struct ending got = observed_ending(trace);
    char *difference = ending_difference(&job->subject->expected, &got);
    ending_free(&got);
    if (!difference)
        return JOB_FINE;
    note(dir, "why", "outcome \"%s\"; %s\n",
         trace_outcome_name(trace->outcome), difference);
    free(difference);
    return JOB_DIFFERS;
}

static enum job_end judge_equal(const struct job *job,
                                const struct trace *one, const char *dir)
{
    struct trace *two = NULL;
    const char *why = "";
    int r = observe_it(job, &two, &why);
    if (r != 0)
        return fails(dir, r, why);
    char *a = observed_json(one), *b = observed_json(two);
    bool same = one->exact == two->exact &&
                (!one->exact || strcmp(a, b) == 0);
    if (!same) {
        note(dir, "why", "two runs with the same seed differ\n");
        note(dir, "again.json", "%s\n", b);
    }
    free(a), free(b);
    trace_free(two);
    return same ? JOB_FINE : JOB_UNEQUAL;
}

static enum job_end judge(const struct job *job, const struct trace *trace,
                          const char *dir)
{
    enum job_end end = judge_sound(trace, dir);
    if (end != JOB_FINE)
        return end;
    switch (job->kind) {
    case JOB_DETERMINED:
        return judge_words(job, trace, dir);
    case JOB_SUBJECT:
        return judge_subject(job, trace, dir);
    default:
        return judge_equal(job, trace, dir);
    }
}

/* --- a grading --------------------------------------------------------------------- */

static enum job_end do_grade(const struct job *job, const char *dir)
{
    char command[2000];
    snprintf(command, sizeof command,
             "\"${PROCLAB:-build/proclab}\" grade '%s' --seed %lu "
             "--format json -o '%s/result.json' >'%s/why' 2>&1; s=$?; "
             "[ $s -le 1 ] || exit 4; cmp '%s' '%s/result.json' >>'%s/why' || "
             "exit 2",
             job->submission, job->seed, dir, dir, job->reference, dir, dir);
    int status = system(command);
    return WIFEXITED(status) ? (enum job_end)WEXITSTATUS(status) : JOB_ERROR;
}

enum job_end job_do(const struct job *job, const char *dir)
{
    struct trace *trace = NULL;
    const char *why = "";
    if (job->kind == JOB_GRADE)
        return do_grade(job, dir);
    int r = observe_it(job, &trace, &why);
    if (r != 0)
        return fails(dir, r, why);
    enum job_end end = judge(job, trace, dir);
    if (end != JOB_FINE) {
        char *json = observed_json(trace);
        note(dir, "trace.json", "%s\n", json);
        free(json);
    }
    trace_free(trace);
    return end;
}

int job_write(const struct job *job, const char *dir)
{
    char name[64];
    note(dir, "kind", "%d\n", job->kind);
    note(dir, "schedule", "%d %llu %s\n# %s\n", job->schedule.kind,
         (unsigned long long)job->schedule.seed, job->schedule.victim,
         schedule_name(&job->schedule, name, sizeof name));
    if (job->script)
        note(dir, "script", "%s", job->script);
    if (job->native)
        note(dir, "native", "%s", job->native);
    if (job->subject)
        note(dir, "subject", "%s\n", job->subject->name);
    if (job->submission) {
        char command[1500];
        note(dir, "seed", "%lu\n", job->seed);
        snprintf(command, sizeof command,
                 "cp -RL '%s' '%s/submission' && cp '%s' '%s/expected.json'",
                 job->submission, dir, job->reference, dir);
        return system(command) == 0 ? 0 : -EIO;
    }
    return 0;
}
