#include "course/shrink.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct search {
    size_t *items, n;
    size_t *part; /* room for n */
    shrink_test *test;
    void *context;
    int last; /* the last answer */
};

/* Asks about a part; it becomes the whole if it does. */
static bool take(struct search *s, size_t n)
{
    s->last = s->test(s->part, n, s->context);
    if (s->last != 1)
        return false;
    memcpy(s->items, s->part, n * sizeof *s->part);
    s->n = n;
    return true;
}

/* One of several chunks of nearly the same size, or all but that one. */
static size_t cut(struct search *s, size_t chunks, size_t nth, bool others)
{
    size_t from = s->n * nth / chunks, to = s->n * (nth + 1) / chunks, n = 0;
    for (size_t i = 0; i < s->n; i++)
        if ((i >= from && i < to) != others)
            s->part[n++] = s->items[i];
    return n;
}

/* Goes on with the first part that does it. */
static bool reduce(struct search *s, size_t chunks, bool others)
{
    for (size_t i = 0; i < chunks && s->last >= 0; i++)
        if (take(s, cut(s, chunks, i, others)))
            return true;
    return false;
}

static void search(struct search *s)
{
    size_t chunks = 2;
    if (s->n == 0 || take(s, 0))
        return;
    while (s->n >= 2 && s->last >= 0) {
        if (chunks > s->n)
            chunks = s->n;
        if (reduce(s, chunks, false)) {
            chunks = 2;
        } else if (chunks > 2 && reduce(s, chunks, true)) {
            chunks = chunks > 3 ? chunks - 1 : 2;
        } else if (chunks == s->n) {
            return;
        } else {
            chunks *= 2;
        }
    }
}

long shrink(size_t *items, size_t n, shrink_test *test, void *context)
{
    struct search s = {items, n, NULL, test, context, 0};
    s.part = calloc(n + 1, sizeof *s.part);
    if (!s.part)
        return -ENOMEM;
    search(&s);
    free(s.part);
    return (long)s.n;
}
