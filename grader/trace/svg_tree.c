/* The tree: a row a process, below its parent and to the right of it, so that
 * any tree fits a page's width.  At the right is who adopted whom. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "trace/query.h"
#include "trace/svg.h"
#include "trace/svg_axis.h"
#include "trace/svg_write.h"
#include "trace/text.h"

enum {
    MARGIN = 16,
    TOP = 48,
    ROW = 42,
    BOX = 28, /* height of a box */
    TEXT_SIZE = 13,
    SMALL = 12,
    MOST_INDENT = 72,
    ROOM_WORD = 60, /* an edge that is longer has a word */
    MOST_ROWS = 40,
    MOST_ARCS = 8,
    ARCS =
        SVG_WIDTH - 80, /* words end before it, lines of adoption run behind */
};

struct tree {
    const struct trace *trace;
    FILE *out;
    int n, n_rows;
    int *order, *depth, *row_of; /* by row, by row, by process */
    double *reached;   /* by row: down to where its children's line goes */
    double *words_end; /* by row, and of the outside */
    double indent;
    double arcs;  /* where lines of adoption begin to run */
    bool outside; /* somebody was adopted from there: it has a row at the end */
    int n_arcs;
};

static double middle(int row)
{
    return TOP + row * ROW + BOX / 2.0;
}

static double box_x(const struct tree *tree, int row)
{
    return MARGIN + tree->depth[row] * tree->indent;
}

static int row_of(const struct tree *tree, int proc)
{
    if (proc < 0)
        return tree->n_rows;
    return proc < tree->n ? tree->row_of[proc] : -1;
}

/* The row of who adopted an orphan last, or -1; where nobody is left out. */
static const struct trace_event *adoption(const struct tree *tree, int proc)
{
    const struct trace_event *last = NULL;
    for (size_t i = 0; i < tree->trace->n_events; i++) {
        const struct trace_event *e = &tree->trace->events[i];
        if (e->kind == TRACE_ORPHAN && e->proc == proc &&
            row_of(tree, e->other) >= 0)
            last = e;
    }
    return last;
}

static const struct trace_event *birth(const struct trace *trace, int proc)
{
    long event = trace_find(trace, TRACE_BORN, proc, 0);
    return event < 0 ? NULL : &trace->events[event];
}

static int layout(struct tree *tree, int rows)
{
    size_t n = (size_t)trace_processes(tree->trace) + 1;
    tree->order = calloc(n, sizeof *tree->order);
    tree->depth = calloc(n, sizeof *tree->depth);
    tree->row_of = calloc(n, sizeof *tree->row_of);
    tree->reached = calloc(n, sizeof *tree->reached);
    tree->words_end = calloc(n + 1, sizeof *tree->words_end);
    if (!tree->order || !tree->depth || !tree->row_of || !tree->reached ||
        !tree->words_end)
        return -ENOMEM;
    int rc = timeline_order(tree->trace, tree->order, tree->depth);
    if (rc < 0)
        return rc;
    tree->n = rc;
    tree->n_rows = tree->n < rows ? tree->n : rows;
    int deepest = 1;
    for (int i = 0; i < tree->n; i++) {
        tree->row_of[tree->order[i]] = i < tree->n_rows ? i : -1;
        if (i < tree->n_rows && tree->depth[i] > deepest)
            deepest = tree->depth[i];
    }
    tree->indent = 360.0 / deepest;
    if (tree->indent > MOST_INDENT)
        tree->indent = MOST_INDENT;
    return 0;
}

static const char *birth_word(int64_t how)
{
    return how == TRACE_BY_VFORK   ? "vfork"
           : how == TRACE_BY_CLONE ? "clone"
                                   : "fork";
}

/* From below the parent's box round the corner to the child's. */
static void draw_edge(const struct tree *tree, int row)
{
    int proc = tree->order[row];
    int parent = trace_parent(tree->trace, proc);
    const struct trace_event *e = birth(tree->trace, proc);
    if (parent < 0 || row_of(tree, parent) < 0 || tree->depth[row] == 0)
        return;
    int above = row_of(tree, parent);
    double x = box_x(tree, above) + tree->indent / 4;
    double y = middle(row), top = middle(above) + BOX / 2.0;
    if (tree->reached[above] > top)
        top = tree->reached[above];
    tree->reached[above] = y;
    svg_put(tree->out, "<path class='fork' d='M%n %nV%n'/>", x, top, y);
    svg_arrow(tree->out, SVG_FORK, x, y, box_x(tree, row) - 2, y);
    if (e && tree->indent > ROOM_WORD)
        svg_put(tree->out, "<text class='s d' x='%n' y='%n'>%r</text>\n", x + 5,
                y - 5, birth_word(e->a));
}

