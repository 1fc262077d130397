/* Output as lines, however it was written. */

#include "tests/suite.h"
#include "tests/traces.h"
#include "trace/query.h"

/* Events that write to both streams, by two processes, in awkward pieces. */
static struct trace_event output_events[] = {
    /* 0 */ START(1),
    /* 1 */ FORK(0, 0, 1, 2),
    /* 2 */ WRITES(1, 0, 1, "one\ntw"),
    /* 3 */ WRITES(2, 1, 2, "warning: "),
    /* 4 */ WRITES(3, 1, 1, "o\n\n"),
    /* 5 */ WRITES(4, 1, 2, "hot\n"),
    /* 6 */ WRITES(5, 0, 1, "n\0ul\n"),
    /* 7 */ WRITES(6, 0, 1, ""),
    /* 8 */ WRITES(6, 0, 1, "name? "),
    /* 9 */ WRITES(7, 0, 2, "bye\n"),
};
static const struct trace output = TRACE_OF(TRACE_ENDED, 7, output_events);

#define LINE(who, from, at, index, newline, mixed, bytes)                     \
    {.proc = who, .stream = from, .at_ns = at, .event = index,               \
     .ended = newline, .shared = mixed, .len = sizeof(bytes) - 1,            \
     .text = bytes}

static const struct {
    int stream, proc;
    size_t n;
    struct trace_line line[8];
} outputs[] = {
    {1, ANY, 5,
     {LINE(0, 1, 1, 2, true, false, "one"), LINE(0, 1, 3, 4, true, true, "two"),
      LINE(1, 1, 3, 4, true, false, ""), LINE(0, 1, 5, 6, true, false, "n\0ul"),
      LINE(0, 1, 6, 8, false, false, "name? ")}},
    {2, ANY, 2,
     {LINE(1, 2, 4, 5, true, false, "warning: hot"),
      LINE(0, 2, 7, 9, true, false, "bye")}},
    {0, ANY, 7,
     {LINE(0, 1, 1, 2, true, false, "one"), LINE(0, 1, 3, 4, true, true, "two"),
      LINE(1, 1, 3, 4, true, false, ""),
      LINE(1, 2, 4, 5, true, false, "warning: hot"),
      LINE(0, 1, 5, 6, true, false, "n\0ul"),
      LINE(0, 1, 6, 8, false, false, "name? "),
      LINE(0, 2, 7, 9, true, false, "bye")}},
    {1, 0, 3,
     {LINE(0, 1, 1, 2, true, false, "one"),
      LINE(0, 1, 5, 6, true, false, "twn\0ul"),
      LINE(0, 1, 6, 8, false, false, "name? ")}},
    {0, 1, 3,
     {LINE(1, 1, 3, 4, true, false, "o"), LINE(1, 1, 3, 4, true, false, ""),
      LINE(1, 2, 4, 5, true, false, "warning: hot")}},
    {2, 9, 0, {{0}}},
    {3, ANY, 0, {{0}}},
};

static void compare_line(const struct trace_line *got,
                         const struct trace_line *want)
{
    ck_assert_int_eq(got->proc, want->proc);
    ck_assert_int_eq(got->stream, want->stream);
    ck_assert_int_eq(got->at_ns, want->at_ns);
    ck_assert_uint_eq(got->event, want->event);
    ck_assert_int_eq(got->ended, want->ended);
    ck_assert_int_eq(got->shared, want->shared);
    ck_assert_uint_eq(got->len, want->len);
    ck_assert_mem_eq(got->text, want->text, want->len + 1);
}

START_TEST(lines_are_whole_however_they_were_written)
{
    struct trace_lines lines;
    ck_assert_int_eq(
        trace_lines_of(&output, outputs[_i].stream, outputs[_i].proc, &lines),
        0);
    ck_assert_uint_eq(lines.n, outputs[_i].n);
    for (size_t i = 0; i < lines.n; i++)
        compare_line(&lines.line[i], &outputs[_i].line[i]);
    trace_lines_free(&lines);
    ck_assert_uint_eq(lines.n, 0);
    ck_assert_ptr_null(lines.line);
}
END_TEST

START_TEST(no_output_is_no_lines)
{
    static struct trace_event events[] = {
        EVENT(0, TRACE_WRITE, 1, ANY, 1, 0),
        EVENT(0, TRACE_WRITE, 1, ANY, INT64_MIN, 0),
        WRITES(0, 0, 3, "neither"),
        TEXT(0, TRACE_CALL, 0, 1, 0, "write(1)"),
    };
    static const struct trace odd = TRACE_OF(TRACE_ENDED, 0, events);
    struct trace_lines lines = {.n = 77};
    ck_assert_int_eq(trace_lines_of(&odd, 0, ANY, &lines), 0);
    ck_assert_uint_eq(lines.n, 0);
    trace_lines_free(&lines);
}
END_TEST

START_TEST(unfinished_lines_of_both_streams_stand_where_they_stopped)
{
    static struct trace_event events[] = {
        START(1), WRITES(1, 0, 2, "x"), WRITES(2, 0, 1, "y"),
        WRITES(3, 0, 2, "z"),
    };
    static const struct trace trace = TRACE_OF(TRACE_ENDED, 3, events);
    struct trace_lines lines;
    ck_assert_int_eq(trace_lines_of(&trace, 0, ANY, &lines), 0);
    ck_assert_uint_eq(lines.n, 2);
    ck_assert_str_eq(lines.line[0].text, "y");
    ck_assert_str_eq(lines.line[1].text, "xz");
    trace_lines_free(&lines);
}
END_TEST

static TCase *lines_case(void)
{
    TCase *tc = tcase_create("lines");
    tcase_add_loop_test(tc, lines_are_whole_however_they_were_written, 0,
                        LENGTH(outputs));
    tcase_add_test(tc, no_output_is_no_lines);
    tcase_add_test(tc,
                   unfinished_lines_of_both_streams_stand_where_they_stopped);
    return tc;
}

SUITE(trace_lines)
{
    Suite *suite = suite_create("trace_lines");
    suite_add_tcase(suite, lines_case());
    return suite;
}
