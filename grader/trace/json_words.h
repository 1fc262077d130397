/**
 * @file
 * What the writer and the reader of proclab-trace/v1 share.
 */
#ifndef PROCLAB_TRACE_JSON_WORDS_H
#define PROCLAB_TRACE_JSON_WORDS_H

#include <jansson.h>
#include <stddef.h>

struct trace_facts;

#define TRACE_SCHEMA "proclab-trace/v1"

/** A word in JSON and the number that it stands for; a NULL word ends a
 * table.  Words are part of the format: they never change. */
struct json_word {
    const char *word;
    int value;
};

extern const struct json_word json_actors[];   /**< TRACE_OUTSIDE, ... */
extern const struct json_word json_outcomes[]; /**< enum trace_outcome */
extern const struct json_word json_objects[];  /**< enum trace_object */

/** The word for a value, or NULL. */
const char *json_word_of(const struct json_word *words, int value);
/** A process by its number, those outside the tree by a word. */
json_t *json_actor(int proc);
/** Bytes as hexadecimal digits. */
json_t *json_hex(const char *bytes, size_t n);
/** Facts as an object. */
json_t *json_facts(const struct trace_facts *facts);

#endif
