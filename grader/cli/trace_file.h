/**
 * @file
 * Traces that `proclab run --json` wrote.
 */
#ifndef PROCLAB_CLI_TRACE_FILE_H
#define PROCLAB_CLI_TRACE_FILE_H

#include "trace/trace.h"

/** Reads a trace; says what is wrong with the file.
 * @param[out] out to be freed with trace_free()
 * @return STATUS_OK or STATUS_USAGE */
int trace_file_read(const char *path, struct trace **out);

#endif
