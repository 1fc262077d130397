/* Traces to JSON text and back, also where the text was damaged. */

#include <errno.h>
#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "tests/random_traces.h"
#include "tests/suite.h"
#include "tests/traces.h"
#include "trace/facts_table.h"
#include "trace/json.h"
#include "trace/query.h"
#include "trace/timeline.h"

static void compare_text(const char *a, const char *b)
{
    ck_assert_int_eq(a == NULL, b == NULL);
    if (a)
        ck_assert_str_eq(a, b);
}

static void compare_facts(const struct trace_facts *a,
                          const struct trace_facts *b)
{
    ck_assert_mem_eq(&a->parent, &b->parent,
                     offsetof(struct trace_facts, terminal) -
                         offsetof(struct trace_facts, parent));
    ck_assert_int_eq(a->terminal, b->terminal);
    compare_text(a->cwd, b->cwd);
    compare_text(a->root, b->root);
    compare_text(a->command, b->command);
    ck_assert_mem_eq(&a->umask, &b->umask,
                     offsetof(struct trace_facts, n_descriptors) -
                         offsetof(struct trace_facts, umask));
    ck_assert_uint_eq(a->n_descriptors, b->n_descriptors);
    for (size_t i = 0; i < a->n_descriptors; i++) {
        const struct trace_descriptor *d = &a->descriptors[i];
        const struct trace_descriptor *e = &b->descriptors[i];
        ck_assert_int_eq(d->number, e->number);
        ck_assert_int_eq(d->object, e->object);
        ck_assert_int_eq(d->access, e->access);
        ck_assert_int_eq(d->close_on_exec, e->close_on_exec);
        ck_assert_int_eq(d->ordinal, e->ordinal);
        compare_text(d->path, e->path);
    }
}

static void compare_event(const struct trace_event *a,
                          const struct trace_event *b)
{
    ck_assert_int_eq(a->t_ns, b->t_ns);
    ck_assert_int_eq(a->kind, b->kind);
    ck_assert_int_eq(a->proc, b->proc);
    ck_assert_int_eq(a->thread, b->thread);
    ck_assert_int_eq(a->other, b->other);
    ck_assert_int_eq(a->a, b->a);
    ck_assert_int_eq(a->b, b->b);
    ck_assert_uint_eq(a->pc, b->pc);
    ck_assert_uint_eq(a->len, b->len);
    ck_assert_int_eq(a->text == NULL, b->text == NULL);
    if (a->text)
        ck_assert_mem_eq(a->text, b->text, a->len + 1);
    ck_assert_int_eq(a->facts == NULL, b->facts == NULL);
    if (a->facts)
        compare_facts(a->facts, b->facts);
}

static void compare(const struct trace *a, const struct trace *b)
{
    ck_assert_int_eq(a->outcome, b->outcome);
    ck_assert_int_eq(a->exact, b->exact);
    ck_assert_int_eq(a->honest_clock, b->honest_clock);
    ck_assert_int_eq(a->end_ns, b->end_ns);
    ck_assert_uint_eq(a->n_events, b->n_events);
    ck_assert_uint_eq(a->n_decisions, b->n_decisions);
    for (size_t i = 0; i < a->n_events; i++)
        compare_event(&a->events[i], &b->events[i]);
    for (size_t i = 0; i < a->n_decisions; i++)
        ck_assert_mem_eq(&a->decisions[i], &b->decisions[i],
                         sizeof a->decisions[i]);
}

/* To JSON text, as a file would hold it. */
static char *written(const struct trace *trace)
{
    json_t *json = trace_to_json(trace);
    ck_assert_ptr_nonnull(json);
    char *text = json_dumps(json, JSON_COMPACT);
    ck_assert_ptr_nonnull(text);
    json_decref(json);
    return text;
}

static int read_back(const char *text, size_t len, struct trace **out,
                     char **why)
{
    json_t *json = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
    int rc = trace_from_json(json, out, why);
    json_decref(json);
    return rc;
}

static void round_trip(const struct trace *trace)
{
    struct trace *back = NULL;
    char *why = NULL, *text = written(trace);
    int rc = read_back(text, strlen(text), &back, &why);
    ck_assert_msg(rc == 0, "%s", why);
    ck_assert_ptr_null(why);
    compare(trace, back);
    trace_free(back);
    free(text);
}

