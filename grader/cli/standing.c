#include "cli/standing.h"

#include <stdio.h>
#include <string.h>

enum { BAR = 12 };

const char *standing_name(const char *id)
{
    const char *slash = strchr(id, '/');
    return slash ? slash + 1 : id;
}

const struct exercise_result *
standing_next(const struct exercise_result *const *exercises, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!exercise_done(exercises[i]))
            return exercises[i];
    return NULL;
}

static int name_width(const struct exercise_result *const *exercises, size_t n)
{
    size_t width = 0;
    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(standing_name(exercises[i]->id));
        width = len > width ? len : width;
    }
    return (int)width;
}

/* A blank line and the chapter's name before its first exercise. */
static void put_chapter(const struct page *page, const char *id,
                        const char *last)
{
    size_t len = strcspn(id, "/");
    if (last && strncmp(id, last, len + 1) == 0)
        return;
    fprintf(page->out, "%s%.*s\n", last ? "\n" : "", (int)len, id);
}

static void put_bar(const struct page *page, int points, int most)
{
    int filled = most > 0 ? points * BAR / most : 0;
    page_colour(page, points == most ? PAGE_GREEN : PAGE_YELLOW);
    for (int i = 0; i < filled; i++)
        fputs(page->unicode ? "█" : "#", page->out);
    page_colour(page, PAGE_PLAIN);
    page_colour(page, PAGE_DIM);
    for (int i = filled; i < BAR; i++)
        fputs(page->unicode ? "░" : ".", page->out);
    page_colour(page, PAGE_PLAIN);
}

/* Of a build's problem only what it is: what to do about it is for
 * `proclab grade` to say. */
static void put_remark(const struct page *page, const struct exercise_result *e)
{
    const char *problem =
        e->build_problem ? e->build_problem : "does not build";
    if (!e->built)
        fprintf(page->out, "  %.*s", (int)strcspn(problem, ":"), problem);
    else if (exercise_done(e))
        fputs("  all done", page->out);
    putc('\n', page->out);
}

static void put_row(const struct page *page, const struct exercise_result *e,
                    int width)
{
    int points = exercise_points(e), most = exercise_max_points(e);
    fprintf(page->out, "  %-*s  ", width, standing_name(e->id));
    put_bar(page, points, most);
    fprintf(page->out, "  %2d of %2d points", points, most);
    put_remark(page, e);
}

static void put_next(const struct page *page, const struct exercise_result *e,
                     const char *program)
{
    if (!e)
        return;
    fprintf(page->out, "Next: %s", e->id);
    fprintf(page->out, "  (%s show %s)\n", program, standing_name(e->id));
}

void standing_write(const struct page *page,
                    const struct exercise_result *const *exercises, size_t n,
                    const char *program)
{
    int width = name_width(exercises, n), points = 0, most = 0;
    const char *last = NULL;
    for (size_t i = 0; i < n; i++) {
        put_chapter(page, exercises[i]->id, last);
        put_row(page, exercises[i], width);
        last = exercises[i]->id;
        points += exercise_points(exercises[i]);
        most += exercise_max_points(exercises[i]);
    }
    fprintf(page->out, "\n%d of %d points\n", points, most);
    put_next(page, standing_next(exercises, n), program);
}
