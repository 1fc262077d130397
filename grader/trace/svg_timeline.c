/* The page: title, axis, lanes, how the run ended, legend.  Labels and ends get
 * the width that they need, up to a share; the axis has the rest. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "trace/query.h"
#include "trace/svg_parts.h"
#include "trace/text.h"

enum {
    TEXT_SIZE = 13,
    SMALL = 12,
    MOST_LABEL = 210,
    MOST_END = 176,
    INDENT = 12,
    MOST_MOMENTS = 30, /* with a tick each */
};

double svg_lane_y(int lane)
{
    return SVG_TOP + lane * SVG_LANE + SVG_LANE - 13;
}

double svg_event_x(const struct svg_chart *chart, size_t event)
{
    return chart->left + chart->axis.at[event];
}

static double indent(const struct svg_chart *chart, int lane)
{
    int depth = chart->depth[lane];
    return (depth < 5 ? depth : 5) * INDENT;
}

/* A lane's place and name, as they are shown. */
static void label(const struct svg_chart *chart, int lane, char place[256],
                  char name[64])
{
    int proc = chart->lanes[lane].proc;
    svg_place(chart->trace, proc, TEXT_SIZE, 70, place, 256);
    text_clean(trace_name_at_exit(chart->trace, proc), name, 60, true);
    svg_text_cut(name, TEXT_SIZE,
                 MOST_LABEL - indent(chart, lane) - 8 -
                     svg_text_width(place, TEXT_SIZE));
}

static void end_words(const struct svg_chart *chart, int lane, char end[120])
{
    timeline_end(chart->trace, chart->lanes[lane].proc, false, end, 110);
    if (svg_text_width(end, SMALL) > MOST_END)
        timeline_end(chart->trace, chart->lanes[lane].proc, true, end, 110);
    svg_text_cut(end, SMALL, MOST_END);
}

static double most(double a, double b)
{
    return a > b ? a : b;
}

static void set_margins(struct svg_chart *chart)
{
    char place[256], name[64], end[120];
    double left = 60, right = 40;
    for (int i = 0; i < chart->n_lanes; i++) {
        label(chart, i, place, name);
        end_words(chart, i, end);
        left =
            most(left, indent(chart, i) + 8 + svg_text_width(place, TEXT_SIZE) +
                           svg_text_width(name, TEXT_SIZE));
        right = most(right, svg_text_width(end, SMALL));
    }
    chart->left = SVG_MARGIN + (int)left + 14;
    chart->right = SVG_WIDTH - SVG_MARGIN - (int)right - 12;
}

static void take_lanes(struct svg_chart *chart, const int *order, int lanes)
{
    for (int i = 0; i < chart->n_processes; i++)
        chart->lane_of[order[i]] = i < lanes ? i : -1;
    chart->n_lanes = chart->n_processes < lanes ? chart->n_processes : lanes;
    for (int i = 0; i < chart->n_lanes; i++) {
        chart->lanes[i] = (struct svg_lane){.proc = order[i], .arrow = -1000};
        for (int m = 0; m < SVG_MARKS; m++)
            chart->lanes[i].marked[m] = -1000;
    }
}

static int layout(struct svg_chart *chart, int lanes)
{
    size_t n = (size_t)trace_processes(chart->trace) + 1;
    int *order = calloc(n, sizeof *order);
    chart->lanes = calloc(n, sizeof *chart->lanes);
    chart->depth = calloc(n, sizeof *chart->depth);
    chart->lane_of = calloc(n, sizeof *chart->lane_of);
    int rc = -ENOMEM;
    if (order && chart->lanes && chart->depth && chart->lane_of)
        rc = timeline_order(chart->trace, order, chart->depth);
    if (rc >= 0) {
        for (size_t i = 0; i < n; i++)
            chart->lane_of[i] = -1;
        chart->n_processes = rc;
        take_lanes(chart, order, lanes > 0 ? lanes : SVG_LANES);
        set_margins(chart);
        rc = svg_axis_make(chart->trace, (int)(chart->right - chart->left) + 1,
                           chart->order, &chart->axis);
    }
    free(order);
    return rc;
}

static double lanes_end(const struct svg_chart *chart)
{
    return SVG_TOP + chart->n_lanes * SVG_LANE + 4;
}

