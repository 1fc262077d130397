/* What a student reads: a line a check, details where points are missing, the
 * first cause first and in full. */

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "result/format.h"
#include "result/page.h"
#include "result/totals.h"

enum { LABEL = 6, HANG = 16, WARNINGS_SHOWN = 3, ERRORS_SHOWN = 5 };

struct report {
    struct page page;
    const struct text_style *style;
    const struct result *result;
};

static const char *mark(const struct page *page, enum verdict verdict)
{
    static const char *const ascii[] = {"+", "x", "-", "!"};
    static const char *const pretty[] = {"✓", "✗", "-", "!"};
    return page->unicode ? pretty[verdict] : ascii[verdict];
}

static enum page_colour colour_of(enum verdict verdict)
{
    static const enum page_colour colours[] = {
        PAGE_GREEN,
        PAGE_RED,
        PAGE_DIM,
        PAGE_YELLOW,
    };
    return colours[verdict];
}

/* "  ✗ ": four columns. */
static void put_mark(const struct page *page, enum verdict verdict)
{
    fputs("  ", page->out);
    page_colour(page, colour_of(verdict));
    page_put(page, mark(page, verdict));
    if (verdict != VERDICT_SKIP)
        page_colour(page, PAGE_PLAIN);
    putc(' ', page->out);
}

static void detail(const struct report *r, const char *label, const char *text)
{
    if (text && *text)
        page_paragraph(&r->page, LABEL, label, HANG, text);
}

__attribute__((format(printf, 3, 4))) static void
detail_of(const struct report *r, const char *label, const char *format, ...)
{
    char *text = NULL;
    va_list args;
    va_start(args, format);
    if (vasprintf(&text, format, args) >= 0)
        detail(r, label, text);
    free(text);
    va_end(args);
}

/* A command is never broken: it is there to be copied. */
static void put_command(const struct report *r, const char *label, size_t len,
                        const char *command, const char *option, const char *id,
                        const char *more)
{
    fprintf(r->page.out, "%*s%-*s", LABEL, "", HANG - LABEL, label);
    char *start = strndup(command, len);
    page_put(&r->page, start ? start : "");
    free(start);
    page_put(&r->page, option);
    page_put(&r->page, id);
    page_put(&r->page, more);
    putc('\n', r->page.out);
}

/* What fails in the plainest run is found at once, another order by its name.
 * Eight digits tell a student's programs apart. */
static char *replay_option(const struct check_result *check)
{
    char *option = NULL;
    const char *digits = check->program ? strchr(check->program, ':') : NULL;
    if (!check->scenario || !check->schedule || !digits ||
        strcmp(check->schedule, "child-first") == 0)
        return strdup(" --replay");
    const char *quote = strchr(check->schedule, ' ') ? "'" : "";
    int n = asprintf(&option, " --replay=%s%s:%s@%.8s%s", quote,
                     check->scenario, check->schedule, digits + 1, quote);
    return n < 0 ? NULL : option;
}

static void put_again(const struct report *r, const struct check_result *check,
                      const char *command)
{
    char *option = replay_option(check);
    put_command(r, "again", strlen(command), command, " --check ", check->id,
                option ? option : "");
    free(option);
}

static void put_advice(const struct report *r, const struct check_result *check)
{
    const char *command = r->style->command ? r->style->command : "proclab";
    detail(r, "hint", check->hint);
    if (check->lesson)
        put_command(r, "lesson", totals_program(command), command, " show ",
                    check->id, "");
    if (!r->style->replayed)
        put_again(r, check, command);
}

/* A schedule that could not be told by a few choices. */
static void put_strategy(const struct report *r, const char *schedule)
{
    if (strncmp(schedule, "starve ", 7) == 0)
        detail_of(r, "when",
                  "process %s could go on, but is kept waiting while time "
                  "passes",
                  schedule + 7);
    else if (strcmp(schedule, "parent-first") == 0)
        detail(r, "when", "of all that can go on the oldest process does");
    else if (strncmp(schedule, "child-first", 11) != 0)
        detail(r, "when", "processes take turns at random");
}

/* What makes it fail, where it does not do so anyhow. */
static void put_when(const struct report *r, const struct check_result *check)
{
    if (check->n_decisions == 0 && check->schedule)
        put_strategy(r, check->schedule);
    const char *label = "when", *before = "";
    for (size_t i = 0; i < check->n_decisions; i++) {
        const char *words = check->decisions[i].words;
        if (!words || !*words || strcmp(words, before) == 0)
            continue;
        detail(r, label, words);
        label = "and";
        before = words;
    }
}

static void put_failure(const struct report *r,
                        const struct check_result *check, bool in_full)
{
    detail(r, "expected", check->expected);
    detail(r, "seen", check->seen);
    detail(r, "where", check->where);
    put_when(r, check);
    if (!in_full)
        return;
    if (check->scenario)
        detail_of(r, "run", "%s (scenario %s, %s)",
                  check->command ? check->command : "", check->scenario,
                  check->schedule ? check->schedule : "?");
    put_advice(r, check);
}

