/**
 * @file
 * A trace as JSON ("proclab-trace/v1") and back; the two are inverse to each
 * other, whatever bytes a program printed.
 */
#ifndef PROCLAB_TRACE_JSON_H
#define PROCLAB_TRACE_JSON_H

#include <jansson.h>

#include "trace/trace.h"

/** @return a new reference, or NULL when memory ran out */
json_t *trace_to_json(const struct trace *trace);

/**
 * @param[out] out to be freed with trace_free(); set on success only
 * @param[out] why on -EINVAL what is wrong and where, for people; to be freed
 *             with free(); may be NULL
 * @return 0; -EINVAL not a trace; -ENOMEM
 */
int trace_from_json(const json_t *json, struct trace **out, char **why);

#endif
