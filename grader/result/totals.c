#include "result/totals.h"

#include <stdlib.h>
#include <string.h>

enum { ROOM_FOR_REMARKS = 60 }; /* columns */

const char *totals_points(char buffer[static 32], bool known, int points,
                          int most)
{
    if (known)
        snprintf(buffer, 32, "%d/%d", points, most);
    else
        snprintf(buffer, 32, "?/%d", most);
    return buffer;
}

size_t totals_program(const char *command)
{
    const char *grade = strstr(command, " grade");
    return grade ? (size_t)(grade - command) : strlen(command);
}

/* --- what is left out --------------------------------------------------------- */

static bool is_untouched(const struct exercise_result *e,
                         const struct text_style *style)
{
    return style->untouched && e->program && exercise_complete(e) &&
           style->untouched(e->id, e->program);
}

/* What a student works on, or would begin with. */
static size_t first_to_do(const struct result *result,
                          const struct text_style *style)
{
    size_t first = result->n_exercises;
    for (size_t i = 0; i < result->n_exercises; i++) {
        const struct exercise_result *e = &result->exercises[i];
        if (exercise_done(e))
            continue;
        if (!is_untouched(e, style))
            return i;
        if (first == result->n_exercises)
            first = i;
    }
    return first;
}

bool totals_only(const struct result *result, size_t exercise,
                 const struct text_style *style)
{
    const struct exercise_result *e = &result->exercises[exercise];
    return !exercise_done(e) && is_untouched(e, style) &&
           first_to_do(result, style) != exercise;
}

/* --- writing ------------------------------------------------------------------- */

static void put_total(const struct page *page, const char *name, bool known,
                      int points, int most, const char *remark)
{
    char text[32], line[128];
    totals_points(text, known, points, most);
    int room = page->width - 11 < 38 ? page->width - 11 : 38;
    snprintf(line, sizeof line, "  %-*.90s %8s", room, name, text);
    bool full = known && points == most;
    page_colour(page, full ? PAGE_GREEN : PAGE_PLAIN);
    page_put(page, line);
    page_colour(page, PAGE_PLAIN);
    page_colour(page, PAGE_DIM);
    page_put(page, page->width < ROOM_FOR_REMARKS ? "" : remark);
    page_colour(page, PAGE_PLAIN);
    putc('\n', page->out);
}

/* @return how many are left out above */
static size_t put_rows(const struct page *page, const struct result *result,
                       const struct text_style *style)
{
    size_t left_out = 0;
    for (size_t i = 0; i < result->n_exercises; i++) {
        const struct exercise_result *e = &result->exercises[i];
        left_out += totals_only(result, i, style);
        put_total(page, e->id, exercise_complete(e), exercise_points(e),
                  exercise_max_points(e),
                  is_untouched(e, style) ? "  not begun" : "");
    }
    return left_out;
}

static void put_next(const struct page *page, const struct result *result,
                     const struct text_style *style)
{
    const char *id = result->exercises[first_to_do(result, style)].id;
    const char *slash = strchr(id, '/');
    char *program = strndup(style->command, totals_program(style->command));
    fprintf(page->out, "\nNext: %s  (", id);
    page_put(page, program ? program : "proclab");
    fprintf(page->out, " show %s)\n", slash ? slash + 1 : id);
    free(program);
}

void totals_write(const struct page *page, const struct result *result,
                  const struct text_style *style)
{
    bool complete = result_complete(result);
    size_t left_out = put_rows(page, result, style);
    if (result->n_exercises != 1)
        put_total(page, "in all", complete, result_points(result),
                  result_max_points(result), "");
    if (left_out > 0 && style->command)
        put_next(page, result, style);
    if (!complete)
        page_paragraph(page, 2, "", 2,
                       "Where there is a \"?\" the grader could not do its "
                       "work. That costs no points: grade again, and report "
                       "it if it stays so.");
}
