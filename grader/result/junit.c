/* A result as JUnit XML: a suite an exercise, a case a check.  Times are 0: no
 * result depends on how long it took. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "result/format.h"
#include "trace/text.h"

/* XML 1.0 has no character for most controls, nor for U+FFFE and U+FFFF, in
 * no notation whatever. */
static bool allowed(uint32_t code)
{
    if (code < 32)
        return code == '\t' || code == '\n' || code == '\r';
    return code != 127 && code != 0xfffe && code != 0xffff;
}

static const char *escaped(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&apos;";
    case '\t':
        return "&#9;";
    case '\n':
        return "&#10;";
    case '\r':
        return "&#13;";
    default:
        return NULL;
    }
}

/* Fit for an attribute as well as for an element. */
static void put_text(FILE *out, const char *text)
{
    size_t len = text ? strlen(text) : 0;
    while (len > 0) {
        uint32_t code = 0;
        size_t n = text_decode(text, len, &code);
        const char *entity = escaped(*text);
        if (n == 0 || !allowed(code))
            fputs("\xef\xbf\xbd", out);
        else if (entity)
            fputs(entity, out);
        else
            fwrite(text, 1, n, out);
        text += n ? n : 1;
        len -= n ? n : 1;
    }
}

static void put_attribute(FILE *out, const char *name, const char *value)
{
    fprintf(out, " %s=\"", name);
    put_text(out, value);
    putc('"', out);
}

/* Counts of a suite, or of all. */
struct counts {
    size_t tests, failures, errors, skipped;
};

static void add_counts(struct counts *c, const struct exercise_result *e)
{
    for (size_t i = 0; i < e->n_checks; i++) {
        c->tests++;
        c->failures += e->checks[i].verdict == VERDICT_FAIL;
        c->errors += e->checks[i].verdict == VERDICT_ERROR;
        c->skipped += e->checks[i].verdict == VERDICT_SKIP;
    }
}

static void put_counts(FILE *out, const struct counts *c)
{
    fprintf(out,
            " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" "
            "skipped=\"%zu\" time=\"0\"",
            c->tests, c->failures, c->errors, c->skipped);
}

static void put_part(FILE *out, const char *label, const char *text)
{
    if (!text)
        return;
    fprintf(out, "%s: ", label);
    put_text(out, text);
    putc('\n', out);
}

static void put_failure(FILE *out, const struct check_result *check)
{
    fputs("      <failure", out);
    put_attribute(out, "message", check->seen);
    put_attribute(out, "type", check->id);
    putc('>', out);
    put_part(out, "expected", check->expected);
    put_part(out, "seen", check->seen);
    put_part(out, "where", check->where);
    put_part(out, "scenario", check->scenario);
    put_part(out, "schedule", check->schedule);
    put_part(out, "command", check->command);
    put_part(out, "hint", check->hint);
    fputs("</failure>\n", out);
}

static void put_message(FILE *out, const char *element,
                        const struct check_result *check)
{
    fprintf(out, "      <%s", element);
    put_attribute(out, "message", check->seen);
    fputs("/>\n", out);
}

static void put_check(FILE *out, const char *exercise,
                      const struct check_result *check)
{
    fputs("    <testcase", out);
    put_attribute(out, "name", check->title);
    put_attribute(out, "classname", exercise);
    fputs(" time=\"0\">\n", out);
    fprintf(out, "      <properties>\n        <property name=\"id\"");
    put_attribute(out, "value", check->id);
    fputs("/>\n", out);
    if (check->verdict != VERDICT_ERROR)
        fprintf(out, "        <property name=\"points\" value=\"%d\"/>\n",
                check->points);
    fprintf(out,
            "        <property name=\"max_points\" value=\"%d\"/>\n"
            "      </properties>\n",
            check->max_points);
    if (check->verdict == VERDICT_FAIL)
        put_failure(out, check);
    if (check->verdict == VERDICT_SKIP)
        put_message(out, "skipped", check);
    if (check->verdict == VERDICT_ERROR)
        put_message(out, "error", check);
    fputs("    </testcase>\n", out);
}

/* What the compiler said. */
static void put_build(FILE *out, const struct exercise_result *exercise)
{
    if (!exercise->build_problem && exercise->n_diagnostics == 0)
        return;
    fputs("    <system-err>", out);
    put_text(out, exercise->build_problem);
    putc('\n', out);
    for (size_t i = 0; i < exercise->n_diagnostics; i++) {
        const struct diagnostic *d = &exercise->diagnostics[i];
        put_text(out, d->file);
        fprintf(out, ":%d:%d: ", d->line, d->column);
        put_text(out, d->severity);
        fputs(": ", out);
        put_text(out, d->message);
        putc('\n', out);
    }
    fputs("</system-err>\n", out);
}

static void put_suite(FILE *out, const struct exercise_result *exercise)
{
    struct counts counts = {0};
    add_counts(&counts, exercise);
    fputs("  <testsuite", out);
    put_attribute(out, "name", exercise->id);
    put_counts(out, &counts);
    fputs(">\n", out);
    for (size_t i = 0; i < exercise->n_checks; i++)
        put_check(out, exercise->id, &exercise->checks[i]);
    put_build(out, exercise);
    fputs("  </testsuite>\n", out);
}

int result_write_junit(const struct result *result, FILE *out)
{
    struct counts counts = {0};
    for (size_t i = 0; i < result->n_exercises; i++)
        add_counts(&counts, &result->exercises[i]);
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites", out);
    put_attribute(out, "name", result->submission);
    put_counts(out, &counts);
    fputs(">\n", out);
    for (size_t i = 0; i < result->n_exercises; i++)
        put_suite(out, &result->exercises[i]);
    fputs("</testsuites>\n", out);
    return fflush(out) == 0 && !ferror(out) ? 0 : -EIO;
}
