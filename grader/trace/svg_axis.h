/**
 * @file
 * Where each event of a trace lies across a picture.
 *
 * In virtual time much happens at one moment, in an order.  So the axis has two
 * kinds of stretches: *waits*, during which the clock moves, as wide as they
 * are long; and between them *moments*, during which it stands still, with a
 * step for each event that is shown.  The longest waits are cut where the
 * shortest could not be seen otherwise.
 */
#ifndef PROCLAB_TRACE_SVG_AXIS_H
#define PROCLAB_TRACE_SVG_AXIS_H

#include "trace/timeline_parts.h"

struct moment {
    int64_t t_ns;
    int64_t wait_ns; /**< how long the clock moved before it */
    bool cut;        /**< that wait is drawn shorter than it was */
    int steps;
    double x, width; /**< without the wait */
};

struct svg_axis {
    bool order;
    struct scale scale; /**< with the place of each event, from 0 */
    double *at;
    int n_moments, n_cut;
    struct moment *moments;
};

/**
 * @param[out] out to be freed with svg_axis_free(); set on success only
 * @param width in pixels, at least 1
 * @param order waits are all of one width and drawn as jumps
 * @return 0 or -ENOMEM
 */
int svg_axis_make(const struct trace *trace, int width, bool order,
                  struct svg_axis *out);
void svg_axis_free(struct svg_axis *axis);

/** A time without what is too little to matter in this trace: what lies closer
 * together is one moment. */
int64_t svg_axis_round(const struct trace *trace, int64_t t_ns);

/** Such a time for people: "2 s", "1 h", "1:00:05"; size at least 48. */
void svg_axis_time(const struct trace *trace, int64_t t_ns, char *buffer,
                   size_t size);

/** "downloads: 6 processes, 4 s of virtual time"; size at least 200. */
void svg_title(const struct trace *trace, char *buffer, size_t size);

/** Where a time lies, the beginning of its moment; -1: within a wait that is
 * cut. */
double svg_axis_place(const struct svg_axis *axis, int64_t t_ns);

#endif
