#include "course/selection.h"

#include <string.h>

#include "course/judge.h"

/* Marks what the marked ones depend on.  A check depends on earlier ones only,
 * so one way back through the table is enough. */
static void mark_needed(const struct check *all, size_t n, bool *marked)
{
    for (size_t i = n; i-- > 0;)
        for (size_t j = 0; marked[i] && j < i; j++)
            if (list_has(all[i].depends, all[j].id))
                marked[j] = true;
}

size_t selection_checks(const struct exercise *exercise, const char *only,
                        const struct check *checks[static SELECTION_MOST])
{
    bool marked[SELECTION_MOST] = {false};
    const struct check *all = exercise->checks;
    size_t n = 0, selected = 0;
    for (; n < SELECTION_MOST && all[n].id; n++)
        marked[n] = !only || strcmp(all[n].id, only) == 0;
    mark_needed(all, n, marked);
    for (size_t i = 0; i < n; i++)
        if (marked[i])
            checks[selected++] = &all[i];
    return selected;
}

bool selection_needs(const struct check *const *checks, size_t n,
                     const char *scenario)
{
    for (size_t i = 0; i < n; i++)
        if (judge_wants(checks[i], scenario))
            return true;
    return false;
}

bool selection_honest(const struct check *const *checks, size_t n,
                      const char *scenario)
{
    for (size_t i = 0; i < n; i++)
        if (checks[i]->clock == CLOCK_ANY && judge_wants(checks[i], scenario))
            return false;
    return true;
}
