/**
 * @file
 * The measured speed-up as a picture, in the manner of those of a trace (see
 * trace/svg.h).
 */
#ifndef PROCLAB_REPORT_PLOT_H
#define PROCLAB_REPORT_PLOT_H

#include "report/speedup.h"

/** @return SVG to be freed, or NULL when memory ran out */
char *plot_speedup(const struct speedup *speedup);

#endif
