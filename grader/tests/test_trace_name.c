/* What processes, kinds of events and outcomes are called. */

#include "tests/suite.h"
#include "tests/traces.h"
#include "trace/query.h"

static const struct {
    int proc;
    size_t event;
    const char *name;
} names[] = {
    {0, 0, ""},          {0, 1, "main"},     {0, 6, "main"},
    {0, 7, "boss"},      {0, 99, "boss"},    {1, 1, ""},
    {1, 2, "main"},      {1, 3, "worker"},   {2, 4, "worker"},
    {2, 99, "worker"},   {3, 9, "boss"},     {3, 12, "boss"},
    {3, 8, ""},          {7, 12, ""},        {TRACE_OUTSIDE, 12, ""},
};

START_TEST(name_is_the_leaders_last_one_or_the_parents_at_birth)
{
    ck_assert_str_eq(
        trace_name_at(&trace_family, names[_i].proc, names[_i].event),
        names[_i].name);
}
END_TEST

START_TEST(name_at_exit_ignores_what_came_later)
{
    ck_assert_str_eq(trace_name_at_exit(&trace_instant, 1), "true");
    ck_assert_str_eq(trace_name_at_exit(&trace_instant, 2), "spawn");
    ck_assert_str_eq(trace_name_at_exit(&trace_family, 2), "worker");
    ck_assert_str_eq(trace_name_at_exit(&trace_family, 9), "");
}
END_TEST

static struct trace_event rude_events[] = {
    START(1),        NAME(0, 0, "a\033[2J\xff\nb"), FORK(0, 0, 1, 2),
    FORK(0, 0, 2, 3), NAME(0, 1, "\xc3\xa4rger\xe2\x80\xae"),
};
static const struct trace rude = TRACE_OF(TRACE_ENDED, 0, rude_events);

static const struct {
    const struct trace *trace;
    int proc;
    const char *label;
} labels[] = {
    {&trace_family, 0, "boss (1)"},        {&trace_family, 1, "worker (1.1)"},
    {&trace_family, 2, "process 1.1.1"},   {&trace_family, 3, "process 1.2"},
    {&trace_family, 8, "process ?"},       {&rude, 0, "a?[2J??b (1)"},
    {&rude, 1, "\xc3\xa4rger? (1.1)"}, {&rude, 2, "process 1.2"},
    {&trace_instant, 1, "true (1.1)"},
};

START_TEST(label_names_a_process_where_its_name_tells_it_apart)
{
    char buffer[64];
    ck_assert_str_eq(trace_label(labels[_i].trace, labels[_i].proc, buffer, 64),
                     labels[_i].label);
}
END_TEST

START_TEST(label_is_never_cut_within_a_character)
{
    char buffer[64] = "##";
    trace_label(&rude, 1, buffer, 0);
    ck_assert_str_eq(buffer, "##");
    ck_assert_str_eq(trace_label(&rude, 1, buffer, 2), "");
    ck_assert_str_eq(trace_label(&rude, 1, buffer, 3), "\xc3\xa4");
}
END_TEST

START_TEST(find_begins_where_it_is_told_to)
{
    ck_assert_int_eq(trace_find(&trace_family, TRACE_BORN, ANY, 0), 0);
    ck_assert_int_eq(trace_find(&trace_family, TRACE_BORN, ANY, 1), 2);
    ck_assert_int_eq(trace_find(&trace_family, TRACE_BORN, ANY, 2), 2);
    ck_assert_int_eq(trace_find(&trace_family, TRACE_EXIT, 3, 0), 11);
    ck_assert_int_eq(trace_find(&trace_family, TRACE_EXIT, 3, 12), -1);
    ck_assert_int_eq(trace_find(&trace_family, TRACE_EXIT, 2, 0), -1);
    ck_assert_int_eq(trace_find(&trace_family, TRACE_EXIT, ANY, 999), -1);
}
END_TEST

START_TEST(every_kind_and_outcome_has_a_name_of_its_own)
{
    for (int a = 0; a < TRACE_KINDS; a++)
        for (int b = 0; b < a; b++)
            ck_assert_str_ne(trace_kind_name((enum trace_kind)a),
                             trace_kind_name((enum trace_kind)b));
    for (int a = 0; a <= TRACE_LIMIT_WALL; a++)
        for (int b = 0; b < a; b++)
            ck_assert_str_ne(trace_outcome_name((enum trace_outcome)a),
                             trace_outcome_name((enum trace_outcome)b));
    ck_assert_str_eq(trace_kind_name(TRACE_EXEC_FAILED), "exec-failed");
    ck_assert_str_eq(trace_kind_name(TRACE_KINDS), "unknown");
    ck_assert_str_eq(trace_outcome_name(TRACE_LIMIT_OUTPUT), "too much output");
    ck_assert_str_eq(trace_outcome_name((enum trace_outcome)99), "unknown");
}
END_TEST

static TCase *name_case(void)
{
    TCase *tc = tcase_create("name");
    tcase_add_loop_test(tc,
                        name_is_the_leaders_last_one_or_the_parents_at_birth,
                        0, LENGTH(names));
    tcase_add_test(tc, name_at_exit_ignores_what_came_later);
    tcase_add_loop_test(tc, label_names_a_process_where_its_name_tells_it_apart,
                        0, LENGTH(labels));
    tcase_add_test(tc, label_is_never_cut_within_a_character);
    tcase_add_test(tc, find_begins_where_it_is_told_to);
    tcase_add_test(tc, every_kind_and_outcome_has_a_name_of_its_own);
    return tc;
}

SUITE(trace_name)
{
    Suite *suite = suite_create("trace_name");
    suite_add_tcase(suite, name_case());
    return suite;
}