static const struct trace *const samples[] = {
    &trace_empty,    &trace_three_sleepers, &trace_killed_download,
    &trace_zombie,   &trace_deadlock,       &trace_forty,
    &trace_instant,  &trace_family,         &trace_facts_of_three,
};

START_TEST(trace_comes_back_as_it_was)
{
    round_trip(samples[_i]);
}
END_TEST

START_TEST(every_outcome_and_flag_comes_back)
{
    struct trace trace = trace_deadlock;
    trace.outcome = (enum trace_outcome)_i;
    trace.exact = _i % 2;
    trace.honest_clock = _i % 3 == 0;
    round_trip(&trace);
}
END_TEST

START_TEST(every_kind_of_event_comes_back)
{
    static struct trace_facts facts;
    struct trace_event events[] = {START(1), START(1)};
    events[1].kind = (enum trace_kind)_i;
    events[1].facts = _i == TRACE_FACTS ? &facts : NULL;
    events[1].proc = _i == TRACE_BORN ? 1 : 0;
    const struct trace trace = TRACE_OF(TRACE_ENDED, 0, events);
    round_trip(&trace);
}
END_TEST

START_TEST(every_byte_comes_back_alone_and_in_a_text)
{
    char text[] = "before ? after";
    struct trace_event events[] = {START(1), WRITES(0, 0, 1, ""),
                                   WRITES(0, 0, 1, "")};
    text[7] = (char)_i;
    events[1].text = text;
    events[1].len = sizeof text - 1;
    char one[] = {(char)_i, '\0'};
    events[2].text = one;
    events[2].len = 1;
    const struct trace trace = TRACE_OF(TRACE_ENDED, 0, events);
    round_trip(&trace);
}
END_TEST

START_TEST(numbers_come_back_up_to_their_limits)
{
    struct trace_event events[] = {
        START(1),
        EVENT(INT64_MAX, TRACE_CALL, 0, TRACE_SCENARIO, INT64_MIN, INT64_MAX),
        EVENT(INT64_MIN, TRACE_CALL, TRACE_KERNEL, 0, -1, 1),
        EVENT(0, TRACE_CALL, ANY, TRACE_OUTSIDE, 0, 0),
    };
    struct trace_decision decisions[] = {
        {INT_MAX, INT_MAX, INT_MAX - 1, INT_MAX - 2, 4, 0, TRACE_NOBODY},
        {INT_MIN, 2, 0, 1, 0, TRACE_SCENARIO, 0},
    };
    events[1].pc = UINT64_MAX;
    events[1].thread = INT_MAX;
    events[2].pc = 1;
    events[2].thread = INT_MIN;
    struct trace trace = TRACE_OF(TRACE_ENDED, INT64_MIN, events);
    trace.decisions = decisions;
    trace.n_decisions = 2;
    round_trip(&trace);
}
END_TEST

START_TEST(no_text_and_empty_text_are_different)
{
    struct trace_event events[] = {
        START(1),
        TEXT(0, TRACE_INPUT, TRACE_SCENARIO, 0, 0, ""),
        EVENT(0, TRACE_INPUT, TRACE_SCENARIO, ANY, 0, 0),
    };
    const struct trace trace = TRACE_OF(TRACE_ENDED, 0, events);
    round_trip(&trace);
}
END_TEST

START_TEST(json_is_readable_where_the_text_is)
{
    struct trace_event events[] = {
        START(7), NAME(0, 0, "caf\xc3\xa9"), WRITES(0, 0, 1, "a\0b")};
    const struct trace trace = TRACE_OF(TRACE_ENDED, 0, events);
    char *text = written(&trace);
    ck_assert_ptr_nonnull(strstr(text, "\"text\":\"caf\xc3\xa9\""));
    ck_assert_ptr_nonnull(strstr(text, "\"hex\":\"610062\""));
    ck_assert_ptr_nonnull(strstr(text, "\"other\":\"outside\""));
    ck_assert_ptr_nonnull(strstr(text, "\"label\":\"caf\xc3\xa9 (1)\""));
    ck_assert_ptr_nonnull(strstr(text, "\"schema\":\"proclab-trace/v1\""));
    free(text);
}
END_TEST

