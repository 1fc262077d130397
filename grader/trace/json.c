/* The writer.  What an event does not use (thread 0, other NOBODY, numbers 0,
 * no text) is left out.  Text is "text" where it is UTF-8 without a NUL byte
 * and "hex" otherwise, so that every JSON reader can keep it. */

#include "trace/json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trace/json_words.h"
#include "trace/query.h"
#include "trace/text.h"

const struct json_word json_actors[] = {
    {"outside", TRACE_OUTSIDE},
    {"kernel", TRACE_KERNEL},
    {"scenario", TRACE_SCENARIO},
    {"nobody", TRACE_NOBODY},
    {NULL, 0},
};

const struct json_word json_outcomes[] = {
    {"ended", TRACE_ENDED},
    {"left-waiting", TRACE_LEFT_WAITING},
    {"deadlock", TRACE_DEADLOCK},
    {"limit-cpu", TRACE_LIMIT_CPU},
    {"limit-output", TRACE_LIMIT_OUTPUT},
    {"limit-processes", TRACE_LIMIT_PROCESSES},
    {"limit-memory", TRACE_LIMIT_MEMORY},
    {"limit-time", TRACE_LIMIT_TIME},
    {"limit-events", TRACE_LIMIT_EVENTS},
    {"limit-wall", TRACE_LIMIT_WALL},
    {NULL, 0},
};

const char *json_word_of(const struct json_word *words, int value)
{
    for (; words->word; words++)
        if (words->value == value)
            return words->word;
    return NULL;
}

json_t *json_actor(int proc)
{
    const char *word = json_word_of(json_actors, proc);
    return word ? json_string(word) : json_integer(proc);
}

json_t *json_hex(const char *bytes, size_t n)
{
    static const char digit[] = "0123456789abcdef";
    char *text = malloc(2 * n + 1);
    if (!text)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        text[2 * i] = digit[(unsigned char)bytes[i] >> 4];
        text[2 * i + 1] = digit[(unsigned char)bytes[i] & 15];
    }
    json_t *json = json_stringn_nocheck(text, 2 * n);
    free(text);
    return json;
}

/* A full 64 bits do not fit into a JSON integer. */
static json_t *address(uint64_t pc)
{
    char text[24];
    snprintf(text, sizeof text, "0x%" PRIx64, pc);
    return json_string(text);
}

static int put_text(json_t *json, const struct trace_event *e)
{
    if (!memchr(e->text, '\0', e->len) && text_is_utf8(e->text, e->len))
        return json_object_set_new(json, "text", json_stringn(e->text, e->len));
    return json_object_set_new(json, "hex", json_hex(e->text, e->len));
}

static int put_numbers(json_t *json, const struct trace_event *e)
{
    int failed = 0;
    if (e->thread != 0)
        failed |= json_object_set_new(json, "thread", json_integer(e->thread));
    if (e->other != TRACE_NOBODY)
        failed |= json_object_set_new(json, "other", json_actor(e->other));
    if (e->a != 0)
        failed |= json_object_set_new(json, "a", json_integer(e->a));
    if (e->b != 0)
        failed |= json_object_set_new(json, "b", json_integer(e->b));
    if (e->pc != 0)
        failed |= json_object_set_new(json, "pc", address(e->pc));
    return failed;
}

static json_t *event_to_json(const struct trace_event *e)
{
    json_t *json =
        json_pack("{s:I, s:s, s:o}", "t_ns", (json_int_t)e->t_ns, "kind",
                  trace_kind_name(e->kind), "proc", json_actor(e->proc));
    if (!json)
        return NULL;
    if (put_numbers(json, e) != 0 || (e->text && put_text(json, e) != 0) ||
        (e->facts &&
         json_object_set_new(json, "facts", json_facts(e->facts)) != 0)) {
        json_decref(json);
        return NULL;
    }
    return json;
}

static json_t *decision_to_json(const struct trace_decision *d)
{
    return json_pack("{s:i, s:i, s:i, s:i, s:I, s:o, s:o}", "kind", d->kind,
                     "options", d->options, "chosen", d->chosen, "usual",
                     d->usual, "event", (json_int_t)d->event, "proc",
                     json_actor(d->proc), "other", json_actor(d->other));
}

/* For people and their scripts only: the reader does not look at it. */
static json_t *process_to_json(const struct trace *trace, int proc)
{
    char place[256], label[320];
    trace_place(trace, proc, place, sizeof place);
    trace_label(trace, proc, label, sizeof label);
    return json_pack("{s:i, s:s, s:s}", "proc", proc, "place", place, "label",
                     label);
}

static json_t *events_to_json(const struct trace *trace)
{
    json_t *array = json_array();
    int failed = 0;
    for (size_t i = 0; array && !failed && i < trace->n_events; i++)
        failed = json_array_append_new(array, event_to_json(&trace->events[i]));
    if (!failed)
        return array;
    json_decref(array);
    return NULL;
}

static json_t *decisions_to_json(const struct trace *trace)
{
    json_t *array = json_array();
    int failed = 0;
    for (size_t i = 0; array && !failed && i < trace->n_decisions; i++)
        failed = json_array_append_new(array,
                                       decision_to_json(&trace->decisions[i]));
    if (!failed)
        return array;
    json_decref(array);
    return NULL;
}

static json_t *processes_to_json(const struct trace *trace)
{
    json_t *array = json_array();
    int failed = 0, n = trace_processes(trace);
    for (int i = 0; array && !failed && i < n; i++)
        failed = json_array_append_new(array, process_to_json(trace, i));
    if (!failed)
        return array;
    json_decref(array);
    return NULL;
}

json_t *trace_to_json(const struct trace *trace)
{
    const char *outcome = json_word_of(json_outcomes, (int)trace->outcome);
    return json_pack(
        "{s:s, s:s, s:b, s:b, s:I, s:o, s:o, s:o}", "schema", TRACE_SCHEMA,
        "outcome", outcome ? outcome : "unknown", "exact", (int)trace->exact,
        "honest_clock", (int)trace->honest_clock, "end_ns",
        (json_int_t)trace->end_ns, "processes", processes_to_json(trace),
        "events", events_to_json(trace), "decisions", decisions_to_json(trace));
}
