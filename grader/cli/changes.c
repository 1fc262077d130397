#include "cli/changes.h"

#include <stdio.h>
#include <string.h>

#include "cli/standing.h"

static const struct check_result *find(const struct exercise_result *exercise,
                                       const char *id)
{
    for (size_t i = 0; i < exercise->n_checks; i++)
        if (strcmp(exercise->checks[i].id, id) == 0)
            return &exercise->checks[i];
    return NULL;
}

/* What a verdict means to whoever has just saved. */
static const struct {
    const char *words;
    enum page_colour colour;
} becomes[] = {
    [VERDICT_PASS] = {"passes now: ", PAGE_GREEN},
    [VERDICT_FAIL] = {"fails now: ", PAGE_RED},
    [VERDICT_SKIP] = {"is skipped now: ", PAGE_DIM},
    [VERDICT_ERROR] = {"could not be judged: ", PAGE_YELLOW},
};

static void put_check(const struct page *page, const struct check_result *now)
{
    fputs("  ", page->out);
    page_colour(page, becomes[now->verdict].colour);
    int used = 2 + page_put(page, becomes[now->verdict].words);
    page_colour(page, PAGE_PLAIN);
    page_line(page, used, now->title, "", true);
}

void changes_write(const struct page *page,
                   const struct exercise_result *before,
                   const struct exercise_result *now)
{
    int was = exercise_points(before), is = exercise_points(now);
    page_colour(page, PAGE_BOLD);
    fprintf(page->out, "%s: ", standing_name(now->id));
    page_colour(page, PAGE_PLAIN);
    if (was == is)
        fprintf(page->out, "%d points, as before\n", is);
    else
        fprintf(page->out, "%d points, %s %d\n", is,
                was < is ? "up from" : "down from", was);
    for (size_t i = 0; i < now->n_checks; i++) {
        const struct check_result *old = find(before, now->checks[i].id);
        if (!old || old->verdict != now->checks[i].verdict)
            put_check(page, &now->checks[i]);
    }
    putc('\n', page->out);
}