static void draw_moments(struct svg_chart *chart)
{
    const struct svg_axis *axis = &chart->axis;
    for (int i = 0; i < axis->n_moments; i++) {
        const struct moment *m = &axis->moments[i];
        if (m->width < 6 || axis->n_moments > MOST_MOMENTS)
            continue;
        chart->used[SVG_KEY_MOMENT] = true;
        svg_put(chart->out,
                "<rect class='moment' x='%n' y='%d' width='%n' height='%n'/>\n",
                chart->left + m->x, SVG_TOP - 10, m->width,
                lanes_end(chart) - SVG_TOP + 10);
    }
}

/* A tick and its time, where the one before leaves room. */
static void draw_tick(struct svg_chart *chart, double x, int64_t t_ns,
                      double *free_from)
{
    char time[48];
    svg_put(chart->out, "<path class='tick' d='M%n %dV%n'/>\n", x, SVG_TOP - 16,
            lanes_end(chart));
    svg_axis_time(chart->trace, t_ns, time, sizeof time);
    if (x < *free_from)
        return;
    svg_put(chart->out, "<text class='s d' x='%n' y='%d'>%s</text>\n", x - 2,
            SVG_TOP - 21, time);
    *free_from = x + svg_text_width(time, SMALL) + 8;
}

static void draw_round_ticks(struct svg_chart *chart)
{
    const struct scale *scale = &chart->axis.scale;
    int64_t step = scale_step(scale);
    double free_from = 0;
    for (int64_t t = 0; t <= scale->total; t += step) {
        double x = svg_axis_place(&chart->axis, t);
        if (x >= 0)
            draw_tick(chart, chart->left + x, t, &free_from);
        if (t > scale->total - step)
            break;
    }
}

static void draw_ticks(struct svg_chart *chart)
{
    double free_from = 0;
    const struct svg_axis *axis = &chart->axis;
    if (axis->n_moments > MOST_MOMENTS) {
        draw_round_ticks(chart);
        return;
    }
    for (int i = 0; i < axis->n_moments; i++)
        draw_tick(chart, chart->left + axis->moments[i].x,
                  axis->moments[i].t_ns, &free_from);
}

static void draw_jumps(struct svg_chart *chart)
{
    const struct svg_axis *axis = &chart->axis;
    for (int i = 1; i < axis->n_moments && axis->n_moments <= MOST_MOMENTS;
         i++) {
        const struct moment *m = &axis->moments[i];
        svg_draw_jump(chart->out, chart->left + m[-1].x + m[-1].width,
                      chart->left + m->x, SVG_TOP - 15);
        chart->used[SVG_KEY_JUMP] = true;
    }
}

static void draw_axis(struct svg_chart *chart)
{
    if (chart->order)
        draw_jumps(chart);
    draw_ticks(chart);
    svg_put(chart->out, "<path class='axis' d='M%n %dH%n'/>\n", chart->left,
            SVG_TOP - 14, chart->left + chart->axis.at[chart->trace->n_events]);
}

/* A tear through the lanes and two strokes on the axis. */
static void draw_cuts(struct svg_chart *chart)
{
    for (int i = 0; i < chart->axis.n_moments; i++) {
        const struct moment *m = &chart->axis.moments[i];
        if (!m->cut)
            continue;
        chart->used[SVG_KEY_CUT] = true;
        double before = i > 0 ? m[-1].x + m[-1].width : 0;
        double x = chart->left + (before + m->x) / 2;
        svg_put(chart->out, "<path class='torn' d='M%n %n", x - 2,
                (double)SVG_TOP - 8);
        for (int y = 0; y < chart->n_lanes * 3; y++)
            svg_put(chart->out, "l%d 12", y % 2 ? -4 : 4);
        svg_put(chart->out,
                "'/>\n<path class='axis' d='M%n %dl4-12m4 12l4-12'"
                "/>\n",
                x - 6, SVG_TOP - 8);
    }
}

