/**
 * @file
 * The pieces of which the readers of proclab-trace/v1 are made.
 *
 * Each sets its output on success only; each returns 0, -EINVAL (then `why`
 * says what is wrong and where) or -ENOMEM.  A key that is missing is wrong.
 */
#ifndef PROCLAB_TRACE_JSON_READER_H
#define PROCLAB_TRACE_JSON_READER_H

#include <jansson.h>

#include "trace/json_words.h"
#include "trace/trace.h"

struct reader {
    struct trace *trace;
    const char *array; /**< "events" or "decisions" while in one, else NULL */
    size_t index;
    char inside[48]; /**< of an element of the array: "facts.", or "" */
    int born;        /**< processes in all */
    int next;        /**< number that the next birth must have */
    char *why;
};

/** @param key may be NULL: the whole is wrong */
int reader_wrong(struct reader *r, const char *key, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
int reader_int64(struct reader *r, const json_t *from, const char *key,
                 int64_t *out);
int reader_int(struct reader *r, const json_t *from, const char *key,
               int *out);
int reader_bool(struct reader *r, const json_t *from, const char *key,
                bool *out);
int reader_string(struct reader *r, const json_t *from, const char *key,
                  const char **out);
/** Borrowed from `from`. */
int reader_array(struct reader *r, const json_t *from, const char *key,
                 const json_t **out);
int reader_object(struct reader *r, const json_t *from, const char *key,
                  const json_t **out);
/** A word of a table. */
int reader_word(struct reader *r, const json_t *from, const char *key,
                const struct json_word *words, int *out);
int reader_unknown(struct reader *r, const char *key, const char *word);
/** A process by its number, or a word of json_actors. */
int reader_actor(struct reader *r, const json_t *from, const char *key,
                 int *out);
/** Bytes by their hexadecimal digits. @param[out] bytes to be freed; a NUL
 * stands behind them */
int reader_hex(struct reader *r, const json_t *from, const char *key,
               char **bytes, size_t *len);

/** The facts of an event. @param[out] out to be freed */
int reader_facts(struct reader *r, const json_t *event,
                 struct trace_facts **out);

#endif
