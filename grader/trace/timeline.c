/* The page: title, axis, lanes, legend, last line.  Labels and ends get the
 * columns that they need, up to a share of the width; the axis has the rest. */

#include "trace/timeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trace/query.h"
#include "trace/text.h"
#include "trace/timeline_parts.h"

enum { LEAST_WIDTH = 40, MOST_WIDTH = 1000 };

struct look {
    const char *unicode, *ascii;
    const char *colour; /* parameters of the terminal's SGR sequence */
    const char *meaning;
};

static const struct look looks[GLYPHS] = {
    [GLYPH_NONE] = {" ", " ", "", ""},
    [GLYPH_RUNNING] = {"█", "#", "32", "running"},
    [GLYPH_SLEEPING] = {"─", "-", "34", "sleeping"},
    [GLYPH_WAITING] = {"·", ".", "36", "waiting"},
    [GLYPH_STOPPED] = {"═", "=", "33", "stopped"},
    [GLYPH_ZOMBIE] = {"░", ":", "35", "zombie"},
    [GLYPH_BORN] = {"├", "[", "", "born"},
    [GLYPH_SIGNAL] = {"▼", "v", "1;33", "gets a signal"},
    [GLYPH_REAPS] = {"◆", "*", "1;32", "reaps a child"},
    [GLYPH_FAULT] = {"✗", "!", "1;31", "has a fault injected"},
    [GLYPH_EXITED] = {"┤", "]", "", "exits"},
    [GLYPH_KILLED] = {"╳", "x", "1;31", "killed"},
    [GLYPH_STILL] = {"►", ">", "1;35", "still there"},
};

struct row {
    int proc;
    char label[400]; /* as long as it may get */
    char end[120];
};

struct page {
    const struct trace *trace;
    bool colour, unicode;
    int width, gap;
    int n_rows, n_processes;
    struct row *rows;
    int label_width, end_width;
    struct scale scale;
    bool used[GLYPHS];
    FILE *out;
};

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Begins a colour, "" for none; every line ends its own. */
static void begin(const struct page *page, const char *colour)
{
    if (page->colour && colour[0])
        fprintf(page->out, "\033[%sm", colour);
}

static void finish(const struct page *page, const char *colour)
{
    if (page->colour && colour[0])
        fputs("\033[0m", page->out);
}

static void spaces(const struct page *page, int n)
{
    fprintf(page->out, "%*s", n > 0 ? n : 0, "");
}

/* A place deep down is known by its end: "...1.4.2". */
static void short_place(const struct page *page, char *place, int columns)
{
    size_t len = strlen(place), keep = (size_t)columns - 1;
    char tail[32];
    if (len <= (size_t)columns || keep >= sizeof tail)
        return;
    memcpy(tail, place + len - keep, keep + 1);
    sprintf(place, "%s%s", page->unicode ? "…" : "~", tail);
}

static void make_label(const struct page *page, struct row *row, int depth,
                       int columns)
{
    char place[256], name[64];
    trace_place(page->trace, row->proc, place, sizeof place);
    short_place(page, place, least(columns * 2 / 3, 20));
    text_clean(trace_name_at_exit(page->trace, row->proc), name, sizeof name,
               page->unicode);
    int indent = least(depth, columns / 6);
    snprintf(row->label, sizeof row->label - 4, "%*s%s%s%s", indent, "", place,
             name[0] ? " " : "", name);
    text_cut(row->label, columns, page->unicode);
}

static void make_end(const struct page *page, struct row *row, int columns)
{
    char *end = row->end;
    timeline_end(page->trace, row->proc, false, end, sizeof row->end - 4);
    if (text_width(end) > columns)
        timeline_end(page->trace, row->proc, true, end, sizeof row->end - 4);
    text_cut(end, columns, page->unicode);
}

static int make_rows(struct page *page, const int *order, const int *depth)
{
    page->rows = calloc((size_t)page->n_rows + 1, sizeof *page->rows);
    if (!page->rows)
        return -1;
    for (int i = 0; i < page->n_rows; i++) {
        struct row *row = &page->rows[i];
        row->proc = order[i];
        make_label(page, row, depth[i], least(page->width / 4 + 2, 40));
        make_end(page, row, least(page->width / 4 + 1, 40));
        int label = text_width(row->label), end = text_width(row->end);
        if (label > page->label_width)
            page->label_width = label;
        if (end > page->end_width)
            page->end_width = end;
    }
    return 0;
}

