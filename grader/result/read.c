/* Reads proclab-result/v1, strictly: a key that is missing, of another type or
 * not known makes it no result. */

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "result/format.h"

/* One object; remembers the first thing that is wrong with it. */
struct reader {
    const json_t *object;
    size_t used;     /* keys read */
    const char *bad; /* the key at fault */
    bool no_memory;
};

static const json_t *get(struct reader *r, const char *key, bool needed)
{
    const json_t *value = json_object_get(r->object, key);
    if (value)
        r->used++;
    else if (needed && !r->bad)
        r->bad = key;
    return value;
}

static void blame(struct reader *r, const char *key)
{
    if (!r->bad)
        r->bad = key;
}

/* A string of the document; NULL where it may be missing. */
static const char *get_text(struct reader *r, const char *key, bool needed)
{
    const json_t *value = get(r, key, needed);
    if (value && !json_is_string(value))
        blame(r, key);
    return json_string_value(value);
}

static char *get_copy(struct reader *r, const char *key, bool needed)
{
    const char *text = get_text(r, key, needed);
    char *copy = text ? strdup(text) : NULL;
    if (text && !copy)
        r->no_memory = true;
    return copy;
}

static int64_t get_number(struct reader *r, const char *key, int64_t min,
                          int64_t max)
{
    const json_t *value = get(r, key, true);
    int64_t number = json_integer_value(value);
    if (value && json_is_integer(value) && number >= min && number <= max)
        return number;
    blame(r, key);
    return 0;
}

static int get_int(struct reader *r, const char *key, int min, int max)
{
    return (int)get_number(r, key, min, max);
}

static bool has(const json_t *object, const char *key)
{
    return json_object_get(object, key) != NULL;
}

/* Points are null where they are not known. */
static int get_points(struct reader *r)
{
    const json_t *value = json_object_get(r->object, "points");
    if (!json_is_null(value))
        return get_int(r, "points", 0, INT_MAX);
    r->used++;
    return 0;
}

/* Makes room for the elements of an array: zeroed, or NULL if there is none. */
static void *get_array(struct reader *r, const char *key, size_t size,
                       const json_t **array)
{
    *array = get(r, key, true);
    if (!json_is_array(*array)) {
        blame(r, key);
        *array = NULL;
        return NULL;
    }
    size_t n = json_array_size(*array);
    void *room = n ? calloc(n, size) : NULL;
    if (n && !room) {
        r->no_memory = true;
        *array = NULL;
    }
    return room;
}

static bool fine(const struct reader *r)
{
    return !r->bad && !r->no_memory;
}

static struct reader reader_of(const json_t *object)
{
    return (struct reader){
        .object = object,
        .bad = json_is_object(object) ? NULL : "(not an object)",
    };
}

/* A key that nobody asked for is a fault as well. */
static void finish(struct reader *r)
{
    if (fine(r) && r->used != json_object_size(r->object))
        r->bad = "(a key that is not known)";
}

/* What went wrong with a part went wrong with the whole. */
static void inherit(struct reader *r, struct reader *part)
{
    finish(part);
    if (part->bad)
        blame(r, part->bad);
    r->no_memory |= part->no_memory;
}

static void read_diagnostic(struct reader *up, const json_t *json,
                            struct diagnostic *out)
{
    struct reader r = reader_of(json);
    out->file = get_copy(&r, "file", false);
    out->line = get_int(&r, "line", 0, INT_MAX);
    out->column = get_int(&r, "column", 0, INT_MAX);
    out->severity = get_copy(&r, "severity", true);
    out->message = get_copy(&r, "message", true);
    inherit(up, &r);
}

static void read_build(struct reader *up, struct exercise_result *out)
{
    const json_t *list;
    struct reader r = reader_of(get(up, "build", true));
    const char *status = get_text(&r, "status", true);
    out->built = status && strcmp(status, "ok") == 0;
    if (status && !out->built && strcmp(status, "failed") != 0)
        blame(&r, "status");
    out->build_problem = get_copy(&r, "problem", false);
    out->diagnostics =
        get_array(&r, "diagnostics", sizeof *out->diagnostics, &list);
    out->n_diagnostics = json_array_size(list);
    for (size_t i = 0; i < out->n_diagnostics; i++)
        read_diagnostic(&r, json_array_get(list, i), &out->diagnostics[i]);
    inherit(up, &r);
}