/* What the border of a box tells: how the process ended. */
static const char *border(const struct trace *trace, int proc)
{
    struct trace_end end = trace_end_of(trace, proc);
    return !end.ended   ? "box dots"
           : end.signal ? "box cut"
           : end.code   ? "box bad"
                        : "box";
}

static void box(FILE *out, const char *class, double x, int row, double width)
{
    svg_put(out,
            "<rect class='%r' x='%n' y='%n' width='%n' height='%d' rx='4'/>\n",
            class, x, middle(row) - BOX / 2.0, width, BOX);
}

/* @return where it ends */
static double draw_box(const struct tree *tree, int row)
{
    char place[256], name[64];
    int proc = tree->order[row];
    double x = box_x(tree, row);
    svg_place(tree->trace, proc, TEXT_SIZE, 100, place, sizeof place);
    text_clean(trace_name_at_exit(tree->trace, proc), name, 60, true);
    double width =
        svg_text_width(place, TEXT_SIZE) + svg_text_width(name, TEXT_SIZE) + 26;
    box(tree->out, border(tree->trace, proc), x, row, width);
    if (timeline_is_zombie(tree->trace, proc))
        svg_hatched(tree->out, x, middle(row) - BOX / 2.0, 8, BOX);
    svg_put(tree->out,
            "<text x='%n' y='%n'><tspan class='d'>%s</tspan> "
            "<tspan class='b'>%s</tspan></text>\n",
            x + 12, middle(row) + 5, place, name);
    return x + width;
}

static void more(char *text, size_t size, const char *words, const char *value)
{
    size_t used = strlen(text);
    snprintf(text + used, size - used, "%s%s", words, value);
}

/* When it lived; what it was called in the beginning. */
static void life(const struct tree *tree, int proc, char text[256])
{
    char word[64];
    const struct trace *trace = tree->trace;
    struct trace_end end = trace_end_of(trace, proc);
    int64_t born = trace_born_at(trace, proc);
    const struct trace_event *e = birth(trace, proc);
    const char *first =
        e ? trace_name_at(trace, proc, (size_t)(e - trace->events)) : "";
    svg_axis_time(trace, born, word, sizeof word);
    snprintf(text, 256, "from %s", word);
    svg_axis_time(trace, end.at_ns, word, sizeof word);
    if (end.ended)
        more(text, 250, " to ", word);
    if (e && e->other >= 0 && e->a != TRACE_BY_FORK &&
        tree->indent <= ROOM_WORD)
        more(text, 250, ", by ", birth_word(e->a));
    if (first[0] && strcmp(first, trace_name_at_exit(trace, proc)) != 0)
        more(text, 250, ", born as ", text_clean(first, word, 60, true));
}

/* @return where they end */
static double draw_words(const struct tree *tree, int row, double x)
{
    char end[120], text[256];
    int proc = tree->order[row];
    struct trace_end how = trace_end_of(tree->trace, proc);
    timeline_end(tree->trace, proc, false, end, sizeof end - 4);
    life(tree, proc, text);
    double room = ARCS - x - 60;
    svg_text_cut(end, TEXT_SIZE, room * 0.6);
    svg_text_cut(text, SMALL, room - svg_text_width(end, TEXT_SIZE));
    if (!how.ended || how.signal)
        svg_mark(tree->out, how.ended ? GLYPH_KILLED : GLYPH_STILL, x + 17,
                 middle(row));
    else
        x -= 16;
    svg_put(tree->out,
            "<text x='%n' y='%n'>%s<tspan class='s d' dx='12'>%s</tspan>"
            "</text>\n",
            x + 30, middle(row) + 5, end, text);
    return x + 42 + svg_text_width(end, TEXT_SIZE) +
           svg_text_width(text, SMALL);
}

/* Round by the right margin, from who adopts to who is adopted. */
static void draw_adoption(struct tree *tree, int row)
{
    const struct trace_event *e = adoption(tree, tree->order[row]);
    if (!e)
        return;
    int from = row_of(tree, e->other);
    double x = tree->arcs + tree->n_arcs++ % MOST_ARCS * 7;
    double y = middle(from) + (from > row ? -4 : 4);
    svg_put(tree->out, "<path class='adopt' d='M%n %nH%nV%n'/>",
            tree->words_end[from] + 6, y, x, middle(row));
    svg_arrow(tree->out, SVG_ADOPT, x, middle(row), tree->words_end[row] + 6,
              middle(row));
}

static void draw_outside(const struct tree *tree)
{
    static const char words[] = "outside the tree: init, or who reaps there";
    if (!tree->outside)
        return;
    double width = svg_text_width(words, TEXT_SIZE) + 12, x = MARGIN;
    tree->words_end[tree->n_rows] = x + width;
    box(tree->out, "box dots", x, tree->n_rows, width);
    svg_put(tree->out, "<text class='d' x='%n' y='%n'>%r</text>\n", x + 12,
            middle(tree->n_rows) + 5, words);
}

