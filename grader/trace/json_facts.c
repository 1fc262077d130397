/* Facts of a process as JSON and back.  Signal masks are lists of numbers; a
 * path is "path" where it is UTF-8 and "path_hex" otherwise. */

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trace/json_reader.h"
#include "trace/text.h"

const struct json_word json_objects[] = {
    {"file", TRACE_FILE},
    {"directory", TRACE_DIRECTORY},
    {"null", TRACE_NULL_DEVICE},
    {"device", TRACE_DEVICE},
    {"terminal", TRACE_TERMINAL},
    {"pipe", TRACE_PIPE},
    {"fifo", TRACE_FIFO},
    {"socket", TRACE_SOCKET},
    {"standard", TRACE_STANDARD},
    {"anonymous", TRACE_ANONYMOUS},
    {NULL, 0},
};

static const struct json_word accesses[] = {
    {"none", TRACE_NO_ACCESS},
    {"read", TRACE_READS},
    {"write", TRACE_WRITES},
    {"both", TRACE_READS | TRACE_WRITES},
    {NULL, 0},
};

/* What stands at which place of the struct, for both directions. */
#define NUMBER(name) #name, offsetof(struct trace_facts, name)

static const struct field {
    const char *key;
    size_t at;
} actors[] = {{NUMBER(parent)}, {NUMBER(group)}, {NUMBER(session)}},
  numbers[] = {{NUMBER(umask)}, {NUMBER(uid)},  {NUMBER(euid)},
               {NUMBER(gid)},   {NUMBER(egid)}, {NUMBER(nice)}},
  masks[] = {{NUMBER(blocked)}, {NUMBER(ignored)}, {NUMBER(caught)}};

#define LENGTH(table) (sizeof(table) / sizeof *(table))

static int *number_at(const struct trace_facts *facts, size_t at)
{
    return (int *)(uintptr_t)((const char *)facts + at);
}

static uint64_t *mask_at(const struct trace_facts *facts, size_t at)
{
    return (uint64_t *)(uintptr_t)((const char *)facts + at);
}

static const char *hex_key(const char *key, char *buffer, size_t size)
{
    snprintf(buffer, size, "%s_hex", key);
    return buffer;
}

/* --- writing
 * ------------------------------------------------------------------ */

static int put_path(json_t *json, const char *key, const char *path)
{
    char hex[16];
    if (!path)
        return 0;
    if (text_is_utf8(path, strlen(path)))
        return json_object_set_new(json, key, json_string(path));
    return json_object_set_new(json, hex_key(key, hex, sizeof hex),
                               json_hex(path, strlen(path)));
}

static json_t *signals_to_json(uint64_t mask)
{
    json_t *array = json_array();
    for (int sig = 1; sig <= 64; sig++)
        if (mask >> (sig - 1) & 1)
            json_array_append_new(array, json_integer(sig));
    return array;
}

static json_t *descriptor_to_json(const struct trace_descriptor *d)
{
    json_t *json = json_pack(
        "{s:i, s:s*, s:s*, s:b}", "number", d->number, "object",
        json_word_of(json_objects, (int)d->object), "access",
        json_word_of(accesses, d->access), "close_on_exec", d->close_on_exec);
    int failed = put_path(json, "path", d->path);
    if (d->ordinal != 0)
        failed |=
            json_object_set_new(json, "ordinal", json_integer(d->ordinal));
    if (!failed)
        return json;
    json_decref(json);
    return NULL;
}

static json_t *descriptors_to_json(const struct trace_facts *facts)
{
    json_t *array = json_array();
    int failed = 0;
    for (size_t i = 0; array && !failed && i < facts->n_descriptors; i++)
        failed = json_array_append_new(
            array, descriptor_to_json(&facts->descriptors[i]));
    if (!failed)
        return array;
    json_decref(array);
    return NULL;
}

json_t *json_facts(const struct trace_facts *facts)
{
    json_t *json = json_pack("{s:b}", "terminal", facts->terminal);
    int failed = put_path(json, "cwd", facts->cwd);
    failed |= put_path(json, "root", facts->root);
    failed |= put_path(json, "command", facts->command);
    for (size_t i = 0; i < LENGTH(actors); i++)
        failed |= json_object_set_new(
            json, actors[i].key, json_actor(*number_at(facts, actors[i].at)));
    for (size_t i = 0; i < LENGTH(numbers); i++)
        failed |=
            json_object_set_new(json, numbers[i].key,
                                json_integer(*number_at(facts, numbers[i].at)));
    for (size_t i = 0; i < LENGTH(masks); i++)
        failed |= json_object_set_new(
            json, masks[i].key, signals_to_json(*mask_at(facts, masks[i].at)));
    failed |=
        json_object_set_new(json, "descriptors", descriptors_to_json(facts));
    if (!failed)
        return json;
    json_decref(json);
    return NULL;
}

/* --- reading
 * ------------------------------------------------------------------ */

