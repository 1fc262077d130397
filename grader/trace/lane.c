/* A lane's cells.  First the time that the process spent in each state is
 * added up for every column, and the longest one is shown; then the marks go
 * on top.  Virtual time stands still while anything runs, so many marks fall
 * on one column: they are pushed apart, to the right while there is room. */

#include <errno.h>
#include <stdlib.h>

#include "trace/timeline_parts.h"

struct mark {
    int column; /* where it belongs */
    int at;     /* where it is drawn */
    enum glyph glyph;
};

struct lane {
    const struct trace *trace;
    const struct scale *scale;
    double (*spent)[GLYPH_STATES]; /* a row for each column */
    struct mark *marks;
    int n_marks;
    bool zombie; /* what it was when the run was over */
};

static void add_span(void *to, enum glyph state, size_t first, size_t end)
{
    struct lane *lane = to;
    double since = scale_event(lane->scale, lane->trace, first);
    double until = scale_event(lane->scale, lane->trace, end);
    int last = lane->scale->columns - 1;
    lane->zombie = state == GLYPH_ZOMBIE;
    for (int c = (int)since; c <= last && c < until; c++) {
        double from = since > c ? since : c;
        double until_here = until < c + 1 ? until : c + 1;
        if (until_here > from)
            lane->spent[c][state] += until_here - from;
    }
}

/* Several of a kind in one column are one mark: there is room for twice as
 * many as columns, and the birth and the end. */
static void add_mark(void *to, enum glyph glyph, size_t event)
{
    struct lane *lane = to;
    int column = (int)scale_event(lane->scale, lane->trace, event);
    for (int i = lane->n_marks - 1; i >= 0; i--) {
        if (lane->marks[i].column != column)
            break;
        if (lane->marks[i].glyph == glyph)
            return;
    }
    if (lane->n_marks < 2 * lane->scale->columns + 4)
        lane->marks[lane->n_marks++] = (struct mark){column, 0, glyph};
}

/* Pushes marks apart.  One that would land far from its place is dropped,
 * but never the end, which is the last. */
static void arrange(struct lane *lane)
{
    int next = 0, kept = 0;
    for (int i = 0; i < lane->n_marks; i++) {
        struct mark m = lane->marks[i];
        m.at = m.column > next ? m.column : next;
        if (m.at > m.column + 3 && i < lane->n_marks - 1)
            continue;
        next = m.at + 1;
        lane->marks[kept++] = m;
    }
    lane->n_marks = kept;
    int limit = lane->scale->columns - 1;
    for (int i = kept - 1; i >= 0; i--, limit--)
        if (lane->marks[i].at > limit)
            lane->marks[i].at = limit;
}

static enum glyph longest(const double spent[GLYPH_STATES])
{
    enum glyph best = GLYPH_NONE;
    double most = 0;
    for (int g = 0; g < GLYPH_STATES; g++)
        if (spent[g] > most) {
            best = (enum glyph)g;
            most = spent[g];
        }
    return best;
}

static void paint_states(const struct lane *lane, unsigned char *cells)
{
    int columns = lane->scale->columns;
    for (int c = 0; c < columns; c++)
        cells[c] = (unsigned char)longest(lane->spent[c]);
    /* the last column is an instant: what stays a zombie stays one there */
    if (columns > 1 && lane->zombie)
        cells[columns - 1] = GLYPH_ZOMBIE;
}

static void paint_marks(struct lane *lane, unsigned char *cells)
{
    arrange(lane);
    for (int i = 0; i < lane->n_marks; i++)
        if (lane->marks[i].at >= 0)
            cells[lane->marks[i].at] = (unsigned char)lane->marks[i].glyph;
    /* a birth that was pushed aside leaves nothing to its left */
    for (int c = 0; lane->n_marks > 0 && c < lane->marks[0].at; c++)
        cells[c] = GLYPH_NONE;
}

static int fill(const struct trace *trace, const struct scale *scale, int proc,
                bool marks, unsigned char *cells)
{
    size_t columns = (size_t)scale->columns;
    struct lane lane = {
        .trace = trace,
        .scale = scale,
        .spent = calloc(columns, sizeof *lane.spent),
        .marks = calloc(2 * columns + 4, sizeof *lane.marks),
    };
    const struct life life = {&lane, add_span, add_mark};
    int rc =
        lane.spent && lane.marks ? timeline_walk(trace, proc, &life) : -ENOMEM;
    if (rc == 0)
        paint_states(&lane, cells);
    if (rc == 0 && marks)
        paint_marks(&lane, cells);
    free(lane.spent);
    free(lane.marks);
    return rc;
}

int timeline_lane(const struct trace *trace, const struct scale *scale,
                  int proc, unsigned char *cells)
{
    return fill(trace, scale, proc, true, cells);
}

int timeline_states(const struct trace *trace, const struct scale *scale,
                    int proc, unsigned char *cells)
{
    return fill(trace, scale, proc, false, cells);
}
