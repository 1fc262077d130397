/* The timeline: whole pages as a student sees them, and what holds for all. */

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "tests/suite.h"
#include "tests/traces.h"
#include "trace/timeline.h"

static char *drawn(const struct trace *trace, int width, bool unicode)
{
    const struct timeline_style style = {width, false, unicode, 0};
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

/* Without colours; aborts on a line that leaves one on. */
static char *plain(const char *text)
{
    char *out = calloc(1, strlen(text) + 1), *to = out;
    bool on = false;
    for (; *text; text++) {
        if (*text == '\n')
            ck_assert_msg(!on, "a colour goes on into the next line");
        if (*text != '\033') {
            *to++ = *text;
            continue;
        }
        ck_assert_int_eq(text[1], '[');
        on = strncmp(text, "\033[0m", 4) != 0;
        text += strcspn(text, "m");
    }
    ck_assert(!on);
    return out;
}

/* Columns by the C library, not by what is tested. */
static int widest(char *text)
{
    int most = 0;
    wchar_t wide[4096];
    ck_assert_ptr_nonnull(setlocale(LC_ALL, "C.UTF-8"));
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        size_t n = mbstowcs(wide, line, 4096);
        ck_assert_msg(n != (size_t)-1, "not UTF-8: %s", line);
        int columns = wcswidth(wide, n);
        ck_assert_msg(columns >= 0, "does not print: %s", line);
        if (columns > most)
            most = columns;
    }
    return most;
}

static struct trace_event rude_events[] = {
    START(1),
    NAME(0, 0, "\033[2J\xff\n\t\x7f"),
    FORK(0, 0, 1, 2),
    NAME(0, 1, "\xe6\x96\x87\xe4\xbb\xb6\xe6\x96\x87\xe4\xbb\xb6\xe6\x96\x87"),
    FORK(0, 1, 2, 3),
    NAME(0, 2, "e\xcc\x81\xe2\x80\xae\xf0\x9f\x98\x80\xc2\x9b"),
    FORK(0, 2, 3, 4),
    NAME(0, 3, "\xc3\xa9t\xc3\xa9 \xed\xa0\x80"),
    BLOCK(0, 3, TRACE_WAIT_READ, -1, "read(\033[31m\xe6\x96\x87)"),
};
static const struct trace rude = TRACE_OF((enum trace_outcome)77, 7 * S,
                                          rude_events);

static const struct trace *const samples[] = {
    &trace_empty,   &trace_three_sleepers, &trace_killed_download,
    &trace_zombie,  &trace_deadlock,       &trace_forty,
    &trace_instant, &trace_family,         &rude,
};

static void check_page(const struct trace *trace, int width)
{
    for (int how = 0; how < 4; how++) {
        const struct timeline_style style = {width, false, how & 1,
                                             how & 2 ? 3 : 0};
        struct timeline_style coloured = style;
        coloured.colour = true;
        char *text = timeline_draw(trace, &style);
        char *colours = timeline_draw(trace, &coloured);
        ck_assert_ptr_nonnull(strstr(colours, "\033["));
        char *stripped = plain(colours);
        ck_assert_str_eq(stripped, text);
        for (char *c = text; *c && !style.unicode; c++)
            ck_assert(*c == '\n' || (*c >= ' ' && *c <= '~'));
        ck_assert_int_le(widest(text), width < 40 ? 40 : width);
        free(text);
        free(colours);
        free(stripped);
    }
}

START_TEST(no_line_is_longer_than_the_width_and_colour_changes_no_text)
{
    static const int widths[] = {-5, 0,  39, 40,  41,  47,  59,  60,
                                 61, 79, 80, 100, 120, 133, 200, 999};
    for (int i = 0; i < LENGTH(widths); i++)
        check_page(samples[_i], widths[i]);
}
END_TEST

