/**
 * @file
 * The timeline: a trace drawn as text, a lane a process, virtual time across.
 */
#ifndef PROCLAB_TRACE_TIMELINE_H
#define PROCLAB_TRACE_TIMELINE_H

#include <stdbool.h>

#include "trace/trace.h"

struct timeline_style {
    int width;    /**< columns, at least 40; lines are never longer */
    bool colour;  /**< ANSI colours; all is legible without them */
    bool unicode; /**< false: ASCII only */
    int lanes;    /**< at most so many lanes (the rest is counted); 0: all */
    size_t focus; /**< the event that matters, counted from 1: its place is
                       marked; 0: none */
};

/**
 * Draws a trace: title line, time axis, a lane a process with its name and
 * place, legend, how it ended.
 * @return text to be freed with free(), or NULL when memory ran out
 */
char *timeline_draw(const struct trace *trace,
                    const struct timeline_style *style);

#endif
