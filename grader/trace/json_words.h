/**
 * @file
 * What the writer and the reader of proclab-trace/v1 share.
 */
#ifndef PROCLAB_TRACE_JSON_WORDS_H
#define PROCLAB_TRACE_JSON_WORDS_H

#define TRACE_SCHEMA "proclab-trace/v1"

/** A word in JSON and the number that it stands for; a NULL word ends a
 * table.  Words are part of the format: they never change. */
struct json_word {
    const char *word;
    int value;
};

extern const struct json_word json_actors[];   /**< TRACE_OUTSIDE, ... */
extern const struct json_word json_outcomes[]; /**< enum trace_outcome */

#endif
