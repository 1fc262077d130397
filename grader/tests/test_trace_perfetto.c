/* Chrome trace events: the fields that the format's document asks for. */

#include <string.h>

#include "tests/random_traces.h"
#include "tests/suite.h"
#include "tests/traces.h"
#include "trace/perfetto.h"

static double number(const json_t *event, const char *key)
{
    const json_t *value = json_object_get(event, key);
    ck_assert_msg(json_is_number(value), "no number: %s", key);
    return json_number_value(value);
}

static const char *string(const json_t *event, const char *key)
{
    const json_t *value = json_object_get(event, key);
    ck_assert_msg(json_is_string(value), "no string: %s", key);
    return json_string_value(value);
}

static void check_meta(const json_t *event)
{
    const json_t *args = json_object_get(event, "args");
    if (strcmp(string(event, "name"), "process_sort_index") == 0)
        ck_assert(json_is_integer(json_object_get(args, "sort_index")));
    else
        string(args, "name");
}

static void check_bar(const json_t *event)
{
    ck_assert_double_gt(number(event, "dur"), 0);
    ck_assert_str_eq(string(event, "cat"), "state");
}

static void check_mark(const json_t *event)
{
    ck_assert_str_eq(string(event, "s"), "t");
}

static void check_arrow(const json_t *event)
{
    ck_assert_double_ge(number(event, "id"), 1);
    if (string(event, "ph")[0] == 'f')
        ck_assert_str_eq(string(event, "bp"), "e");
}

static const struct {
    char phase;
    void (*check)(const json_t *event);
} phases[] = {
    {'M', check_meta}, {'X', check_bar},   {'i', check_mark},
    {'s', check_arrow}, {'f', check_arrow},
};

static void check_event(const json_t *event)
{
    const char *phase = string(event, "ph");
    string(event, "name");
    ck_assert_double_ge(number(event, "pid"), 1);
    ck_assert_double_eq(number(event, "pid"), number(event, "tid"));
    if (*phase != 'M')
        ck_assert_double_ge(number(event, "ts"), 0);
    for (int i = 0; i < LENGTH(phases); i++)
        if (phases[i].phase == *phase) {
            phases[i].check(event);
            return;
        }
    ck_abort_msg("no phase: %s", phase);
}

/* Each arrow begins once and ends once, and not before it began. */
static void check_arrows(const json_t *events)
{
    size_t i;
    json_t *e, *started = json_object();
    json_array_foreach(events, i, e) {
        char id[32];
        char phase = string(e, "ph")[0];
        if (phase != 's' && phase != 'f')
            continue;
        snprintf(id, sizeof id, "%.0f", number(e, "id"));
        json_t *start = json_object_get(started, id);
        ck_assert((phase == 'f') == (start != NULL));
        if (phase == 's') {
            json_object_set(started, id, e);
            continue;
        }
        ck_assert_str_eq(string(start, "name"), string(e, "name"));
        json_object_del(started, id);
    }
    ck_assert_uint_eq(json_object_size(started), 0);
    json_decref(started);
}

static json_t *written(const struct trace *trace)
{
    size_t i;
    json_t *event, *json = trace_to_perfetto(trace);
    ck_assert_str_eq(string(json, "displayTimeUnit"), "ms");
    const json_t *events = json_object_get(json, "traceEvents");
    ck_assert(json_is_array(events));
    json_array_foreach(events, i, event)
        check_event(event);
    check_arrows(events);
    return json;
}

static int count(const json_t *json, const char *phase, const char *name)
{
    size_t i;
    int n = 0;
    json_t *e;
    json_array_foreach(json_object_get(json, "traceEvents"), i, e)
        n += strcmp(string(e, "ph"), phase) == 0 &&
             strcmp(string(e, "name"), name) == 0;
    return n;
}

START_TEST(every_event_has_the_documented_fields)
{
    uint64_t state = (uint64_t)_i + 50;
    struct trace *trace = random_trace(&state);
    json_decref(written(trace));
    trace_free(trace);
}
END_TEST

START_TEST(no_trace_is_too_broken_to_be_written)
{
    unsigned seed = (unsigned)_i;
    struct trace_event events[40];
    const struct trace trace = TRACE_OF(TRACE_ENDED, 0, events);
    for (int i = 0; i < LENGTH(events); i++)
        broken_event(&seed, &events[i]);
    json_decref(written(&trace));
}
END_TEST

static const struct {
    const struct trace *trace;
    const char *phase, *name;
    int times;
} rows[] = {
    {&trace_three_sleepers, "M", "process_name", 4},
    {&trace_three_sleepers, "M", "process_sort_index", 4},
    {&trace_three_sleepers, "X", "sleeping", 3},
    {&trace_three_sleepers, "X", "waiting for a child", 3},
    {&trace_three_sleepers, "s", "fork", 3},
    {&trace_three_sleepers, "f", "reap", 3},
    {&trace_three_sleepers, "i", "name File2", 1},
    {&trace_three_sleepers, "i", "write all done?", 1},
    {&trace_killed_download, "X", "stopped", 1},
    {&trace_killed_download, "i", "deliver SIGSTOP", 1},
    {&trace_zombie, "X", "zombie", 1},
    {&trace_deadlock, "X", "waiting", 1},
};

START_TEST(what_happened_is_there)
{
    json_t *json = written(rows[_i].trace);
    ck_assert_int_eq(count(json, rows[_i].phase, rows[_i].name),
                     rows[_i].times);
    json_decref(json);
}
END_TEST

START_TEST(times_are_microseconds)
{
    size_t i;
    json_t *e, *json = written(&trace_three_sleepers);
    json_array_foreach(json_object_get(json, "traceEvents"), i, e)
        if (strcmp(string(e, "name"), "sleeping") == 0 &&
            number(e, "pid") == 4) {
            ck_assert_double_eq(number(e, "ts"), 0);
            ck_assert_double_eq(number(e, "dur"), 3e6);
        }
    json_decref(json);
}
END_TEST

SUITE(trace_perfetto)
{
    Suite *suite = suite_create("trace_perfetto");
    TCase *tc = tcase_create("events");
    tcase_add_loop_test(tc, every_event_has_the_documented_fields, 0, 40);
    tcase_add_loop_test(tc, no_trace_is_too_broken_to_be_written, 0, 40);
    tcase_add_loop_test(tc, what_happened_is_there, 0, LENGTH(rows));
    tcase_add_test(tc, times_are_microseconds);
    suite_add_tcase(suite, tc);
    return suite;
}
