/* A result as proclab-result/v1.  Keys stand in the order of this file; one
 * that has nothing to say is left out. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "result/format.h"

/* Adds a value that is owned by the object from now on, also on failure. */
static int put(json_t *object, const char *key, json_t *value)
{
    return json_object_set_new(object, key, value);
}

/* JSON is UTF-8; what is not is made so, rather than losing a result. */
static json_t *string_of(const char *text)
{
    json_t *string = json_string(text);
    char *clean = string ? NULL : result_utf8(text, strlen(text), 64 * 1024);
    if (clean)
        string = json_string(clean);
    free(clean);
    return string;
}

static int put_text(json_t *object, const char *key, const char *text)
{
    return text ? put(object, key, string_of(text)) : 0;
}

static int put_number(json_t *object, const char *key, int64_t number)
{
    return put(object, key, json_integer(number));
}

/* What went into a container that could not be completed is given up. */
static json_t *whole(json_t *container, int rc)
{
    if (rc == 0)
        return container;
    json_decref(container);
    return NULL;
}

static json_t *diagnostic_to_json(const struct diagnostic *d)
{
    json_t *o = json_object();
    int rc = put_text(o, "file", d->file);
    rc |= put_number(o, "line", d->line);
    rc |= put_number(o, "column", d->column);
    rc |= put_text(o, "severity", d->severity);
    rc |= put_text(o, "message", d->message);
    return whole(o, rc);
}

static json_t *build_to_json(const struct exercise_result *exercise)
{
    json_t *o = json_object(), *list = json_array();
    int rc = put_text(o, "status", exercise->built ? "ok" : "failed");
    rc |= put_text(o, "problem", exercise->build_problem);
    for (size_t i = 0; i < exercise->n_diagnostics; i++)
        rc |= json_array_append_new(
            list, diagnostic_to_json(&exercise->diagnostics[i]));
    rc |= put(o, "diagnostics", list);
    return whole(o, rc);
}

static json_t *decisions_to_json(const struct check_result *check)
{
    json_t *list = json_array();
    int rc = list ? 0 : -1;
    for (size_t i = 0; i < check->n_decisions; i++) {
        const struct forced_choice *d = &check->decisions[i];
        rc |= json_array_append_new(
            list, json_pack("{s:I, s:i, s:o}", "at", (json_int_t)d->at,
                            "chosen", d->chosen, "words",
                            string_of(d->words)));
    }
    return whole(list, rc);
}

static json_t *replay_to_json(const struct check_result *check)
{
    json_t *o = json_object();
    int rc = put_text(o, "scenario", check->scenario);
    rc |= put_text(o, "schedule", check->schedule);
    rc |= put_text(o, "command", check->command);
    rc |= put_text(o, "program", check->program);
    rc |= put(o, "decisions", decisions_to_json(check));
    if (check->event > 0)
        rc |= put_number(o, "event", (int64_t)check->event - 1);
    return whole(o, rc);
}

/* The anchor with the chapter before it: "03-killing#sigterm". */
static json_t *lesson_to_json(const char *exercise, const char *anchor)
{
    int chapter = (int)strcspn(exercise, "/");
    return json_sprintf("%.*s#%s", chapter, exercise, anchor);
}

static json_t *points_to_json(bool known, int points)
{
    return known ? json_integer(points) : json_null();
}

static json_t *check_to_json(const struct check_result *check,
                             const char *exercise)
{
    bool known = check->verdict != VERDICT_ERROR;
    json_t *o = json_object();
    int rc = put_text(o, "id", check->id);
    rc |= put_text(o, "title", check->title);
    rc |= put(o, "points", points_to_json(known, check->points));
    rc |= put_number(o, "max_points", check->max_points);
    rc |= put_text(o, "status", verdict_name(check->verdict));
    rc |= put_text(o, "expected", check->expected);
    rc |= put_text(o, "seen", check->seen);
    rc |= put_text(o, "where", check->where);
    if (check->verdict == VERDICT_FAIL)
        rc |= put_text(o, "hint", check->hint);
    if (check->lesson)
        rc |= put(o, "lesson", lesson_to_json(exercise, check->lesson));
    if (check->scenario)
        rc |= put(o, "replay", replay_to_json(check));
    return whole(o, rc);
}

