/* The reader.  It goes down with a path ("events[3].kind") to say where
 * something is wrong; extra keys are no error, so that a later version may
 * add some. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "trace/json.h"
#include "trace/json_reader.h"

static int get_kind(struct reader *r, const json_t *from, enum trace_kind *out)
{
    const char *word;
    int rc = reader_string(r, from, "kind", &word);
    if (rc < 0)
        return rc;
    for (int kind = 0; kind < TRACE_KINDS; kind++)
        if (strcmp(trace_kind_name((enum trace_kind)kind), word) == 0) {
            *out = (enum trace_kind)kind;
            return 0;
        }
    return reader_unknown(r, "kind", word);
}

static int get_pc(struct reader *r, const json_t *from, uint64_t *out)
{
    const char *text;
    int rc = reader_string(r, from, "pc", &text);
    if (rc < 0)
        return rc;
    size_t digits =
        strncmp(text, "0x", 2) == 0 ? strspn(text + 2, "0123456789abcdef") : 0;
    if (digits < 1 || digits > 16 || text[2 + digits] != '\0')
        return reader_wrong(r, "pc",
                            "not an address (\"0x\" and 1 to 16 digits)");
    *out = strtoull(text, NULL, 16);
    return 0;
}

static int set_text(struct trace_event *e, const char *bytes, size_t len)
{
    e->text = malloc(len + 1);
    if (!e->text)
        return -ENOMEM;
    memcpy(e->text, bytes, len);
    e->text[len] = '\0';
    e->len = len;
    return 0;
}

static int get_text(struct reader *r, const json_t *json, struct trace_event *e)
{
    const json_t *text = json_object_get(json, "text");
    if (!json_is_string(text))
        return reader_wrong(r, "text", "not a string");
    return set_text(e, json_string_value(text), json_string_length(text));
}

static int get_hex(struct reader *r, const json_t *json, struct trace_event *e)
{
    return reader_hex(r, json, "hex", &e->text, &e->len);
}

static bool has(const json_t *json, const char *key)
{
    return json_object_get(json, key) != NULL;
}

static int get_payload(struct reader *r, const json_t *json,
                       struct trace_event *e)
{
    if (has(json, "text") && has(json, "hex"))
        return reader_wrong(r, "hex", "\"text\" is there as well");
    if (has(json, "text"))
        return get_text(r, json, e);
    return has(json, "hex") ? get_hex(r, json, e) : 0;
}

static int get_facts(struct reader *r, const json_t *json,
                     struct trace_event *e)
{
    if (e->kind == TRACE_FACTS)
        return reader_facts(r, json, &e->facts);
    return has(json, "facts") ? reader_wrong(r, "facts", "not in this event")
                              : 0;
}

/* What is 0, or nobody, where the writer left it out. */
static int get_rest(struct reader *r, const json_t *json, struct trace_event *e)
{
    int rc = 0;
    e->other = TRACE_NOBODY;
    if (has(json, "thread"))
        rc = reader_int(r, json, "thread", &e->thread);
    if (rc == 0 && has(json, "other"))
        rc = reader_actor(r, json, "other", &e->other);
    if (rc == 0 && has(json, "a"))
        rc = reader_int64(r, json, "a", &e->a);
    if (rc == 0 && has(json, "b"))
        rc = reader_int64(r, json, "b", &e->b);
    if (rc == 0 && has(json, "pc"))
        rc = get_pc(r, json, &e->pc);
    if (rc == 0)
        rc = get_payload(r, json, e);
    return rc < 0 ? rc : get_facts(r, json, e);
}

static int read_event(struct reader *r, const json_t *json)
{
    struct trace_event *e = &r->trace->events[r->index];
    if (!json_is_object(json))
        return reader_wrong(r, NULL, "not an object");
    int rc = reader_int64(r, json, "t_ns", &e->t_ns);
    if (rc == 0)
        rc = get_kind(r, json, &e->kind);
    if (rc == 0)
        rc = reader_actor(r, json, "proc", &e->proc);
    if (rc == 0)
        rc = get_rest(r, json, e);
    if (rc == 0 && e->kind == TRACE_BORN && e->proc != r->next++)
        rc = reader_wrong(r, "proc", "process %d should be born here",
                          r->next - 1);
    return rc;
}

static int read_option(struct reader *r, const json_t *json, const char *key,
                       int options, int *out)
{
    int rc = reader_int(r, json, key, out);
    if (rc == 0 && (*out < 0 || *out >= options))
        rc = reader_wrong(r, key, "%d of %d options", *out, options);
    return rc;
}

