/* A result as TAP 14: a test point a check, numbered through; what is known of
 * a failure stands in a YAML block below it, its strings as JSON has them. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "result/format.h"

/* TAP ends a description at " #"; a backslash escapes. */
static void put_description(FILE *out, const char *text)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '#' || c == '\\')
            putc('\\', out);
        putc(c < 32 || c == 127 ? ' ' : c, out);
    }
}

/* A JSON string is a double-quoted scalar of YAML. */
static int put_yaml(FILE *out, const char *key, const char *text)
{
    char *clean = result_utf8(text, strlen(text), 64 * 1024);
    json_t *string = clean ? json_string(clean) : NULL;
    free(clean);
    if (!string)
        return -ENOMEM;
    char *quoted = json_dumps(string, JSON_ENCODE_ANY);
    json_decref(string);
    if (!quoted)
        return -ENOMEM;
    fprintf(out, "  %s: %s\n", key, quoted);
    free(quoted);
    return 0;
}

static int put_part(FILE *out, const char *key, const char *text)
{
    return text ? put_yaml(out, key, text) : 0;
}

static int put_details(FILE *out, const struct check_result *check)
{
    fputs("  ---\n", out);
    int rc = put_part(out, "id", check->id);
    if (check->verdict == VERDICT_ERROR) {
        rc = rc < 0 ? rc : put_part(out, "grader_error", check->seen);
    } else {
        rc = rc < 0 ? rc : put_part(out, "expected", check->expected);
        rc = rc < 0 ? rc : put_part(out, "seen", check->seen);
        rc = rc < 0 ? rc : put_part(out, "where", check->where);
        rc = rc < 0 ? rc : put_part(out, "scenario", check->scenario);
        rc = rc < 0 ? rc : put_part(out, "command", check->command);
        rc = rc < 0 ? rc : put_part(out, "schedule", check->schedule);
        rc = rc < 0 ? rc : put_part(out, "hint", check->hint);
        fprintf(out, "  points: %d\n", check->points);
    }
    fprintf(out, "  max_points: %d\n  ...\n", check->max_points);
    return rc;
}

static int put_check(FILE *out, int number, const char *exercise,
                     const struct check_result *check)
{
    bool ok = check->verdict == VERDICT_PASS;
    bool skip = check->verdict == VERDICT_SKIP;
    /* "ok # SKIP" would count as passed where points are counted by tests. */
    fprintf(out, "%s %d - ", ok ? "ok" : "not ok", number);
    put_description(out, exercise);
    fputs(": ", out);
    put_description(out, check->title);
    if (skip) {
        fputs(" # SKIP ", out);
        put_description(out, check->seen ? check->seen : "");
    }
    putc('\n', out);
    return ok || skip ? 0 : put_details(out, check);
}

int result_write_tap(const struct result *result, FILE *out)
{
    size_t n = 0;
    int number = 0, rc = 0;
    for (size_t i = 0; i < result->n_exercises; i++)
        n += result->exercises[i].n_checks;
    fprintf(out, "TAP version 14\n1..%zu\n", n);
    for (size_t i = 0; i < result->n_exercises; i++) {
        const struct exercise_result *e = &result->exercises[i];
        for (size_t j = 0; j < e->n_checks && rc == 0; j++)
            rc = put_check(out, ++number, e->id, &e->checks[j]);
    }
    /* Nothing may take an unfinished grading for a bad submission. */
    if (rc == 0 && !result_complete(result))
        fputs("Bail out! The grader could not judge every check\n", out);
    if (rc < 0)
        return rc;
    return fflush(out) == 0 && !ferror(out) ? 0 : -EIO;
}
