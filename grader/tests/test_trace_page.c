/* The timeline: whole pages as a student sees them, and their parts. */

#include <stdlib.h>
#include <string.h>

#include "tests/suite.h"
#include "tests/traces.h"
#include "trace/timeline.h"

static char *drawn(const struct trace *trace, int width, bool unicode)
{
    const struct timeline_style style = {width, false, unicode, 0, 0};
    char *text = timeline_draw(trace, &style);
    ck_assert_ptr_nonnull(text);
    return text;
}

static const struct {
    const struct trace *trace;
    int width;
    bool unicode;
    const char *page;
} pages[] = {
    {&trace_three_sleepers, 60, true,
     "start_three: 4 processes, 3 s of virtual time\n"
     "               0 s         1 s         2 s         3 s\n"
     "               ╷           ╷           ╷           ╷\n"
     "1 start_three  ├···········◆···········◆··········◆┤  exit 0\n"
     " 1.1 File1     ├───────────┤                          exit 1\n"
     " 1.2 File2     ├───────────────────────┤              exit 2\n"
     " 1.3 File3     ├───────────────────────────────────┤  exit 3\n"
     "\n"
     "─ sleeping   · waiting   ├ born   ◆ reaps a child   ┤ exits\n"
     "\n"
     "Ended: no process was left.\n"},
    {&trace_killed_download, 60, false,
     "cancel: 2 processes, 5 s of virtual time\n"
     "               0 s    1 s    2 s    3 s    4 s    5 s\n"
     "               |      |      |      |      |      |\n"
     "1 cancel       [---------------------------------*]  exit 0\n"
     " 1.1 Download  [------v=============v------------vx  SIGTERM\n"
     "\n"
     "- sleeping   = stopped   [ born   v gets a signal\n"
     "* reaps a child   ] exits   x killed\n"
     "\n"
     "Ended: no process was left.\n"},
    {&trace_zombie, 80, true,
     "forgetful: 3 processes, 5 s of virtual time\n"
     "                0 s     1 s     2 s     3 s     4 s     5 s\n"
     "                ╷       ╷       ╷       ╷       ╷       ╷\n"
     "1 forgetful     ├·······································►  still in pause()\n"
     " 1.1 forgetful  ├───────┤░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  exit 7, never reaped\n"
     "  1.1.1 orphan  ├───────────────────────────────┤          exit 0\n"
     "\n"
     "─ sleeping   · waiting   ░ zombie   ├ born   ┤ exits   ► still there\n"
     "\n"
     "Deadlock: everyone waited, and nothing was left that could wake anyone.\n"},
    {&trace_deadlock, 40, false,
     "embrace: 2 processes, 500 ms\n"
     "             0 ms          500 ms\n"
     "             |             |\n"
     "1 embrace    [.............> still there\n"
     " 1.1 embrace [-------------> still there\n"
     "\n"
     "- sleeping   . waiting   [ born\n"
     "> still there\n"
     "\n"
     "Deadlock: everyone waited, and nothing\n"
     "was left that could wake anyone.\n"},
    {&trace_instant, 60, true,
     "spawn: 3 processes, 0 s of virtual time\n"
     "            0         5          10         15\n"
     "            ╷         ╷          ╷          ╷\n"
     "1 spawn     ├██████········◆·█████······◆·██┤       exit 0\n"
     " 1.1 true       ├████████┤░                         exit 0\n"
     " 1.2 spawn                     ├██████┤░            exit 3\n"
     "\n"
     "█ running   · waiting   ░ zombie   ├ born   ◆ reaps a child\n"
     "┤ exits\n"
     "\n"
     "All of it happened at 0 s: it is drawn in the order of its\n"
     "events instead.\n"
     "Ended: no process was left.\n"},
    {&trace_three_sleepers, 40, true,
     "start_three: 4 processes, 3 s\n"
     "             0 s   1 s   2 s   3 s\n"
     "             ╷     ╷     ╷     ╷\n"
     "1 start_thr… ├·····◆·····◆····◆┤ exit 0\n"
     " 1.1 File1   ├─────┤             exit 1\n"
     " 1.2 File2   ├───────────┤       exit 2\n"
     " 1.3 File3   ├─────────────────┤ exit 3\n"
     "\n"
     "─ sleeping   · waiting   ├ born\n"
     "◆ reaps a child   ┤ exits\n"
     "\n"
     "Ended: no process was left.\n"},
    {&trace_empty, 40, true,
     "0 processes, 0 s of virtual time\n"
     "\n"
     "Ended: no process was left.\n"},
};

START_TEST(page_looks_as_it_was_meant)
{
    char *text = drawn(pages[_i].trace, pages[_i].width, pages[_i].unicode);
    ck_assert_str_eq(text, pages[_i].page);
    free(text);
}
END_TEST

/* The mark stands below the event, its words where there is room. */
START_TEST(what_matters_is_marked)
{
    for (size_t focus = 1; focus <= trace_forty.n_events; focus++) {
        struct timeline_style style = {80, false, false, 3, focus};
        char *text = timeline_draw(&trace_forty, &style);
        char *words = strstr(text, "the failure, at ");
        ck_assert_ptr_nonnull(words);
        char *line = memrchr(text, '\n', (size_t)(words - text));
        char *mark = strchr(line, '^'), *end = strchr(line + 1, '\n');
        ck_assert(mark && mark < end && end - line <= 81);
        free(text);
    }
    struct timeline_style style = {80, false, false, 3,
                                   trace_forty.n_events + 1};
    char *text = timeline_draw(&trace_forty, &style);
    ck_assert_ptr_null(strstr(text, "the failure"));
    free(text);
}
END_TEST