static enum verdict get_verdict(struct reader *r)
{
    const char *name = get_text(r, "status", true);
    for (int v = VERDICT_PASS; name && v <= VERDICT_ERROR; v++)
        if (strcmp(verdict_name((enum verdict)v), name) == 0)
            return (enum verdict)v;
    blame(r, "status");
    return VERDICT_ERROR;
}

static void read_decision(struct reader *up, const json_t *json,
                          struct forced_choice *out)
{
    struct reader r = reader_of(json);
    out->at = (size_t)get_int(&r, "at", 0, INT_MAX);
    out->chosen = get_int(&r, "chosen", 0, INT_MAX);
    out->words = get_copy(&r, "words", true);
    inherit(up, &r);
}

static void read_replay(struct reader *up, struct check_result *out)
{
    const json_t *list, *replay = get(up, "replay", false);
    if (!replay)
        return;
    struct reader r = reader_of(replay);
    out->scenario = get_copy(&r, "scenario", true);
    out->schedule = get_copy(&r, "schedule", false);
    out->command = get_copy(&r, "command", false);
    out->program = get_copy(&r, "program", false);
    out->decisions = get_array(&r, "decisions", sizeof *out->decisions, &list);
    out->n_decisions = json_array_size(list);
    for (size_t i = 0; i < out->n_decisions; i++)
        read_decision(&r, json_array_get(list, i), &out->decisions[i]);
    if (has(replay, "event"))
        out->event = 1 + (size_t)get_int(&r, "event", 0, INT_MAX - 1);
    inherit(up, &r);
}

static void read_check(struct reader *up, const json_t *json,
                       struct check_result *out)
{
    struct reader r = reader_of(json);
    out->id = get_text(&r, "id", true);
    out->title = get_text(&r, "title", true);
    out->points = get_points(&r);
    out->max_points = get_int(&r, "max_points", 0, INT_MAX);
    out->verdict = get_verdict(&r);
    out->expected = get_copy(&r, "expected", false);
    out->seen = get_copy(&r, "seen", false);
    out->where = get_copy(&r, "where", false);
    out->hint = get_text(&r, "hint", false);
    const char *lesson = get_text(&r, "lesson", false);
    const char *anchor = lesson ? strchr(lesson, '#') : NULL;
    out->lesson = anchor ? anchor + 1 : NULL;
    if (lesson && !anchor)
        blame(&r, "lesson");
    read_replay(&r, out);
    inherit(up, &r);
}

static void read_line(struct reader *up, const json_t *json,
                      struct transcript_line *out)
{
    struct reader r = reader_of(json);
    out->t_ms = get_number(&r, "t_ms", 0, INT64_MAX);
    out->process = get_copy(&r, "process", true);
    out->text = get_copy(&r, "text", true);
    inherit(up, &r);
}

static void read_process(struct reader *up, const json_t *json,
                         struct process_result *out)
{
    struct reader r = reader_of(json);
    out->place = get_copy(&r, "place", true);
    out->name = get_copy(&r, "name", true);
    out->born_ms = get_number(&r, "born_ms", -1, INT64_MAX);
    out->ended_ms = get_number(&r, "ended_ms", -1, INT64_MAX);
    out->code = get_int(&r, "code", 0, INT_MAX);
    out->signal = get_int(&r, "signal", 0, INT_MAX);
    inherit(up, &r);
}

static void read_run(struct reader *up, const json_t *json,
                     struct run_result *out)
{
    const json_t *list;
    struct reader r = reader_of(json);
    out->scenario = get_text(&r, "scenario", true);
    out->schedule = get_copy(&r, "schedule", true);
    out->outcome = get_text(&r, "outcome", true);
    out->virtual_ms = get_number(&r, "virtual_ms", 0, INT64_MAX);
    if (json_object_get(json, "left_out"))
        out->left_out = (size_t)get_number(&r, "left_out", 1, INT64_MAX);
    out->lines = get_array(&r, "transcript", sizeof *out->lines, &list);
    out->n_lines = json_array_size(list);
    for (size_t i = 0; i < out->n_lines; i++)
        read_line(&r, json_array_get(list, i), &out->lines[i]);
    out->processes = get_array(&r, "processes", sizeof *out->processes, &list);
    out->n_processes = json_array_size(list);
    for (size_t i = 0; i < out->n_processes; i++)
        read_process(&r, json_array_get(list, i), &out->processes[i]);
    inherit(up, &r);
}

