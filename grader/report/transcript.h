/**
 * @file
 * What a run printed, by process and virtual time, as a text for a page.
 */
#ifndef PROCLAB_REPORT_TRANSCRIPT_H
#define PROCLAB_REPORT_TRANSCRIPT_H

#include "result/result.h"
#include "trace/trace.h"

/** Lines at the beginning and at the end that are shown of a long one. */
enum { TRANSCRIPT_HEAD = 60, TRANSCRIPT_TAIL = 20 };

/** @return to be freed; "" if nothing was printed; NULL when memory ran out */
char *transcript_of_trace(const struct trace *trace);
char *transcript_of_run(const struct run_result *run);

#endif
