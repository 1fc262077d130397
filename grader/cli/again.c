#include "cli/again.h"

#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "result/format.h"
#include "trace/json.h"
#include "trace/timeline.h"

/* The failing check of this name, or without a name the first one. */
static const struct check_result *failed_check(const struct result *result,
                                               const char *id)
{
    for (size_t i = 0; i < result->n_exercises; i++) {
        const struct exercise_result *e = &result->exercises[i];
        for (size_t j = 0; j < e->n_checks; j++)
            if (e->checks[j].verdict == VERDICT_FAIL &&
                (!id || strcmp(e->checks[j].id, id) == 0))
                return &e->checks[j];
    }
    return NULL;
}

static int take_check(const char *path, const struct check_result *check,
                      struct replay *out)
{
    char *text = NULL;
    if (!check || !check->scenario || !check->schedule || !check->program) {
        warnx("%s: the check did not fail there", path);
        return STATUS_USAGE;
    }
    const char *colon = strchr(check->program, ':');
    int rc = asprintf(&text, "%s:%s@%s", check->scenario, check->schedule,
                      colon ? colon + 1 : "") < 0
                 ? -ENOMEM
                 : replay_parse(text, out);
    free(text);
    if (rc < 0)
        warnx("%s: %s", path, strerror(-rc));
    return rc < 0 ? STATUS_USAGE : STATUS_OK;
}

static int read_result(const char *path, struct result *out)
{
    json_error_t error;
    const char *why = NULL;
    json_t *json = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    if (!json) {
        warnx("%s%s%s", error.line > 0 ? path : "",
              error.line > 0 ? ": " : "", error.text);
        return STATUS_USAGE;
    }
    int rc = result_from_json(json, out, &why);
    json_decref(json);
    if (rc < 0)
        warnx("%s is no result: %s", path, why ? why : strerror(-rc));
    return rc < 0 ? STATUS_USAGE : STATUS_OK;
}

int again_first_failure(const char *path, char **id)
{
    struct result result;
    int status = read_result(path, &result);
    if (status != STATUS_OK)
        return status;
    const struct check_result *check = failed_check(&result, NULL);
    char *copy = check ? strdup(check->id) : NULL;
    result_free(&result);
    if (copy)
        *id = copy;
    else
        warnx("%s: no check failed there", path);
    return copy ? STATUS_OK : STATUS_USAGE;
}

static int which_of_file(const char *path, const char *check,
                         struct grade_request *request, struct replay *replay)
{
    struct result result;
    int status = read_result(path, &result);
    if (status != STATUS_OK)
        return status;
    status = take_check(path, failed_check(&result, check), replay);
    request->seed = result.seed;
    request->schedules = result.schedules;
    result_free(&result);
    return status;
}

int again_which(const char *which, const char *check,
                struct grade_request *request, struct replay *replay)
{
    request->replay = replay;
    if (!which)
        return STATUS_OK;
    int rc = replay_parse(which, replay);
    if (rc == 0)
        return STATUS_OK;
    if (!strchr(which, '@'))
        return which_of_file(which, check, request, replay);
    warnx("--replay=%s is no run: copy it from the message of the failure",
          which);
    return STATUS_USAGE;
}

static bool is_meant(const struct check_result *check,
                     const struct replay *replay)
{
    return check && check->schedule && check->scenario &&
           strcmp(check->schedule, replay->schedule) == 0 &&
           strcmp(check->scenario, replay->scenario) == 0;
}

void again_explain(const struct result *result, const struct replay *replay)
{
    const struct exercise_result *e = &result->exercises[0];
    if (!replay->schedule || result->n_exercises == 0 || !e->program)
        return;
    const char *then = failed_check(result, NULL)
                           ? "looked for a failure again, and found this one"
                           : "looked for a failure again, and found none";
    if (!replay_is_of(replay, e->program))
        warnx("the program has changed since: %s", then);
    else if (!is_meant(failed_check(result, NULL), replay))
        warnx("the check does not fail in that run (another seed, or another "
              "version of the course): %s",
              then);
}

/* The only exercise's. */
static const json_t *shown(const struct result *result)
{
    return result->n_exercises > 0 ? result->exercises[0].trace : NULL;
}

int again_write_timeline(const struct result *result, FILE *out,
                         const struct terminal *terminal)
{
    struct trace *trace;
    const struct check_result *check = failed_check(result, NULL);
    const struct timeline_style style = {
        .width = terminal->width,
        .colour = terminal->colour,
        .unicode = terminal->unicode,
        .lanes = 40,
        .focus = check ? check->event : 0,
    };
    if (!shown(result))
        return 0;
    int rc = trace_from_json(shown(result), &trace, NULL);
    if (rc < 0)
        return rc;
    char *text = timeline_draw(trace, &style);
    trace_free(trace);
    if (!text)
        return -ENOMEM;
    rc = fprintf(out, "\n%s", text) < 0 ? -EIO : 0;
    free(text);
    return rc;
}

int again_draw(const struct result *result, const struct pictures *pictures)
{
    struct trace *trace;
    const struct check_result *check = failed_check(result, NULL);
    if (!pictures_wanted(pictures))
        return STATUS_OK;
    if (!shown(result)) {
        warnx("no failure was found: there is no run to draw");
        return STATUS_OK;
    }
    int rc = trace_from_json(shown(result), &trace, NULL);
    if (rc < 0) {
        warnx("cannot draw the run: %s", strerror(-rc));
        return STATUS_FAILED;
    }
    int status = pictures_write(pictures, trace, check ? check->event : 0);
    trace_free(trace);
    return status;
}

int again_write_trace(const struct result *result, FILE *out)
{
    if (!shown(result)) {
        warnx("no failure was found: there is no run to show");
        return 0;
    }
    int rc = json_dumpf(shown(result), out, JSON_COMPACT);
    return rc < 0 || putc('\n', out) < 0 ? -EIO : 0;
}