START_TEST(random_traces_come_back_as_they_were)
{
    uint64_t state = (uint64_t)_i;
    for (int i = 0; i < 50; i++) {
        struct trace *trace = random_trace(&state);
        round_trip(trace);
        trace_free(trace);
    }
}
END_TEST

/* Whoever accepts a trace must be able to live with it. */
static void use(const struct trace *trace)
{
    const struct timeline_style style = {80, true, true, 30, trace->n_events};
    struct trace_lines lines;
    char label[64];
    char *drawn = timeline_draw(trace, &style);
    ck_assert_ptr_nonnull(drawn);
    free(drawn);
    ck_assert_int_eq(trace_lines_of(trace, 0, ANY, &lines), 0);
    trace_lines_free(&lines);
    for (int proc = 0; proc < trace_processes(trace); proc++)
        trace_label(trace, proc, label, sizeof label);
    drawn = facts_table_draw(trace, true);
    ck_assert_ptr_nonnull(drawn);
    free(drawn);
}

static void expect_rejected_or_usable(const char *text, size_t len)
{
    struct trace *back = NULL;
    char *why = NULL;
    int rc = read_back(text, len, &back, &why);
    if (rc == 0) {
        use(back);
        trace_free(back);
        return;
    }
    ck_assert_int_eq(rc, -EINVAL);
    ck_assert_ptr_null(back);
    ck_assert_ptr_nonnull(why);
    free(why);
}

START_TEST(corrupted_text_is_rejected_or_at_least_harmless)
{
    uint64_t state = 1000 + (uint64_t)_i;
    char *text = written(samples[1 + _i % (LENGTH(samples) - 1)]);
    size_t len = strlen(text);
    for (int round = 0; round < 150; round++) {
        char *bad = malloc(len);
        memcpy(bad, text, len);
        for (int n = 1 + below(&state, 3); n > 0; n--) {
            size_t at = (size_t)below(&state, (int)len);
            bool digit = bad[at] >= '0' && bad[at] <= '9';
            bad[at] = (char)(digit ? '0' + below(&state, 10)
                                   : below(&state, 256));
        }
        expect_rejected_or_usable(bad, len);
        free(bad);
    }
    free(text);
}
END_TEST

START_TEST(truncated_text_is_rejected_wherever_it_is_cut)
{
    char *text = written(&trace_killed_download);
    struct trace *back = NULL;
    for (size_t len = 0; len < strlen(text); len++) {
        ck_assert_int_eq(read_back(text, len, &back, NULL), -EINVAL);
        ck_assert_ptr_null(back);
    }
    free(text);
}
END_TEST

static TCase *back_case(void)
{
    TCase *tc = tcase_create("back");
    tcase_add_loop_test(tc, trace_comes_back_as_it_was, 0, LENGTH(samples));
    tcase_add_loop_test(tc, every_outcome_and_flag_comes_back, 0,
                        TRACE_LIMIT_WALL + 1);
    tcase_add_loop_test(tc, every_kind_of_event_comes_back, 0, TRACE_KINDS);
    tcase_add_loop_test(tc, every_byte_comes_back_alone_and_in_a_text, 0, 256);
    tcase_add_test(tc, numbers_come_back_up_to_their_limits);
    tcase_add_test(tc, no_text_and_empty_text_are_different);
    tcase_add_test(tc, json_is_readable_where_the_text_is);
    tcase_add_loop_test(tc, random_traces_come_back_as_they_were, 0, 8);
    return tc;
}

static TCase *damage_case(void)
{
    TCase *tc = tcase_create("damage");
    tcase_add_loop_test(tc, corrupted_text_is_rejected_or_at_least_harmless, 0,
                        14);
    tcase_add_test(tc, truncated_text_is_rejected_wherever_it_is_cut);
    return tc;
}

SUITE(trace_json)
{
    Suite *suite = suite_create("trace_json");
    suite_add_tcase(suite, back_case());
    suite_add_tcase(suite, damage_case());
    return suite;
}