START_TEST(too_many_processes_are_counted)
{
    const struct timeline_style style = {80, false, true, 6};
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

#define THREAD(at, what, t, x, y)                                             \
    {.t_ns = (at), .kind = (what), .thread = (t), .other = ANY, .a = (x),   \
     .b = (y)}

START_TEST(process_runs_as_long_as_one_of_its_threads_does)
{
    static struct trace_event events[] = {
        START(1),
        THREAD(0, TRACE_THREAD, 0, 1, 0),
        THREAD(0, TRACE_BLOCK, 0, TRACE_WAIT_FUTEX, -1),
        THREAD(S, TRACE_BLOCK, 1, TRACE_WAIT_SLEEP, 2 * S),
        THREAD(2 * S, TRACE_RESUME, 1, 0, 0),
        THREAD(3 * S, TRACE_THREAD_EXIT, 1, 0, 0),
    };
    static const struct trace trace = TRACE_OF(TRACE_DEADLOCK, 4 * S, events);
    char *text = drawn(&trace, 40, false);
    ck_assert_ptr_nonnull(strstr(text, "1 [#####......######......> still there"));
    free(text);
}
END_TEST

START_TEST(signal_without_effect_leaves_no_mark)
{
    static struct trace_event events[] = {
        START(1),
        EVENT(1 * S, TRACE_DELIVER, 0, ANY, SIGCHLD, TRACE_DEFAULT),
        EVENT(2 * S, TRACE_DELIVER, 0, ANY, SIGINT, TRACE_IGNORED),
    };
    static struct trace trace = TRACE_OF(TRACE_ENDED, 3 * S, events);
    char *text = drawn(&trace, 80, false);
    ck_assert_ptr_null(strstr(text, "gets a signal"));
    free(text);
    events[1].b = TRACE_HANDLED;
    text = drawn(&trace, 80, false);
    ck_assert_ptr_nonnull(strstr(text, "v gets a signal"));
    free(text);
}
END_TEST

START_TEST(many_signals_do_not_hide_the_end)
{
    static struct trace_event events[502] = {START(1)};
    for (int i = 1; i < 501; i++)
        events[i] = (struct trace_event)EVENT(i, TRACE_DELIVER, 0, ANY,
                                              SIGALRM, TRACE_HANDLED);
    events[501] = (struct trace_event)KILLED(500, 0, SIGALRM);
    static const struct trace trace = TRACE_OF(TRACE_ENDED, 500, events);
    char *text = drawn(&trace, 40, false);
    ck_assert_ptr_nonnull(strstr(text, "vvvx SIGALRM\n"));
    free(text);
}
END_TEST

/* Numbers that nothing promises anything about. */
static void hostile(unsigned *seed, struct trace_event *e)
{
    static const int64_t times[] = {0, 1, S, -S, INT64_MAX, INT64_MIN, 5, 77};
    *e = (struct trace_event){
        .t_ns = times[rand_r(seed) % 8],
        .kind = (enum trace_kind)(rand_r(seed) % (TRACE_KINDS + 1)),
        .proc = rand_r(seed) % 9 - 4,
        .thread = rand_r(seed) % 4 - 1,
        .other = rand_r(seed) % 9 - 4,
        .a = times[rand_r(seed) % 8],
        .b = times[rand_r(seed) % 8],
    };
}

START_TEST(no_trace_is_too_broken_to_be_drawn)
{
    unsigned seed = (unsigned)_i;
    struct trace_event events[40];
    struct trace trace = TRACE_OF(TRACE_ENDED, 0, events);
    for (int round = 0; round < 40; round++) {
        for (int i = 0; i < LENGTH(events); i++)
            hostile(&seed, &events[i]);
        trace.end_ns = events[0].t_ns;
        check_page(&trace, 40 + round);
    }
}
END_TEST

static TCase *page_case(void)
{
    TCase *tc = tcase_create("page");
    tcase_add_loop_test(tc, page_looks_as_it_was_meant, 0, LENGTH(pages));
    tcase_add_test(tc, too_many_processes_are_counted);
    tcase_add_test(tc, lanes_follow_the_tree_not_the_order_of_birth);
    tcase_add_loop_test(tc, axis_has_round_numbers_for_any_length_of_a_run, 0,
                        LENGTH(axes));
    tcase_add_test(tc, every_outcome_ends_the_page_with_a_sentence_of_its_own);
    tcase_add_test(tc, doubts_about_a_run_are_told);
    return tc;
}

static TCase *lane_case(void)
{
    TCase *tc = tcase_create("lane");
    tcase_add_test(tc, process_runs_as_long_as_one_of_its_threads_does);
    tcase_add_test(tc, signal_without_effect_leaves_no_mark);
    tcase_add_test(tc, many_signals_do_not_hide_the_end);
    return tc;
}

static TCase *width_case(void)
{
    TCase *tc = tcase_create("width");
    tcase_add_loop_test(
        tc, no_line_is_longer_than_the_width_and_colour_changes_no_text, 0,
        LENGTH(samples));
    tcase_add_loop_test(tc, no_trace_is_too_broken_to_be_drawn, 0, 8);
    return tc;
}

SUITE(trace_timeline)
{
    Suite *suite = suite_create("trace_timeline");
    suite_add_tcase(suite, page_case());
    suite_add_tcase(suite, lane_case());
    suite_add_tcase(suite, width_case());
    return suite;
}
