/**
 * @file
 * A trace as Chrome trace events, which Perfetto (ui.perfetto.dev) and
 * chrome://tracing open.  The fields are those of the "Trace Event Format".
 */
#ifndef PROCLAB_TRACE_PERFETTO_H
#define PROCLAB_TRACE_PERFETTO_H

#include <jansson.h>

#include "trace/trace.h"

/**
 * A row for each process: bars for its states, marks for what happened, arrows
 * for births, signals and reaping.  Times are virtual, in microseconds.
 * @return a new reference, or NULL when memory ran out
 */
json_t *trace_to_perfetto(const struct trace *trace);

#endif