static json_t *line_to_json(const struct transcript_line *line)
{
    json_t *o = json_object();
    int rc = put_number(o, "t_ms", line->t_ms);
    rc |= put_text(o, "process", line->process);
    rc |= put_text(o, "text", line->text);
    return whole(o, rc);
}

static json_t *process_to_json(const struct process_result *process)
{
    json_t *o = json_object();
    int rc = put_text(o, "place", process->place);
    rc |= put_text(o, "name", process->name);
    rc |= put_number(o, "born_ms", process->born_ms);
    rc |= put_number(o, "ended_ms", process->ended_ms);
    rc |= put_number(o, "code", process->code);
    rc |= put_number(o, "signal", process->signal);
    return whole(o, rc);
}

static json_t *run_to_json(const struct run_result *run)
{
    json_t *o = json_object(), *lines = json_array(), *all = json_array();
    int rc = put_text(o, "scenario", run->scenario);
    rc |= put_text(o, "schedule", run->schedule);
    rc |= put_text(o, "outcome", run->outcome);
    rc |= put_number(o, "virtual_ms", run->virtual_ms);
    for (size_t i = 0; i < run->n_lines; i++)
        rc |= json_array_append_new(lines, line_to_json(&run->lines[i]));
    rc |= put(o, "transcript", lines);
    if (run->left_out)
        rc |= put_number(o, "left_out", (int64_t)run->left_out);
    for (size_t i = 0; i < run->n_processes; i++)
        rc |= json_array_append_new(all, process_to_json(&run->processes[i]));
    rc |= put(o, "processes", all);
    return whole(o, rc);
}

json_t *exercise_to_json(const struct exercise_result *exercise)
{
    json_t *o = json_object(), *checks = json_array(), *runs = json_array();
    int points = exercise_points(exercise);
    int rc = put_text(o, "id", exercise->id);
    rc |= put_text(o, "title", exercise->title);
    rc |= put(o, "points", points_to_json(exercise_complete(exercise), points));
    rc |= put_number(o, "max_points", exercise_max_points(exercise));
    rc |= put_text(o, "program", exercise->program);
    rc |= put(o, "build", build_to_json(exercise));
    for (size_t i = 0; i < exercise->n_checks; i++)
        rc |= json_array_append_new(
            checks, check_to_json(&exercise->checks[i], exercise->id));
    rc |= put(o, "checks", checks);
    rc |= put_number(o, "runs_tried", exercise->n_tried);
    rc |= put_number(o, "runs_distinct", exercise->n_distinct);
    for (size_t i = 0; i < exercise->n_runs; i++)
        rc |= json_array_append_new(runs, run_to_json(&exercise->runs[i]));
    rc |= put(o, "runs", runs);
    if (exercise->trace)
        rc |= json_object_set(o, "trace", exercise->trace);
    return whole(o, rc);
}

/* JSON's numbers are signed here: a seed beyond them is a string. */
static json_t *seed_to_json(uint64_t seed)
{
    if (seed <= INT64_MAX)
        return json_integer((json_int_t)seed);
    return json_sprintf("%llu", (unsigned long long)seed);
}

json_t *result_to_json(const struct result *result)
{
    json_t *o = json_object(), *exercises = json_array();
    bool complete = result_complete(result);
    int rc = put_text(o, "schema", "proclab-result/v1");
    rc |= put_text(o, "proclab", PROCLAB_VERSION);
    rc |= put_text(o, "course", result->course);
    rc |= put_text(o, "submission", result->submission);
    rc |= put(o, "seed", seed_to_json(result->seed));
    rc |= put_number(o, "schedules", result->schedules);
    rc |= put(o, "complete", json_boolean(complete));
    rc |= put(o, "points", points_to_json(complete, result_points(result)));
    rc |= put_number(o, "max_points", result_max_points(result));
    for (size_t i = 0; i < result->n_exercises; i++)
        rc |= json_array_append_new(exercises,
                                    exercise_to_json(&result->exercises[i]));
    rc |= put(o, "exercises", exercises);
    return whole(o, rc);
}

int result_write_json(const struct result *result, FILE *out)
{
    json_t *json = result_to_json(result);
    if (!json)
        return -ENOMEM;
    int rc = json_dumpf(json, out, JSON_INDENT(2));
    json_decref(json);
    if (rc == 0 && fputc('\n', out) == EOF)
        rc = -1;
    return rc == 0 && fflush(out) == 0 && !ferror(out) ? 0 : -EIO;
}
