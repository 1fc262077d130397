/* The timeline: what a lane shows, and what holds for any trace. */

#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "tests/random_traces.h"
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

static struct trace_event endless_events[] = {
    START(1),
    NAME(0, 0, "fifteen_letters"),
};
static const struct trace endless = TRACE_OF(TRACE_LIMIT_TIME, INT64_MAX,
                                             endless_events);

static const struct trace *const samples[] = {
    &trace_empty,   &trace_three_sleepers, &trace_killed_download,
    &trace_zombie,  &trace_deadlock,       &trace_forty,
    &trace_instant, &trace_family,         &rude,
    &endless,
};

static void check_page(const struct trace *trace, int width)
{
    for (int how = 0; how < 4; how++) {
        const struct timeline_style style = {width, false, how & 1,
                                             how & 2 ? 3 : 0,
                                             how & 2 ? trace->n_events : 0};
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
    ck_assert_ptr_nonnull(strstr(text, "1 [#####......######......> still"));
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

START_TEST(marks_of_a_crowded_time_stay_near_it)
{
    static struct trace_event events[501] = {START(1)};
    for (int i = 1; i < 501; i++)
        events[i] = (struct trace_event)EVENT(
            i, i % 2 ? TRACE_DELIVER : TRACE_REAP, 0, 1, SIGCHLD,
            TRACE_HANDLED);
    static const struct trace trace = TRACE_OF(TRACE_ENDED, 1000, events);
    char *text = drawn(&trace, 80, false);
    const char *lane = strstr(text, "\n1  [");
    ck_assert_ptr_nonnull(lane);
    ck_assert(strcspn(lane, ">") > 60);
    for (int column = 42; column < 60; column++)
        ck_assert_int_eq(lane[column], '#');
    free(text);
}
END_TEST

START_TEST(zombie_ends_with_its_parent)
{
    static struct trace_event events[] = {
        START(1),
        FORK(0, 0, 1, 2),
        FORK(0, 1, 2, 3),
        EXITS(1 * S, 2, 7),
        EXITS(2 * S, 1, 0),
        EVENT(2 * S, TRACE_ORPHAN, 2, TRACE_OUTSIDE, 0, 0),
        REAPS(2 * S, 0, 1),
    };
    static const struct trace trace = TRACE_OF(TRACE_ENDED, 4 * S, events);
    char *text = drawn(&trace, 40, false);
    ck_assert_ptr_nonnull(strstr(text, "  1.1.1 [###]::::           exit 7\n"));
    free(text);
}
END_TEST

START_TEST(no_trace_is_too_broken_to_be_drawn)
{
    unsigned seed = (unsigned)_i;
    struct trace_event events[40];
    struct trace trace = TRACE_OF(TRACE_ENDED, 0, events);
    for (int round = 0; round < 40; round++) {
        for (int i = 0; i < LENGTH(events); i++)
            broken_event(&seed, &events[i]);
        trace.end_ns = events[0].t_ns;
        check_page(&trace, 40 + round);
    }
}
END_TEST

static TCase *lane_case(void)
{
    TCase *tc = tcase_create("lane");
    tcase_add_test(tc, process_runs_as_long_as_one_of_its_threads_does);
    tcase_add_test(tc, signal_without_effect_leaves_no_mark);
    tcase_add_test(tc, many_signals_do_not_hide_the_end);
    tcase_add_test(tc, marks_of_a_crowded_time_stay_near_it);
    tcase_add_test(tc, zombie_ends_with_its_parent);
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
    suite_add_tcase(suite, lane_case());
    suite_add_tcase(suite, width_case());
    return suite;
}