struct key {
    const char *class, *words;
};

static bool is_used(const struct tree *tree, const char *class)
{
    for (int row = 0; row < tree->n_rows; row++)
        if (strcmp(border(tree->trace, tree->order[row]), class) == 0)
            return true;
    return false;
}

/* @return where the next one goes */
static int draw_border_key(const struct tree *tree, const struct key *key,
                           int x, int y)
{
    if (!is_used(tree, key->class))
        return x;
    svg_put(tree->out,
            "<rect class='%r' x='%d' y='%d' width='26' height='16' rx='4'/>"
            "<text class='s' x='%d' y='%d'>%r</text>\n",
            key->class, x, y, x + 34, y + 12, key->words);
    return x + 60 + (int)svg_text_width(key->words, SMALL);
}

static void draw_key(const struct tree *tree, int y)
{
    static const struct key keys[] = {
        {"box", "exit 0"},
        {"box bad", "exit, not 0"},
        {"box cut", "killed"},
        {"box dots", "still there at the end"},
    };
    int x = MARGIN;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        x = draw_border_key(tree, &keys[i], x, y);
    if (tree->n_arcs == 0)
        return;
    svg_arrow(tree->out, SVG_ADOPT, x, y + 8, x + 40, y + 8);
    svg_put(tree->out,
            "<text class='s' x='%d' y='%d'>adopts an orphan</text>\n", x + 48,
            y + 12);
}

static int draw_foot(const struct tree *tree)
{
    int y = TOP + (tree->n_rows + tree->outside) * ROW + 8;
    int left = tree->n - tree->n_rows;
    svg_put(tree->out, "<text class='b' x='%d' y='%d'>%s</text>\n", MARGIN,
            y += 8, timeline_outcome(tree->trace->outcome));
    if (left > 0)
        svg_put(
            tree->out,
            "<text class='d' x='%d' y='%d'>Not shown: %d process%r.</text>\n",
            MARGIN, y += 20, left, left == 1 ? "" : "es");
    draw_key(tree, y + 14);
    return y + 44;
}

static void draw_rows(struct tree *tree)
{
    for (int row = 0; row < tree->n_rows; row++) {
        const struct trace_event *e = adoption(tree, tree->order[row]);
        tree->outside |= e && e->other < 0;
    }
    for (int row = 0; row < tree->n_rows; row++) {
        draw_edge(tree, row);
        tree->words_end[row] = draw_words(tree, row, draw_box(tree, row));
    }
    draw_outside(tree);
    for (int row = 0; row <= tree->n_rows; row++)
        if (tree->words_end[row] + 28 > tree->arcs)
            tree->arcs = tree->words_end[row] + 28;
    for (int row = 0; row < tree->n_rows; row++)
        draw_adoption(tree, row);
}

/* The tree in words. */
static void describe(const struct tree *tree)
{
    char place[256], end[120];
    for (int row = 0; row < tree->n_rows; row++) {
        int proc = tree->order[row];
        const struct trace_event *e = birth(tree->trace, proc);
        timeline_end(tree->trace, proc, false, end, sizeof end);
        svg_put(tree->out, "%s %s%r%r: %s.\n",
                trace_place(tree->trace, proc, place, sizeof place),
                trace_name_at_exit(tree->trace, proc),
                e && e->other >= 0 ? ", born by " : "",
                e && e->other >= 0 ? birth_word(e->a) : "", end);
    }
}

static int draw(struct tree *tree, FILE *out, int rows)
{
    char title[256], *inner = NULL;
    size_t size;
    int rc = layout(tree, rows);
    if (rc < 0)
        return rc;
    tree->out = open_memstream(&inner, &size);
    if (!tree->out)
        return -ENOMEM;
    draw_rows(tree);
    int height = draw_foot(tree);
    rc = fclose(tree->out) == 0 ? 0 : -ENOMEM;
    tree->out = out;
    if (rc == 0) {
        svg_title(tree->trace, title, sizeof title);
        svg_begin(out, height, title);
        describe(tree);
        svg_described(out, height);
        svg_put(out, "<text class='h' x='%d' y='28'>%s</text>\n", MARGIN,
                title);
        fwrite(inner, 1, size, out);
        svg_end(out);
    }
    free(inner);
    return rc;
}

char *svg_tree(const struct trace *trace, const struct svg_style *style)
{
    struct tree tree = {.trace = trace};
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    if (!out)
        return NULL;
    bool failed =
        draw(&tree, out, style->lanes > 0 ? style->lanes : MOST_ROWS) < 0;
    free(tree.order);
    free(tree.depth);
    free(tree.row_of);
    free(tree.reached);
    free(tree.words_end);
    failed |= ferror(out) != 0;
    failed |= fclose(out) != 0;
    if (!failed)
        return text;
    free(text);
    return NULL;
}