/* `points` and `max_points` say nothing that the checks do not. */
static void read_exercise(struct reader *up, const json_t *json,
                          struct exercise_result *out)
{
    const json_t *list;
    struct reader r = reader_of(json);
    out->id = get_text(&r, "id", true);
    out->title = get_text(&r, "title", true);
    int points = get_points(&r), most = get_int(&r, "max_points", 0, INT_MAX);
    out->program = get_copy(&r, "program", false);
    read_build(&r, out);
    out->checks = get_array(&r, "checks", sizeof *out->checks, &list);
    out->n_checks = json_array_size(list);
    for (size_t i = 0; i < out->n_checks; i++)
        read_check(&r, json_array_get(list, i), &out->checks[i]);
    out->n_tried = get_int(&r, "runs_tried", 0, INT_MAX);
    out->n_distinct = get_int(&r, "runs_distinct", 0, out->n_tried);
    out->runs = get_array(&r, "runs", sizeof *out->runs, &list);
    out->n_runs = json_array_size(list);
    for (size_t i = 0; i < out->n_runs; i++)
        read_run(&r, json_array_get(list, i), &out->runs[i]);
    if (has(json, "trace"))
        out->trace = json_incref((json_t *)get(&r, "trace", false));
    bool unknown = json_is_null(json_object_get(json, "points"));
    if (most != exercise_max_points(out) ||
        (!unknown && points != exercise_points(out)))
        blame(&r, "points");
    inherit(up, &r);
}

static int conclude(const struct reader *r, const char **why)
{
    if (why && r->bad)
        *why = r->bad;
    if (r->no_memory)
        return -ENOMEM;
    return r->bad ? -EINVAL : 0;
}

int exercise_from_json(const json_t *json, struct exercise_result *out,
                       const char **why)
{
    struct exercise_result exercise = {.id = NULL};
    struct reader r = {.object = NULL};
    read_exercise(&r, json, &exercise);
    int rc = conclude(&r, why);
    if (rc < 0)
        exercise_result_clear(&exercise);
    else
        *out = exercise;
    return rc;
}

/* A number, or a string where JSON's numbers end. */
static uint64_t get_seed(struct reader *r)
{
    const char *text = json_string_value(json_object_get(r->object, "seed"));
    char *end;
    if (!text)
        return (uint64_t)get_number(r, "seed", 0, INT64_MAX);
    r->used++;
    errno = 0;
    uint64_t seed = strtoull(text, &end, 10);
    if (errno || *end || *text < '0' || *text > '9')
        blame(r, "seed");
    return seed;
}

static void read_result(struct reader *r, struct result *out)
{
    const json_t *list;
    const char *schema = get_text(r, "schema", true);
    if (schema && strcmp(schema, "proclab-result/v1") != 0)
        blame(r, "schema");
    get_text(r, "proclab", true);
    out->course = get_text(r, "course", false);
    out->submission = get_copy(r, "submission", true);
    out->seed = get_seed(r);
    out->schedules = get_int(r, "schedules", 0, INT_MAX);
    const json_t *complete = get(r, "complete", true);
    int points = get_points(r), most = get_int(r, "max_points", 0, INT_MAX);
    out->exercises = get_array(r, "exercises", sizeof *out->exercises, &list);
    out->n_exercises = json_array_size(list);
    for (size_t i = 0; i < out->n_exercises; i++)
        read_exercise(r, json_array_get(list, i), &out->exercises[i]);
    bool known = result_complete(out);
    if (!json_is_boolean(complete) || json_is_true(complete) != known)
        blame(r, "complete");
    if (most != result_max_points(out) ||
        (known && points != result_points(out)))
        blame(r, "points");
}

int result_from_json(json_t *json, struct result *out, const char **why)
{
    struct result result = {.source = json_incref(json)};
    struct reader r = reader_of(json);
    read_result(&r, &result);
    finish(&r);
    int rc = conclude(&r, why);
    if (rc < 0)
        result_free(&result);
    else
        *out = result;
    return rc;
}
