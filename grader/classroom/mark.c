#include "classroom/mark.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "result/format.h"

/* Sentences are shorter. */
enum { REASON_MOST = 4096 };

/* The first check that ended in an error says what went wrong. */
static const char *first_error(const struct exercise_result *exercise)
{
    for (size_t i = 0; i < exercise->n_checks; i++)
        if (exercise->checks[i].verdict == VERDICT_ERROR)
            return exercise->checks[i].seen ? exercise->checks[i].seen : "";
    return NULL;
}

static bool has_exercises(const struct result *result,
                          const struct exercise *const *exercises, size_t n)
{
    if (result->n_exercises != n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (strcmp(result->exercises[i].id, exercises[i]->id) != 0)
            return false;
    return true;
}

static int take(const struct result *result, struct mark *out)
{
    const char *why = NULL;
    struct mark mark = {
        .status = MARK_GRADED,
        .has_result = true,
        .max_points = result_max_points(result),
        .exercises = calloc(result->n_exercises + 1, sizeof(int)),
    };
    if (!mark.exercises)
        return -ENOMEM;
    for (size_t i = 0; i < result->n_exercises; i++) {
        const char *error = first_error(&result->exercises[i]);
        mark.exercises[i] = error ? -1 : exercise_points(&result->exercises[i]);
        why = why ? why : error;
    }
    if (why) {
        mark.status = MARK_ERROR;
        mark.reason = result_utf8(why, strlen(why), REASON_MOST);
    } else {
        mark.points = result_points(result);
    }
    *out = mark;
    return 0;
}

int mark_read(const char *bytes, size_t len,
              const struct exercise *const *exercises, size_t n,
              struct mark *out)
{
    struct result result;
    json_error_t error;
    json_t *json = json_loadb(bytes, len, JSON_REJECT_DUPLICATES, &error);
    int rc = json ? result_from_json(json, &result, NULL) : -EINVAL;
    json_decref(json);
    if (rc < 0)
        return rc;
    rc = has_exercises(&result, exercises, n) ? take(&result, out) : -EINVAL;
    result_free(&result);
    return rc;
}

void mark_set(struct mark *mark, enum mark_status status, const char *reason)
{
    mark_clear(mark);
    mark->status = status;
    mark->reason = result_utf8(reason, strlen(reason), REASON_MOST);
}

void mark_clear(struct mark *mark)
{
    free(mark->reason);
    free(mark->exercises);
    *mark = (struct mark){.status = MARK_PENDING};
}

const char *mark_word(enum mark_status status)
{
    static const char *const words[] = {
        [MARK_PENDING] = "pending",
        [MARK_GRADED] = "graded",
        [MARK_ERROR] = "error",
        [MARK_NOTHING] = "nothing",
    };
    return words[status];
}
