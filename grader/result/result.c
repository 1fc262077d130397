#include "result/result.h"

#include <stdlib.h>
#include <string.h>

#include "trace/text.h"

bool exercise_complete(const struct exercise_result *exercise)
{
    for (size_t i = 0; i < exercise->n_checks; i++)
        if (exercise->checks[i].verdict == VERDICT_ERROR)
            return false;
    return true;
}

bool exercise_done(const struct exercise_result *exercise)
{
    return exercise_complete(exercise) &&
           exercise_points(exercise) == exercise_max_points(exercise);
}

int exercise_points(const struct exercise_result *exercise)
{
    int points = 0;
    for (size_t i = 0; i < exercise->n_checks; i++)
        if (exercise->checks[i].verdict != VERDICT_ERROR)
            points += exercise->checks[i].points;
    return points;
}

int exercise_max_points(const struct exercise_result *exercise)
{
    int points = 0;
    for (size_t i = 0; i < exercise->n_checks; i++)
        points += exercise->checks[i].max_points;
    return points;
}

int result_points(const struct result *result)
{
    int points = 0;
    for (size_t i = 0; i < result->n_exercises; i++)
        points += exercise_points(&result->exercises[i]);
    return points;
}

int result_max_points(const struct result *result)
{
    int points = 0;
    for (size_t i = 0; i < result->n_exercises; i++)
        points += exercise_max_points(&result->exercises[i]);
    return points;
}

bool result_complete(const struct result *result)
{
    for (size_t i = 0; i < result->n_exercises; i++)
        if (!exercise_complete(&result->exercises[i]))
            return false;
    return true;
}

const char *verdict_name(enum verdict verdict)
{
    static const char *const names[] = {
        [VERDICT_PASS] = "pass",
        [VERDICT_FAIL] = "fail",
        [VERDICT_SKIP] = "skip",
        [VERDICT_ERROR] = "error",
    };
    return names[verdict];
}

void check_result_clear(struct check_result *check)
{
    free(check->expected);
    free(check->seen);
    free(check->where);
    free(check->scenario);
    free(check->schedule);
    free(check->command);
    free(check->program);
    for (size_t i = 0; i < check->n_decisions; i++)
        free(check->decisions[i].words);
    free(check->decisions);
    *check = (struct check_result){.id = NULL};
}

void run_result_clear(struct run_result *run)
{
    for (size_t i = 0; i < run->n_lines; i++) {
        free(run->lines[i].process);
        free(run->lines[i].text);
    }
    for (size_t i = 0; i < run->n_processes; i++) {
        free(run->processes[i].place);
        free(run->processes[i].name);
    }
    free(run->lines);
    free(run->processes);
    free(run->schedule);
    *run = (struct run_result){.scenario = NULL};
}

static void clear_diagnostic(struct diagnostic *diagnostic)
{
    free(diagnostic->file);
    free(diagnostic->severity);
    free(diagnostic->message);
}

void exercise_result_clear(struct exercise_result *exercise)
{
    free(exercise->program);
    json_decref(exercise->trace);
    for (size_t i = 0; i < exercise->n_diagnostics; i++)
        clear_diagnostic(&exercise->diagnostics[i]);
    for (size_t i = 0; i < exercise->n_checks; i++)
        check_result_clear(&exercise->checks[i]);
    for (size_t i = 0; i < exercise->n_runs; i++)
        run_result_clear(&exercise->runs[i]);
    free(exercise->diagnostics);
    free(exercise->checks);
    free(exercise->runs);
    free(exercise->build_problem);
    *exercise = (struct exercise_result){.id = NULL};
}

void result_free(struct result *result)
{
    for (size_t i = 0; i < result->n_exercises; i++)
        exercise_result_clear(&result->exercises[i]);
    free(result->exercises);
    free(result->submission);
    json_decref(result->source);
    *result = (struct result){.submission = NULL};
}

char *result_utf8(const char *bytes, size_t len, size_t most)
{
    static const char replacement[] = "\xef\xbf\xbd";
    size_t room = len < most / 3 ? 3 * len : most, used = 0;
    char *text = malloc(room + 1);
    for (size_t at = 0; text && at < len;) {
        uint32_t code;
        size_t n = text_decode(bytes + at, len - at, &code);
        bool valid = n > 0 && code != 0;
        size_t put = valid ? n : 3;
        if (put > room - used)
            break;
        memcpy(text + used, valid ? bytes + at : replacement, put);
        used += put;
        at += n > 0 ? n : 1;
    }
    if (text)
        text[used] = '\0';
    return text;
}
