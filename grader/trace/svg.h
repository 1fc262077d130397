/**
 * @file
 * A trace as pictures: SVG that stands by itself, for paper and screen.
 *
 * Colours follow the reader's setting, light or dark; what they tell is told by
 * shapes as well.  The same trace gives the same bytes.  Whatever a program
 * called itself or its files is text in them and nothing else.
 */
#ifndef PROCLAB_TRACE_SVG_H
#define PROCLAB_TRACE_SVG_H

#include "trace/trace.h"

/** Width of every picture in pixels. */
#define SVG_WIDTH 900

struct svg_style {
    int lanes;    /**< at most so many processes (the rest is counted); 0: 40 */
    size_t focus; /**< the event that matters, counted from 1; 0: none; for
                       timelines only */
    bool order;   /**< for timelines only: no waits, just what happened in its
                       order, and the clock that jumps in between */
};

/**
 * The timeline: a lane a process, virtual time across.  Where virtual time
 * stands still what happens is drawn in its order; long waits may be cut.
 * @return text to be freed with free(), or NULL when memory ran out
 */
char *svg_timeline(const struct trace *trace, const struct svg_style *style);

/**
 * The tree of processes: who started whom and how, how each ended, who
 * adopted whom.
 * @return text to be freed with free(), or NULL when memory ran out
 */
char *svg_tree(const struct trace *trace, const struct svg_style *style);

#endif
