/**
 * @file
 * Runs told in words, see course/story.h.
 */
#ifndef PROCLAB_CLI_EXPLAIN_H
#define PROCLAB_CLI_EXPLAIN_H

#include "trace/trace.h"

/** Tells the whole run on standard output.
 * @param program the file, or the name that is looked up in PATH; NULL: not
 *        known, then there are no source lines
 * @return STATUS_OK or STATUS_FAILED */
int explain_trace(const struct trace *trace, const char *program);

/** Tells on standard error who is still there at the end of the run, what each
 * waits for and where. */
void explain_living(const struct trace *trace, const char *program);

#endif