/* The title, and the reason where that fits into the line. */
static void put_skipped(const struct report *r,
                        const struct check_result *check, const char *points)
{
    char *line = NULL;
    const char *reason = check->seen ? check->seen : "skipped";
    size_t room = (size_t)r->page.width - strlen("  - ") - strlen(points) - 1;
    bool fits = strlen(check->title) + strlen(reason) + 3 <= room;
    if (!fits && !r->style->one_check)
        reason = "skipped";
    if (asprintf(&line, "%s (%s)", check->title, reason) >= 0)
        page_line(&r->page, 4, line, points, !r->style->one_check);
    free(line);
    page_colour(&r->page, PAGE_PLAIN);
}

static void put_check(const struct report *r, const struct check_result *check,
                      bool in_full)
{
    char points[32];
    totals_points(points, check->verdict != VERDICT_ERROR, check->points,
                check->max_points);
    put_mark(&r->page, check->verdict);
    if (check->verdict == VERDICT_SKIP) {
        put_skipped(r, check, points);
        return;
    }
    page_line(&r->page, 4, check->title, points, false);
    if (check->verdict == VERDICT_FAIL)
        put_failure(r, check, in_full || r->style->one_check);
    if (check->verdict == VERDICT_ERROR)
        detail(r, "grader", check->seen);
}

static bool is_error(const struct diagnostic *d)
{
    return strcmp(d->severity, "error") == 0;
}

static void put_diagnostic(const struct report *r, const struct diagnostic *d)
{
    char place[64] = "";
    if (d->line > 0 && d->column > 0)
        snprintf(place, sizeof place, ":%d:%d", d->line, d->column);
    else if (d->line > 0)
        snprintf(place, sizeof place, ":%d", d->line);
    char *text = NULL;
    if (asprintf(&text, "%s%s: %s: %s", d->file ? d->file : "", place,
                 d->severity, d->message) >= 0)
        page_paragraph(&r->page, LABEL, "", LABEL, text);
    free(text);
}

/* Errors and what explains them, or warnings: the first few of them. */
static void put_diagnostics(const struct report *r,
                            const struct exercise_result *exercise)
{
    size_t shown = 0, most = exercise->built ? WARNINGS_SHOWN : ERRORS_SHOWN;
    bool errors = false;
    for (size_t i = 0; i < exercise->n_diagnostics; i++)
        errors |= is_error(&exercise->diagnostics[i]);
    for (size_t i = 0; i < exercise->n_diagnostics; i++) {
        const struct diagnostic *d = &exercise->diagnostics[i];
        if (errors && strcmp(d->severity, "warning") == 0)
            continue;
        if (shown++ < most)
            put_diagnostic(r, d);
    }
    if (shown > most)
        fprintf(r->page.out, "%*sand %zu more\n", LABEL, "", shown - most);
}

static void put_unbuilt(const struct report *r,
                        const struct exercise_result *exercise)
{
    char points[32], skipped[64];
    put_mark(&r->page, VERDICT_FAIL);
    page_line(&r->page, 4, exercise->build_problem, "", false);
    put_diagnostics(r, exercise);
    put_mark(&r->page, VERDICT_SKIP);
    snprintf(skipped, sizeof skipped, "%zu check%s skipped", exercise->n_checks,
             exercise->n_checks == 1 ? "" : "s");
    page_line(&r->page, 4, skipped,
              totals_points(points, true, 0, exercise_max_points(exercise)),
              true);
    page_colour(&r->page, PAGE_PLAIN);
}

static void put_checks(const struct report *r,
                       const struct exercise_result *exercise)
{
    bool failed = false;
    for (size_t i = 0; i < exercise->n_checks; i++) {
        const struct check_result *check = &exercise->checks[i];
        put_check(r, check, !failed);
        failed |= check->verdict == VERDICT_FAIL;
    }
}

static void put_effort(const struct report *r,
                       const struct exercise_result *exercise)
{
    if (exercise->n_tried < 2 || r->style->replayed)
        return;
    page_colour(&r->page, PAGE_DIM);
    fprintf(r->page.out, "  (%d runs, %d of them different)",
            exercise->n_tried, exercise->n_distinct);
    page_colour(&r->page, PAGE_PLAIN);
    putc('\n', r->page.out);
}

static void put_exercise(const struct report *r,
                         const struct exercise_result *exercise)
{
    page_colour(&r->page, PAGE_BOLD);
    int used = page_put(&r->page, exercise->id) + page_put(&r->page, ": ");
    page_colour(&r->page, PAGE_PLAIN);
    page_line(&r->page, used, exercise->title, "", true);
    if (exercise->built || !exercise->build_problem) {
        put_diagnostics(r, exercise);
        put_checks(r, exercise);
        put_effort(r, exercise);
    } else {
        put_unbuilt(r, exercise);
    }
    putc('\n', r->page.out);
}

int result_write_text(const struct result *result, FILE *out,
                      const struct text_style *style)
{
    struct report r = {
        .page =
            {
                .out = out,
                .width = style->width >= 40 ? style->width : 80,
                .colour = style->colour,
                .unicode = style->unicode,
            },
        .style = style,
        .result = result,
    };
    /* Longer lines are hard to read. */
    if (r.page.width > 100)
        r.page.width = 100;
    for (size_t i = 0; i < result->n_exercises; i++)
        if (!totals_only(result, i, style))
            put_exercise(&r, &result->exercises[i]);
    totals_write(&r.page, result, style);
    return fflush(out) == 0 && !ferror(out) ? 0 : -EIO;
}