static int layout(struct page *page, int lanes)
{
    int n = trace_processes(page->trace);
    int *order = calloc(2 * (size_t)n + 1, sizeof *order);
    if (!order)
        return -1;
    page->n_processes = timeline_order(page->trace, order, order + n);
    page->n_rows = page->n_processes;
    if (lanes > 0 && lanes < page->n_rows)
        page->n_rows = lanes;
    page->gap = page->width < 60 ? 1 : 2;
    int rc = page->n_rows < 0 ? -1 : make_rows(page, order, order + n);
    free(order);
    page->scale = scale_of(page->trace, page->width - page->label_width -
                                            page->end_width - 2 * page->gap);
    return rc;
}

/* Prints words of plain ASCII, never past the width. */
static void wrapped(const struct page *page, const char *colour,
                    const char *text)
{
    int column = 0;
    begin(page, colour);
    while (*text) {
        int n = (int)strcspn(text, " ");
        if (column > 0 && column + 1 + n > page->width) {
            finish(page, colour);
            fputc('\n', page->out);
            begin(page, colour);
            column = 0;
        }
        column += fprintf(page->out, "%s%.*s", column ? " " : "", n, text);
        text += n + (text[n] == ' ');
    }
    finish(page, colour);
    fputc('\n', page->out);
}

static void draw_title(const struct page *page)
{
    char title[256];
    timeline_title(page->trace, timeline_length(page->trace), page->unicode,
                   title, sizeof title - 64);
    const char *kind = " of virtual time";
    if (text_width(title) + (int)strlen(kind) <= page->width)
        strcat(title, kind);
    text_cut(title, page->width, page->unicode);
    begin(page, "1");
    fputs(title, page->out);
    finish(page, "1");
    fputc('\n', page->out);
}

/* The labels of the axis, each beginning above its tick. */
static void draw_labels(const struct page *page, int64_t step)
{
    const struct scale *scale = &page->scale;
    int column = 0, left = page->label_width + page->gap;
    int room = page->width - left;
    char label[32];
    begin(page, "2");
    spaces(page, left);
    for (int64_t at = 0; at <= scale->total; at += step) {
        int to = scale_column(scale, at);
        scale_label(scale, at, page->unicode, label, sizeof label);
        if (to < column || to + text_width(label) > room)
            break;
        spaces(page, to - column);
        fputs(label, page->out);
        column = to + text_width(label);
        if (at > scale->total - step)
            break;
    }
    finish(page, "2");
    fputc('\n', page->out);
}

static void draw_ticks(const struct page *page, int64_t step)
{
    int column = 0;
    begin(page, "2");
    spaces(page, page->label_width + page->gap);
    for (int64_t at = 0; at <= page->scale.total; at += step) {
        int to = scale_column(&page->scale, at);
        spaces(page, to - column);
        fputs(page->unicode ? "╷" : "|", page->out);
        column = to + 1;
        if (at > page->scale.total - step)
            break;
    }
    finish(page, "2");
    fputc('\n', page->out);
}

static void draw_axis(const struct page *page)
{
    int64_t step = scale_step(&page->scale);
    draw_labels(page, step);
    draw_ticks(page, step);
}

static void draw_cells(struct page *page, const unsigned char *cells)
{
    const char *colour = "";
    for (int c = 0; c < page->scale.columns; c++) {
        bool waits = cells[c] == GLYPH_AWAITS_CHILD;
        int glyph = waits ? GLYPH_WAITING : cells[c];
        const struct look *look = &looks[glyph];
        if (strcmp(colour, look->colour) != 0) {
            finish(page, colour);
            begin(page, look->colour);
            colour = look->colour;
        }
        fputs(page->unicode ? look->unicode : look->ascii, page->out);
        page->used[glyph] = true;
    }
    finish(page, colour);
}

static const char *end_colour(const struct page *page, int proc)
{
    struct trace_end end = trace_end_of(page->trace, proc);
    if (!end.ended || timeline_is_zombie(page->trace, proc))
        return "1;35";
    return end.signal ? "1;31" : "";
}