static void draw_label(const struct svg_chart *chart, int lane)
{
    char place[256], name[64], end[120];
    double y = svg_lane_y(lane) + 4, x = SVG_MARGIN + indent(chart, lane);
    label(chart, lane, place, name);
    end_words(chart, lane, end);
    svg_put(chart->out,
            "<text x='%n' y='%n'><tspan class='d'>%s</tspan> "
            "<tspan class='b'>%s</tspan></text>\n",
            x, y, place, name);
    svg_put(chart->out, "<text class='s' x='%n' y='%n'>%s</text>\n",
            chart->left + chart->axis.at[chart->trace->n_events] + 14, y, end);
}

static int draw_bars(struct svg_chart *chart, int lane)
{
    unsigned char cells[SVG_WIDTH + 1];
    int columns = chart->axis.scale.columns;
    int rc = timeline_states(chart->trace, &chart->axis.scale,
                             chart->lanes[lane].proc, cells);
    if (rc < 0)
        return rc;
    cells[columns] = GLYPHS;
    for (int from = 0, to; from < columns; from = to) {
        for (to = from; cells[to] == cells[from]; to++)
            ;
        chart->used[cells[from]] = true;
        svg_bar(chart->out, (enum glyph)cells[from], chart->left + from,
                chart->left + to, svg_lane_y(lane));
    }
    return 0;
}

static int draw_lanes(struct svg_chart *chart)
{
    int rc = 0;
    svg_draw_lines(chart);
    for (int i = 0; i < chart->n_lanes && rc == 0; i++) {
        draw_label(chart, i);
        rc = draw_bars(chart, i);
    }
    draw_cuts(chart);
    svg_draw_marks(chart);
    return rc;
}

static void draw_focus(const struct svg_chart *chart)
{
    char time[48];
    const struct trace *trace = chart->trace;
    if (chart->focus == 0 || chart->focus > trace->n_events)
        return;
    double x = svg_event_x(chart, chart->focus - 1);
    bool late = x > SVG_WIDTH / 2.0;
    int64_t t_ns = trace->events[chart->focus - 1].t_ns;
    svg_axis_time(trace, t_ns, time, sizeof time);
    svg_put(chart->out, "<path class='focus' d='M%n %dV%n'/>\n", x,
            SVG_TOP - 12, lanes_end(chart) + 16);
    svg_put(chart->out,
            "<text class='b st%r' x='%n' y='%n'>the failure, at %s</text>\n",
            late ? " e" : "", late ? x - 6 : x + 6, lanes_end(chart) + 15,
            time);
}

/* @return the height */
static int draw_page(struct svg_chart *chart)
{
    char title[256];
    svg_title(chart->trace, title, sizeof title);
    svg_put(chart->out, "<text class='h' x='%d' y='28'>%s</text>\n", SVG_MARGIN,
            title);
    draw_moments(chart);
    draw_axis(chart);
    if (draw_lanes(chart) < 0)
        return -ENOMEM;
    draw_focus(chart);
    double y = lanes_end(chart) + (chart->focus ? 18 : 2);
    y = svg_draw_sentences(chart, y) + 14;
    svg_draw_legend(chart, y);
    return (int)y + 24 * svg_legend_rows(chart) + 10;
}

/* The height is known when all is drawn: the inner part comes first. */
static int draw(struct svg_chart *chart, FILE *out, int lanes)
{
    char title[256], *inner = NULL;
    size_t size;
    int rc = layout(chart, lanes);
    if (rc < 0)
        return rc;
    chart->out = open_memstream(&inner, &size);
    if (!chart->out)
        return -ENOMEM;
    int height = draw_page(chart);
    if (fclose(chart->out) != 0 || height < 0) {
        free(inner);
        return -ENOMEM;
    }
    svg_title(chart->trace, title, sizeof title);
    svg_begin(out, height, title);
    chart->out = out;
    svg_describe(chart);
    svg_described(out, height);
    fwrite(inner, 1, size, out);
    svg_end(out);
    free(inner);
    return 0;
}

char *svg_timeline(const struct trace *trace, const struct svg_style *style)
{
    struct svg_chart chart = {
        .trace = trace, .focus = style->focus, .order = style->order};
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    if (!out)
        return NULL;
    bool failed = draw(&chart, out, style->lanes) < 0;
    svg_axis_free(&chart.axis);
    free(chart.lanes);
    free(chart.depth);
    free(chart.lane_of);
    failed |= ferror(out) != 0;
    failed |= fclose(out) != 0;
    if (!failed)
        return text;
    free(text);
    return NULL;
}
