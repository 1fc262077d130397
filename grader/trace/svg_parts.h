/**
 * @file
 * What the files that draw the timeline share.
 */
#ifndef PROCLAB_TRACE_SVG_PARTS_H
#define PROCLAB_TRACE_SVG_PARTS_H

#include "trace/svg.h"
#include "trace/svg_axis.h"
#include "trace/svg_write.h"

enum {
    SVG_MARGIN = 16,
    SVG_TOP = 78,  /* where the lanes begin */
    SVG_LANE = 36, /* height of a lane: a line of text, and the bar */
    SVG_LANES = 40,
};

/** What a legend may tell, behind marks and arrows. */
enum svg_key {
    SVG_KEY_MOMENT = SVG_MARKS + SVG_ARROWS,
    SVG_KEY_CUT,
    SVG_KEY_JUMP,
    SVG_KEYS,
};

struct svg_lane {
    int proc;
    double text_until;        /**< the text above its bar reaches so far */
    double marked[SVG_MARKS]; /**< where the last mark of each kind is */
    double arrow;             /**< where the last signal came in */
};

struct svg_chart {
    const struct trace *trace;
    FILE *out;
    size_t focus;
    bool order;
    int n_processes, n_lanes;
    struct svg_lane *lanes;
    int *depth;
    int *lane_of;       /**< by process; -1: not shown */
    double left, right; /**< of the axis */
    struct svg_axis axis;
    bool used[SVG_KEYS];
    long left_out; /**< marks and signals that would lie on others */
};

/** The middle of a lane's bar. */
double svg_lane_y(int lane);
/** Where an event lies across. */
double svg_event_x(const struct svg_chart *chart, size_t event);

/** Writes a line for each lane, for who cannot see the picture. */
void svg_describe(const struct svg_chart *chart);
/** Says how the run ended and what is not shown. @return where that ends */
double svg_draw_sentences(const struct svg_chart *chart, double y);
/** Lines of births and reaping, which lie below the bars. */
void svg_draw_lines(struct svg_chart *chart);
/** Marks and signals, which lie on them. */
void svg_draw_marks(struct svg_chart *chart);
/** The clock jumps. */
void svg_draw_jump(FILE *out, double from, double to, double y);
/** Rows of a legend for what was used. */
int svg_legend_rows(const struct svg_chart *chart);
void svg_draw_legend(const struct svg_chart *chart, double y);

#endif