static int draw_lane(struct page *page, const struct row *row)
{
    unsigned char cells[MOST_WIDTH];
    int rc = timeline_lane(page->trace, &page->scale, row->proc, cells);
    if (rc < 0)
        return rc;
    fputs(row->label, page->out);
    spaces(page, page->label_width - text_width(row->label) + page->gap);
    draw_cells(page, cells);
    spaces(page, page->gap);
    const char *colour = end_colour(page, row->proc);
    begin(page, colour);
    fputs(row->end, page->out);
    finish(page, colour);
    fputc('\n', page->out);
    return 0;
}

static int draw_lanes(struct page *page)
{
    if (page->n_rows > 0)
        draw_axis(page);
    for (int i = 0; i < page->n_rows; i++) {
        int rc = draw_lane(page, &page->rows[i]);
        if (rc < 0)
            return rc;
    }
    int more = page->n_processes - page->n_rows;
    if (more > 0)
        fprintf(page->out, "and %d more process%s\n", more,
                more == 1 ? "" : "es");
    return 0;
}

/* Only what was drawn, as many to a line as there is room for. */
static void draw_legend(const struct page *page)
{
    int column = 0;
    for (int g = GLYPH_NONE + 1; g < GLYPHS; g++) {
        const struct look *look = &looks[g];
        if (!page->used[g])
            continue;
        int n = 2 + (int)strlen(look->meaning);
        bool fits = column > 0 && column + 3 + n <= page->width;
        fputs(column == 0 ? "\n" : fits ? "   " : "\n", page->out);
        begin(page, look->colour);
        fputs(page->unicode ? look->unicode : look->ascii, page->out);
        finish(page, look->colour);
        fprintf(page->out, " %s", look->meaning);
        column = n + (fits ? column + 3 : 0);
    }
    if (column > 0)
        fputc('\n', page->out);
}

static void draw_ending(const struct page *page)
{
    const struct trace *trace = page->trace;
    fputc('\n', page->out);
    if (page->scale.by_event)
        wrapped(page, "",
                "All of it happened at 0 s: it is drawn in the order of "
                "its events instead.");
    if (!trace->honest_clock)
        wrapped(page, "",
                "The clock was let run while a process that could have "
                "run was kept waiting.");
    if (!trace->exact)
        wrapped(page, "", "Not exact: another run may differ.");
    wrapped(page, trace->outcome == TRACE_ENDED ? "1" : "1;31",
            timeline_outcome(trace->outcome));
}

/* A mark below the lanes, with words at the side where there is room. */
static void draw_focus(const struct page *page, size_t focus)
{
    const struct trace *trace = page->trace;
    if (focus == 0 || focus > trace->n_events)
        return;
    char time[48], words[128];
    int left = page->label_width + page->gap;
    int column = left + (int)scale_event(&page->scale, trace, focus - 1);
    timeline_time(trace->events[focus - 1].t_ns, page->unicode, time,
                  sizeof time);
    int n = snprintf(words, sizeof words - 4, " the failure, at %s", time);
    begin(page, "1;31");
    const char *mark = page->unicode ? "▲" : "^";
    if (column + 1 + text_width(words) <= page->width) {
        spaces(page, column);
        fprintf(page->out, "%s%s", mark, words);
    } else {
        spaces(page, column - text_width(words));
        fprintf(page->out, "%.*s %s", n - 1, words + 1, mark);
    }
    finish(page, "1;31");
    fputc('\n', page->out);
}

static int draw(struct page *page, const struct timeline_style *style)
{
    int rc = layout(page, style->lanes);
    if (rc < 0)
        return rc;
    draw_title(page);
    rc = draw_lanes(page);
    if (rc < 0)
        return rc;
    draw_focus(page, style->focus);
    draw_legend(page);
    draw_ending(page);
    return 0;
}

char *timeline_draw(const struct trace *trace,
                    const struct timeline_style *style)
{
    int width = style->width < LEAST_WIDTH ? LEAST_WIDTH : style->width;
    char *text = NULL;
    size_t size;
    struct page page = {
        .trace = trace,
        .colour = style->colour,
        .unicode = style->unicode,
        .width = least(width, MOST_WIDTH),
        .out = open_memstream(&text, &size),
    };
    if (!page.out)
        return NULL;
    bool failed = draw(&page, style) < 0;
    free(page.rows);
    failed |= ferror(page.out) != 0;
    failed |= fclose(page.out) != 0;
    if (!failed)
        return text;
    free(text);
    return NULL;
}
