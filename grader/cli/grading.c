#include "cli/grading.h"

#include <err.h>
#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/progress.h"
#include "result/shell.h"

enum { JOBS_MAX = 256, SCHEDULES_MAX = 10000 };

/* How many CPUs we may use. */
static int cpus(void)
{
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n < JOBS_MAX ? n : JOBS_MAX;
}

struct grading_options grading_usual(void)
{
    return (struct grading_options){
        .seed = GRADING_SEED,
        .schedules = GRADE_SCHEDULES,
        .jobs = cpus(),
    };
}

error_t grading_option(int key, const char *arg,
                       const struct argp_state *state,
                       struct grading_options *options)
{
    switch (key) {
    case GRADING_KEY_SEED:
        options->seed = option_number(state, "--seed", arg, 0, UINT64_MAX);
        return 0;
    case GRADING_KEY_SCHEDULES:
        options->schedules =
            (int)option_number(state, "--schedules", arg, 1, SCHEDULES_MAX);
        return 0;
    case GRADING_KEY_JOBS:
        options->jobs = (int)option_number(state, "-j", arg, 1, JOBS_MAX);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

struct grade_request grading_request(const struct submission *submission,
                                     const struct grading_options *options)
{
    return (struct grade_request){
        .dir = submission->dir,
        .exercises = submission->exercises,
        .n_exercises = submission->n,
        .seed = options->seed,
        .schedules = options->schedules,
        .jobs = options->jobs,
    };
}

static void put_word(FILE *out, const char *word)
{
    fputc(' ', out);
    shell_word(out, word);
}

char *grading_command(const struct grading_options *options, const char *dir)
{
    char *line = NULL;
    size_t len;
    FILE *out = open_memstream(&line, &len);
    if (!out)
        return NULL;
    fprintf(out, "%s grade", cli_program());
    if (strcmp(dir, ".") != 0)
        put_word(out, dir);
    if (options->seed != GRADING_SEED)
        fprintf(out, " --seed %" PRIu64, options->seed);
    if (options->schedules != GRADE_SCHEDULES)
        fprintf(out, " --schedules %d", options->schedules);
    fclose(out);
    return line;
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
