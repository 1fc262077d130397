/**
 * @file
 * The facts in a trace as text: what ps(1) and lsof(8) would have said.
 */
#ifndef PROCLAB_TRACE_FACTS_TABLE_H
#define PROCLAB_TRACE_FACTS_TABLE_H

#include <stdbool.h>

#include "trace/trace.h"

/**
 * Draws all facts, a table for each moment: a line for each process, below it
 * its signals and its descriptors.
 * @param unicode false: ASCII only
 * @return text to be freed, "" where the trace has no facts; NULL when memory
 *         ran out
 */
char *facts_table_draw(const struct trace *trace, bool unicode);

#endif