static int read_decision(struct reader *r, const json_t *json)
{
    struct trace_decision *d = &r->trace->decisions[r->index];
    int64_t event = 0;
    if (!json_is_object(json))
        return reader_wrong(r, NULL, "not an object");
    int rc = reader_int(r, json, "kind", &d->kind);
    if (rc == 0)
        rc = reader_int(r, json, "options", &d->options);
    if (rc == 0 && d->options < 2)
        rc = reader_wrong(r, "options", "%d is no choice", d->options);
    if (rc == 0)
        rc = read_option(r, json, "chosen", d->options, &d->chosen);
    if (rc == 0)
        rc = read_option(r, json, "usual", d->options, &d->usual);
    if (rc == 0)
        rc = reader_int64(r, json, "event", &event);
    if (rc == 0 && (event < 0 || (size_t)event > r->trace->n_events))
        rc = reader_wrong(r, "event", "there are %zu", r->trace->n_events);
    if (rc == 0)
        rc = reader_actor(r, json, "proc", &d->proc);
    if (rc == 0)
        rc = reader_actor(r, json, "other", &d->other);
    d->event = (size_t)event;
    return rc;
}

static int each(struct reader *r, const json_t *array, const char *key,
                int (*read)(struct reader *, const json_t *))
{
    int rc = 0;
    r->array = key;
    for (size_t i = 0; rc == 0 && i < json_array_size(array); i++) {
        r->index = i;
        rc = read(r, json_array_get(array, i));
    }
    r->array = NULL;
    return rc;
}

/* All events are there, zeroed, before the first is read, so that
 * trace_free() is right after a failure in the middle. */
static int read_events(struct reader *r, const json_t *json)
{
    const json_t *array;
    int rc = reader_array(r, json, "events", &array);
    if (rc < 0)
        return rc;
    size_t n = json_array_size(array);
    r->trace->events = calloc(n ? n : 1, sizeof *r->trace->events);
    if (!r->trace->events)
        return -ENOMEM;
    r->trace->n_events = n;
    return each(r, array, "events", read_event);
}

static int read_decisions(struct reader *r, const json_t *json)
{
    const json_t *array;
    int rc = reader_array(r, json, "decisions", &array);
    if (rc < 0)
        return rc;
    size_t n = json_array_size(array);
    r->trace->decisions = calloc(n ? n : 1, sizeof *r->trace->decisions);
    if (!r->trace->decisions)
        return -ENOMEM;
    r->trace->n_decisions = n;
    return each(r, array, "decisions", read_decision);
}

/* Counted first: an event may speak of a process that is born later on. */
static int count_born(const json_t *json)
{
    const json_t *events = json_object_get(json, "events");
    int n = 0;
    for (size_t i = 0; i < json_array_size(events); i++) {
        const json_t *kind = json_object_get(json_array_get(events, i), "kind");
        const char *word = json_string_value(kind);
        n += word && strcmp(word, trace_kind_name(TRACE_BORN)) == 0;
    }
    return n;
}

static int read_head(struct reader *r, const json_t *json)
{
    const char *schema;
    int outcome = 0;
    if (!json_is_object(json))
        return reader_wrong(r, "trace", "not an object");
    int rc = reader_string(r, json, "schema", &schema);
    if (rc == 0 && strcmp(schema, TRACE_SCHEMA) != 0)
        rc = reader_wrong(r, "schema", "not \"%s\"", TRACE_SCHEMA);
    if (rc == 0)
        rc = reader_word(r, json, "outcome", json_outcomes, &outcome);
    if (rc == 0)
        rc = reader_bool(r, json, "exact", &r->trace->exact);
    if (rc == 0)
        rc = reader_bool(r, json, "honest_clock", &r->trace->honest_clock);
    if (rc == 0)
        rc = reader_int64(r, json, "end_ns", &r->trace->end_ns);
    r->trace->outcome = (enum trace_outcome)outcome;
    return rc;
}

int trace_from_json(const json_t *json, struct trace **out, char **why)
{
    struct reader r = {.trace = calloc(1, sizeof *r.trace)};
    if (!r.trace)
        return -ENOMEM;
    int rc = read_head(&r, json);
    if (rc == 0) {
        r.born = count_born(json);
        rc = read_events(&r, json);
    }
    if (rc == 0)
        rc = read_decisions(&r, json);
    if (rc == 0) {
        *out = r.trace;
        return 0;
    }
    trace_free(r.trace);
    if (rc == -EINVAL && why)
        *why = r.why;
    else
        free(r.why);
    return rc;
}
