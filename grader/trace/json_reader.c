/* The pieces of which the readers of traces are made. */

#include "trace/json_reader.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trace/text.h"

int reader_wrong(struct reader *r, const char *key, const char *format, ...)
{
    char *what = NULL, where[96] = "";
    va_list args;
    va_start(args, format);
    int n = vasprintf(&what, format, args);
    va_end(args);
    if (n < 0)
        return -ENOMEM;
    if (r->array)
        snprintf(where, sizeof where, "%s[%zu]%s%s", r->array, r->index,
                 key ? "." : "", r->inside);
    n = asprintf(&r->why, "%s%s: %s", where, key ? key : "", what);
    free(what);
    if (n < 0)
        r->why = NULL;
    return n < 0 ? -ENOMEM : -EINVAL;
}

/* What is there, if anything is, is of another type. */
static int wrong_type(struct reader *r, const char *key, const json_t *json,
                      const char *what)
{
    return reader_wrong(r, key, "%s", json ? what : "missing");
}

int reader_int64(struct reader *r, const json_t *from, const char *key,
                 int64_t *out)
{
    const json_t *json = json_object_get(from, key);
    if (!json_is_integer(json))
        return wrong_type(r, key, json, "not an integer");
    *out = json_integer_value(json);
    return 0;
}

int reader_int(struct reader *r, const json_t *from, const char *key, int *out)
{
    int64_t value = 0;
    int rc = reader_int64(r, from, key, &value);
    if (rc < 0)
        return rc;
    if (value < INT_MIN || value > INT_MAX)
        return reader_wrong(r, key, "%lld is too large", (long long)value);
    *out = (int)value;
    return 0;
}

int reader_bool(struct reader *r, const json_t *from, const char *key,
                bool *out)
{
    const json_t *json = json_object_get(from, key);
    if (!json_is_boolean(json))
        return wrong_type(r, key, json, "neither true nor false");
    *out = json_is_true(json);
    return 0;
}

int reader_string(struct reader *r, const json_t *from, const char *key,
                  const char **out)
{
    const json_t *json = json_object_get(from, key);
    if (!json_is_string(json))
        return wrong_type(r, key, json, "not a string");
    *out = json_string_value(json);
    return 0;
}

int reader_array(struct reader *r, const json_t *from, const char *key,
                 const json_t **out)
{
    const json_t *json = json_object_get(from, key);
    if (!json_is_array(json))
        return wrong_type(r, key, json, "not an array");
    *out = json;
    return 0;
}

int reader_object(struct reader *r, const json_t *from, const char *key,
                  const json_t **out)
{
    const json_t *json = json_object_get(from, key);
    if (!json_is_object(json))
        return wrong_type(r, key, json, "not an object");
    *out = json;
    return 0;
}

int reader_unknown(struct reader *r, const char *key, const char *word)
{
    char shown[48];
    text_clean(word, shown, sizeof shown, true);
    return reader_wrong(r, key, "\"%s\" is not a word known here", shown);
}

int reader_word(struct reader *r, const json_t *from, const char *key,
                const struct json_word *words, int *out)
{
    const char *word = "";
    int rc = reader_string(r, from, key, &word);
    if (rc < 0)
        return rc;
    for (; words->word; words++)
        if (strcmp(words->word, word) == 0) {
            *out = words->value;
            return 0;
        }
    return reader_unknown(r, key, word);
}

int reader_actor(struct reader *r, const json_t *from, const char *key,
                 int *out)
{
    if (json_is_string(json_object_get(from, key)))
        return reader_word(r, from, key, json_actors, out);
    int proc = 0;
    int rc = reader_int(r, from, key, &proc);
    if (rc < 0)
        return rc;
    if (proc < 0 || proc >= r->born)
        return reader_wrong(r, key, "there is no process %d (of %d)", proc,
                            r->born);
    *out = proc;
    return 0;
}

static int nibble(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

int reader_hex(struct reader *r, const json_t *from, const char *key,
               char **bytes, size_t *len)
{
    const char *digit = "";
    int rc = reader_string(r, from, key, &digit);
    if (rc < 0)
        return rc;
    size_t n = json_string_length(json_object_get(from, key));
    if (n % 2 != 0)
        return reader_wrong(r, key, "an odd number of digits");
    for (size_t i = 0; i < n; i++)
        if (nibble(digit[i]) < 0)
            return reader_wrong(r, key, "no hexadecimal digit at %zu", i);
    char *text = malloc(n / 2 + 1);
    if (!text)
        return -ENOMEM;
    for (size_t i = 0; i < n / 2; i++)
        text[i] = (char)(nibble(digit[2 * i]) << 4 | nibble(digit[2 * i + 1]));
    text[n / 2] = '\0';
    *bytes = text;
    *len = n / 2;
    return 0;
}
