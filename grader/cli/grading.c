#include "cli/grading.h"

#include <err.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/progress.h"

int grading_cpus(void)
{
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n < GRADING_JOBS_MAX ? n : GRADING_JOBS_MAX;
}

struct grade_request grading_request(const struct submission *submission)
{
    return (struct grade_request){
        .dir = submission->dir,
        .exercises = submission->exercises,
        .n_exercises = submission->n,
        .seed = GRADING_SEED,
        .schedules = GRADE_SCHEDULES,
        .jobs = grading_cpus(),
    };
}

int grading_run(struct grade_request *request, struct result *result)
{
    struct progress progress = progress_start();
    request->progress = progress_update;
    request->context = &progress;
    const char *why = NULL;
    int rc = grade(request, result, &why);
    progress_end(&progress);
    if (rc == 0)
        return STATUS_OK;
    warnx("%s", why ? why : strerror(-rc));
    return STATUS_FAILED;
}
