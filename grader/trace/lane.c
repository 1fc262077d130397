/* A lane's cells.  First the time that the process spent in each state is
 * added up for every column, and the longest one is shown; then the marks go
 * on top.  Virtual time stands still while anything runs, so many marks fall
 * on one column: they are pushed apart, to the right while there is room. */

#include <errno.h>
#include <signal.h>
#include <stdlib.h>

#include "trace/query.h"
#include "trace/timeline_parts.h"

struct mark {
    int column; /* where it belongs */
    int at;     /* where it is drawn */
    enum glyph glyph;
};

struct lane {
    const struct trace *trace;
    const struct scale *scale;
    int proc;
    double (*spent)[GLYPH_STATES]; /* a row for each column */
    struct mark *marks;
    int n_marks;

    /* the walk along the events */
    bool alive, zombie, stopped;
    bool outsiders; /* its parent is outside the tree, by birth or adoption */
    double since;
    int threads;
    int *blocked; /* numbers of the threads that are */
    int n_blocked, room;
    enum glyph wait;
};

static enum glyph state(const struct lane *lane)
{
    if (lane->zombie)
        return GLYPH_ZOMBIE;
    if (!lane->alive)
        return GLYPH_NONE;
    if (lane->stopped)
        return GLYPH_STOPPED;
    return lane->n_blocked >= lane->threads ? lane->wait : GLYPH_RUNNING;
}

static void spend(struct lane *lane, double until)
{
    enum glyph now = state(lane);
    int last = lane->scale->columns - 1;
    for (int c = (int)lane->since; c <= last && c < until; c++) {
        double from = lane->since > c ? lane->since : c;
        double to = until < c + 1 ? until : c + 1;
        if (to > from)
            lane->spent[c][now] += to - from;
    }
    if (until > lane->since)
        lane->since = until;
}

/* Several of a kind in one column are one mark: there is room for twice as
 * many as columns, and the birth and the end. */
static void mark(struct lane *lane, enum glyph glyph, double where)
{
    int column = (int)where;
    for (int i = lane->n_marks - 1; i >= 0; i--) {
        if (lane->marks[i].column != column)
            break;
        if (lane->marks[i].glyph == glyph)
            return;
    }
    if (lane->n_marks < 2 * lane->scale->columns + 4)
        lane->marks[lane->n_marks++] = (struct mark){column, 0, glyph};
}

static void unblock(struct lane *lane, int thread)
{
    for (int i = 0; i < lane->n_blocked; i++)
        if (lane->blocked[i] == thread) {
            lane->blocked[i] = lane->blocked[--lane->n_blocked];
            return;
        }
}

static int block(struct lane *lane, const struct trace_event *e)
{
    unblock(lane, e->thread);
    if (lane->n_blocked == lane->room) {
        int room = 2 * lane->room + 4;
        int *more = reallocarray(lane->blocked, (size_t)room, sizeof *more);
        if (!more)
            return -ENOMEM;
        lane->blocked = more;
        lane->room = room;
    }
    lane->blocked[lane->n_blocked++] = e->thread;
    /* of many threads the leader's wait is shown */
    if (e->thread == 0 || lane->n_blocked == 1)
        lane->wait = e->a == TRACE_WAIT_SLEEP ? GLYPH_SLEEPING : GLYPH_WAITING;
    return 0;
}

/* Signals that nobody set a handler for and that do nothing are noise. */
static bool noticed(const struct trace_event *e)
{
    bool idle = e->a == SIGCHLD || e->a == SIGURG || e->a == SIGWINCH;
    return e->b == TRACE_HANDLED || (e->b == TRACE_DEFAULT && !idle);
}

static void end(struct lane *lane, const struct trace_event *e, double where)
{
    if (!lane->alive)
        return;
    mark(lane, e->b ? GLYPH_KILLED : GLYPH_EXITED, where);
    lane->alive = false;
    /* whoever is outside reaps at once, whether a trace says so or not */
    lane->zombie = !lane->outsiders;
}

static int own_event(struct lane *lane, const struct trace_event *e,
                     double where)
{
    switch (e->kind) {
    case TRACE_BORN:
        mark(lane, GLYPH_BORN, where);
        lane->alive = true;
        lane->threads = 1;
        break;
    case TRACE_THREAD:
        lane->threads++;
        break;
    case TRACE_THREAD_EXIT:
        unblock(lane, e->thread);
        lane->threads -= lane->threads > 1;
        break;
    case TRACE_EXEC:
        lane->n_blocked = 0;
        lane->threads = 1;
        break;
    case TRACE_BLOCK:
        return block(lane, e);
    case TRACE_RESUME:
        unblock(lane, e->thread);
        break;
    case TRACE_STOP:
    case TRACE_CONTINUE:
        lane->stopped = e->kind == TRACE_STOP;
        break;
    case TRACE_DELIVER:
        if (noticed(e))
            mark(lane, GLYPH_SIGNAL, where);
        break;
    case TRACE_REAP:
        if (e->other >= 0)
            mark(lane, GLYPH_REAPS, where);
        break;
    case TRACE_EXIT:
        end(lane, e, where);
        break;
    case TRACE_ORPHAN:
        lane->outsiders = e->other < 0;
        lane->zombie = lane->zombie && !lane->outsiders;
        break;
    default:
        break;
    }
    return 0;
}

static int walk(struct lane *lane)
{
    const struct trace *trace = lane->trace;
    for (size_t i = 0; i < trace->n_events; i++) {
        const struct trace_event *e = &trace->events[i];
        bool reaped = e->kind == TRACE_REAP && e->other == lane->proc;
        if (e->proc != lane->proc && !reaped)
            continue;
        double where = scale_event(lane->scale, trace, i);
        spend(lane, where);
        if (reaped)
            lane->zombie = false;
        if (e->proc == lane->proc && own_event(lane, e, where) < 0)
            return -ENOMEM;
    }
    double over = scale_end(lane->scale);
    spend(lane, over);
    if (lane->alive)
        mark(lane, GLYPH_STILL, over);
    return 0;
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

static void paint(const struct lane *lane, unsigned char *cells)
{
    int columns = lane->scale->columns;
    for (int c = 0; c < columns; c++)
        cells[c] = (unsigned char)longest(lane->spent[c]);
    /* the last column is an instant: what stays a zombie stays one there */
    if (columns > 1 && lane->zombie)
        cells[columns - 1] = GLYPH_ZOMBIE;
    for (int i = 0; i < lane->n_marks; i++)
        if (lane->marks[i].at >= 0)
            cells[lane->marks[i].at] = (unsigned char)lane->marks[i].glyph;
    /* a birth that was pushed aside leaves nothing to its left */
    for (int c = 0; lane->n_marks > 0 && c < lane->marks[0].at; c++)
        cells[c] = GLYPH_NONE;
}

int timeline_lane(const struct trace *trace, const struct scale *scale,
                  int proc, unsigned char *cells)
{
    size_t columns = (size_t)scale->columns;
    struct lane lane = {
        .trace = trace,
        .scale = scale,
        .proc = proc,
        .outsiders = trace_parent(trace, proc) < 0,
        .spent = calloc(columns, sizeof *lane.spent),
        .marks = calloc(2 * columns + 4, sizeof *lane.marks),
    };
    int rc = lane.spent && lane.marks ? walk(&lane) : -ENOMEM;
    if (rc == 0) {
        arrange(&lane);
        paint(&lane, cells);
    }
    free(lane.spent);
    free(lane.marks);
    free(lane.blocked);
    return rc;
}