START_TEST(too_many_processes_are_counted)
{
    const struct timeline_style style = {80, false, true, 6, 0};
    char *text = timeline_draw(&trace_forty, &style);
    ck_assert_ptr_nonnull(strstr(text, "make: 41 processes, 1 h"));
    ck_assert_ptr_nonnull(strstr(text, "\n 1.5 make "));
    ck_assert_ptr_null(strstr(text, "\n 1.6 make "));
    ck_assert_ptr_nonnull(strstr(text, "\nand 35 more processes\n"));
    free(text);
    text = drawn(&trace_forty, 80, true);
    ck_assert_ptr_nonnull(strstr(text, "\n 1.40 make "));
    ck_assert_ptr_null(strstr(text, "more process"));
    free(text);
}
END_TEST

START_TEST(lanes_follow_the_tree_not_the_order_of_birth)
{
    char *text = drawn(&trace_family, 80, false);
    const char *grandchild = strstr(text, "\n  1.1.1 worker");
    const char *second = strstr(text, "\n 1.2 boss");
    ck_assert_ptr_nonnull(grandchild);
    ck_assert_ptr_nonnull(second);
    ck_assert(grandchild < second);
    free(text);
}
END_TEST

static const struct {
    int64_t end_ns;
    const char *title, *labels;
} axes[] = {
    {1, "1 ns of", "0 ns 1 ns"},
    {2000, "2 us of", "0 us 0.5 us 1 us 1.5 us 2 us"},
    {5 * S / 1000, "5 ms of", "0 ms 1 ms 2 ms 3 ms 4 ms 5 ms"},
    {S / 2, "500 ms of", "0 ms 100 ms 200 ms 300 ms 400 ms 500 ms"},
    {S, "1 s of", "0 s 0.2 s 0.4 s 0.6 s 0.8 s 1 s"},
    {5 * S, "5 s of", "0 s 1 s 2 s 3 s 4 s 5 s"},
    {60 * S, "1 min of", "0 s 10 s 20 s 30 s 40 s 50 s 60 s"},
    {90 * S, "1 min 30 s of",
     "0 s 10 s 20 s 30 s 40 s 50 s 60 s 70 s 80 s 90 s"},
    {3600 * S, "1 h of", "0 min 10 min 20 min 30 min 40 min 50 min 60 min"},
    {24 * 3600 * S, "1 d of", "0 h 3 h 6 h 9 h 12 h 15 h 18 h 21 h 24 h"},
    {INT64_MAX, "106751 d 23 h of", "0 d 50000 d 100000 d"},
};

/* The nth line, with runs of spaces as one and none at its ends. */
static void squeeze(const char *text, int nth, char *out)
{
    while (nth-- > 0)
        text = strchr(text, '\n') + 1;
    for (text += strspn(text, " "); *text != '\n'; text++)
        if (text[0] != ' ' || (text[1] != ' ' && text[1] != '\n'))
            *out++ = *text;
    *out = '\0';
}

START_TEST(axis_has_round_numbers_for_any_length_of_a_run)
{
    struct trace_event events[] = {START(1)};
    const struct trace trace =
        TRACE_OF(TRACE_LIMIT_TIME, axes[_i].end_ns, events);
    char labels[200];
    char *text = drawn(&trace, 80, false);
    squeeze(text, 1, labels);
    ck_assert_str_eq(labels, axes[_i].labels);
    ck_assert_ptr_nonnull(strstr(text, axes[_i].title));
    free(text);
}
END_TEST

START_TEST(every_outcome_ends_the_page_with_a_sentence_of_its_own)
{
    struct trace trace = trace_deadlock;
    char *last[TRACE_LIMIT_WALL + 2];
    for (int i = 0; i < LENGTH(last); i++) {
        trace.outcome = (enum trace_outcome)i;
        char *text = drawn(&trace, 200, false);
        last[i] = strdup(strstr(text, "\n\n") + 2);
        free(text);
        ck_assert_ptr_nonnull(strstr(last[i], ".\n"));
        for (int j = 0; j < i; j++)
            ck_assert_str_ne(last[i], last[j]);
    }
    for (int i = 0; i < LENGTH(last); i++)
        free(last[i]);
}
END_TEST

START_TEST(doubts_about_a_run_are_told)
{
    struct trace trace = trace_deadlock;
    char *text = drawn(&trace, 80, false);
    ck_assert_ptr_null(strstr(text, "Not exact"));
    ck_assert_ptr_null(strstr(text, "The clock"));
    free(text);
    trace.exact = trace.honest_clock = false;
    text = drawn(&trace, 80, false);
    ck_assert_ptr_nonnull(strstr(text, "\nNot exact"));
    ck_assert_ptr_nonnull(strstr(text, "\nThe clock"));
    free(text);
}
END_TEST

static TCase *page_case(void)
{
    TCase *tc = tcase_create("page");
    tcase_add_loop_test(tc, page_looks_as_it_was_meant, 0, LENGTH(pages));
    tcase_add_test(tc, what_matters_is_marked);
    tcase_add_test(tc, too_many_processes_are_counted);
    tcase_add_test(tc, lanes_follow_the_tree_not_the_order_of_birth);
    tcase_add_loop_test(tc, axis_has_round_numbers_for_any_length_of_a_run, 0,
                        LENGTH(axes));
    tcase_add_test(tc, every_outcome_ends_the_page_with_a_sentence_of_its_own);
    tcase_add_test(tc, doubts_about_a_run_are_told);
    return tc;
}

SUITE(trace_page)
{
    Suite *suite = suite_create("trace_page");
    suite_add_tcase(suite, page_case());
    return suite;
}