static int read_path(struct reader *r, const json_t *json, const char *key,
                     char **out)
{
    char hex[16], *bytes = NULL;
    const char *text;
    size_t len = 0;
    hex_key(key, hex, sizeof hex);
    if (json_object_get(json, hex)) {
        int rc = reader_hex(r, json, hex, &bytes, &len);
        if (rc == 0 && strlen(bytes) != len)
            rc = reader_wrong(r, hex, "a NUL byte");
        if (rc < 0)
            free(bytes);
        else
            *out = bytes;
        return rc;
    }
    if (!json_object_get(json, key))
        return 0;
    int rc = reader_string(r, json, key, &text);
    if (rc == 0 &&
        strlen(text) != json_string_length(json_object_get(json, key)))
        rc = reader_wrong(r, key, "a NUL byte");
    if (rc == 0 && !(*out = strdup(text)))
        rc = -ENOMEM;
    return rc;
}

static int read_signals(struct reader *r, const json_t *json, const char *key,
                        uint64_t *out)
{
    const json_t *array = NULL;
    uint64_t mask = 0;
    int rc = reader_array(r, json, key, &array);
    for (size_t i = 0; rc == 0 && i < json_array_size(array); i++) {
        json_int_t sig = json_integer_value(json_array_get(array, i));
        if (sig < 1 || sig > 64)
            rc = reader_wrong(r, key, "not a signal's number at %zu", i);
        else
            mask |= UINT64_C(1) << (sig - 1);
    }
    if (rc == 0)
        *out = mask;
    return rc;
}

static int read_descriptor(struct reader *r, const json_t *json,
                           struct trace_descriptor *d)
{
    int object = 0;
    if (!json_is_object(json))
        return reader_wrong(r, "number", "not in an object");
    int rc = reader_int(r, json, "number", &d->number);
    if (rc == 0 && d->number < 0)
        rc = reader_wrong(r, "number", "%d is no descriptor", d->number);
    if (rc == 0)
        rc = reader_word(r, json, "object", json_objects, &object);
    if (rc == 0)
        rc = reader_word(r, json, "access", accesses, &d->access);
    if (rc == 0)
        rc = reader_bool(r, json, "close_on_exec", &d->close_on_exec);
    if (rc == 0 && json_object_get(json, "ordinal"))
        rc = reader_int(r, json, "ordinal", &d->ordinal);
    if (rc == 0)
        rc = read_path(r, json, "path", &d->path);
    d->object = (enum trace_object)object;
    return rc;
}

/* All are there, zeroed, before the first is read, so that they can be freed
 * after a failure in the middle. */
static int read_descriptors(struct reader *r, const json_t *json,
                            struct trace_facts *facts)
{
    const json_t *array = NULL;
    int rc = reader_array(r, json, "descriptors", &array);
    size_t n = json_array_size(array);
    if (n == 0)
        return rc;
    facts->descriptors = calloc(n, sizeof *facts->descriptors);
    if (!facts->descriptors)
        return -ENOMEM;
    facts->n_descriptors = n;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        snprintf(r->inside, sizeof r->inside, "facts.descriptors[%zu].", i);
        rc = read_descriptor(r, json_array_get(array, i),
                             &facts->descriptors[i]);
    }
    return rc;
}

static int read_facts(struct reader *r, const json_t *json,
                      struct trace_facts *facts)
{
    int rc = reader_bool(r, json, "terminal", &facts->terminal);
    if (rc == 0)
        rc = read_path(r, json, "cwd", &facts->cwd);
    if (rc == 0)
        rc = read_path(r, json, "root", &facts->root);
    if (rc == 0)
        rc = read_path(r, json, "command", &facts->command);
    for (size_t i = 0; i < LENGTH(actors); i++)
        rc = rc ? rc
                : reader_actor(r, json, actors[i].key,
                               number_at(facts, actors[i].at));
    for (size_t i = 0; i < LENGTH(numbers); i++)
        rc = rc ? rc
                : reader_int(r, json, numbers[i].key,
                             number_at(facts, numbers[i].at));
    for (size_t i = 0; i < LENGTH(masks); i++)
        rc = rc ? rc
                : read_signals(r, json, masks[i].key,
                               mask_at(facts, masks[i].at));
    return rc ? rc : read_descriptors(r, json, facts);
}

int reader_facts(struct reader *r, const json_t *event,
                 struct trace_facts **out)
{
    const json_t *json;
    int rc = reader_object(r, event, "facts", &json);
    if (rc < 0)
        return rc;
    struct trace_facts *facts = calloc(1, sizeof *facts);
    if (!facts)
        return -ENOMEM;
    snprintf(r->inside, sizeof r->inside, "facts.");
    rc = read_facts(r, json, facts);
    r->inside[0] = '\0';
    if (rc == 0)
        *out = facts;
    else
        trace_facts_free(facts);
    return rc;
}
