/* Pictures of traces: what they show, and what holds for any trace. */

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/random_traces.h"
#include "tests/suite.h"
#include "tests/traces.h"
#include "tests/xml.h"
#include "trace/svg.h"
#include "trace/svg_axis.h"

enum { MOST_BYTES = 500000 };

static const struct svg_style plain = {0, 0, false};

typedef char *drawer(const struct trace *, const struct svg_style *);
static drawer *const drawers[] = {svg_timeline, svg_tree};

static char *drawn(drawer *draw, const struct trace *trace,
                   const struct svg_style *style)
{
    char *text = draw(trace, style);
    ck_assert_ptr_nonnull(text);
    const char *wrong = xml_wrong(text);
    ck_assert_msg(!wrong, "%s: %.3000s", wrong, text);
    ck_assert_uint_le(strlen(text), MOST_BYTES);
    ck_assert_ptr_null(strstr(text, "<script"));
    ck_assert_ptr_null(strstr(text, "href"));
    ck_assert_ptr_null(strstr(text, "nan"));
    /* On paper a pattern would be dots. */
    ck_assert_ptr_null(strstr(text, "url("));
    return text;
}

/* A picture has these words, or has not. */
static void shows(drawer *draw, const struct trace *trace, const char *words,
                  bool wanted)
{
    char *text = drawn(draw, trace, &plain);
    const char *body = strstr(text, "</style>");
    ck_assert_msg((strstr(body, words) != NULL) == wanted, "%s%s in: %.3000s",
                  wanted ? "no " : "", words, body);
    free(text);
}

/* How often words stand in what is drawn, styles and legend included. */
static int count(const char *text, const char *words)
{
    int n = 0;
    for (const char *s = text; (s = strstr(s, words)); s += strlen(words))
        n++;
    return n;
}

static struct trace_event signals_events[] = {
    START(1),
    FORK(0, 0, 1, 2),
    TEXT(0, TRACE_EXEC, 1, 0, 0, "/bin/sleep\0005\0"),
    NAME(0, 1, "sleep"),
    EVENT(0, TRACE_HANDLER, 1, ANY, SIGHUP, TRACE_HANDLED),
    BLOCK(0, 1, TRACE_WAIT_READ, -1, "read(0)"),
    BLOCK(0, 0, TRACE_WAIT_SLEEP, 1 * S, "nanosleep(1 s)"),
    RESUME(1 * S, 0, 0),
    EVENT(1 * S, TRACE_SESSION, 0, ANY, 1, 0),
    TEXT(1 * S, TRACE_EXEC_FAILED, 0, 2, 0, "/bin/none"),
    EVENT(1 * S, TRACE_SIGNAL, 0, 1, SIGHUP, 0),
    EVENT(1 * S, TRACE_DELIVER, 1, 0, SIGHUP, TRACE_HANDLED),
    EVENT(3 * S / 2, TRACE_SIGNAL, 0, 1, SIGWINCH, 0),
    EVENT(2 * S, TRACE_DELIVER, 1, TRACE_SCENARIO, SIGTERM, TRACE_DEFAULT),
    KILLED(2 * S, 1, SIGTERM),
};
static const struct trace signals = TRACE_OF(TRACE_DEADLOCK, 3 * S,
                                             signals_events);

struct shown {
    drawer *draw;
    const struct trace *trace;
    const char *words;
    bool wanted;
};

static const struct shown shown[] = {
    {svg_timeline, &trace_three_sleepers, "class='run'", true},
    {svg_timeline, &trace_three_sleepers, "class='sleep'", true},
    {svg_timeline, &trace_three_sleepers, "class='child'", true},
    {svg_timeline, &trace_three_sleepers, "class='wait'", false},
    {svg_timeline, &trace_three_sleepers, "class='fork'", true},
    {svg_timeline, &trace_three_sleepers, "class='reap'", true},
    {svg_timeline, &trace_three_sleepers, "File3</tspan>", true},
    {svg_timeline, &trace_three_sleepers, ">gets a name<", true},
    {svg_timeline, &trace_three_sleepers, ">executes a program<", false},
    {svg_timeline, &trace_three_sleepers, ">2 s<", true},
    {svg_timeline, &trace_three_sleepers, ">exit 3<", true},
    {svg_timeline, &trace_three_sleepers, ">writes output<", true},
    {svg_timeline, &trace_three_sleepers, "Not shown", false},
    {svg_timeline, &trace_killed_download, "class='stop'", true},
    {svg_timeline, &trace_killed_download, ">SIGSTOP<", true},
    {svg_timeline, &trace_killed_download, ">a signal without effect<", false},
    {svg_timeline, &trace_killed_download, ">is killed<", true},
    {svg_timeline, &trace_zombie, "class='zombie'", true},
    {svg_timeline, &trace_zombie, "class='hatch' d='M", true},
    {svg_timeline, &trace_deadlock, "class='wait'", true},
    {svg_timeline, &trace_deadlock, ">still there<", true},
    {svg_timeline, &trace_deadlock, "Deadlock: ", true},
    {svg_timeline, &signals, ">SIGHUP<", true},
    {svg_timeline, &signals, ">a handler runs<", true},
    {svg_timeline, &signals, ">SIGWINCH<", true},
    {svg_timeline, &signals, ">a signal without effect<", true},
    {svg_timeline, &signals, ">SIGTERM<", true},
    {svg_timeline, &signals, ">sleep 5<", true},
    {svg_timeline, &signals, ">gets a name<", false},
    {svg_timeline, &signals, ">none<", true},
    {svg_timeline, &signals, ">cannot execute a program<", true},
    {svg_timeline, &signals, ">begins a session<", true},
    {svg_timeline, &trace_empty, "Ended: no process was left.", true},
    {svg_tree, &trace_three_sleepers, "<text class='s d'", true},
    {svg_tree, &trace_three_sleepers, ">fork<", true},
    {svg_tree, &trace_three_sleepers, "born as start_three", true},
    {svg_tree, &trace_three_sleepers, "class='box bad'", true},
    {svg_tree, &trace_three_sleepers, "adopts an orphan", false},
    {svg_tree, &trace_zombie, "never reaped", true},
    {svg_tree, &trace_zombie, "class='zombie'", true},
    {svg_tree, &trace_zombie, "class='adopt'", true},
    {svg_tree, &trace_zombie, "outside the tree", true},
    {svg_tree, &signals, ">killed by SIGTERM, never reaped<", true},
    {svg_tree, &signals, ">still there", true},
    {svg_tree, &trace_empty, "Ended: no process was left.", true},
};

START_TEST(picture_shows_what_was)
{
    const struct shown *row = &shown[_i];
    shows(row->draw, row->trace, row->words, row->wanted);
}
END_TEST

START_TEST(adopter_within_the_tree_has_a_line_to_the_orphan)
{
    static struct trace_event events[] = {
        START(1),
        FORK(0, 0, 1, 2),
        FORK(0, 1, 2, 3),
        EXITS(0, 1, 0),
        EVENT(0, TRACE_ORPHAN, 2, 0, 0, 0),
        EXITS(1 * S, 2, 0),
    };
    static const struct trace trace = TRACE_OF(TRACE_ENDED, 1 * S, events);
    shows(svg_tree, &trace, "class='adopt'", true);
    shows(svg_tree, &trace, "outside the tree", false);
}
END_TEST

/* Markup, quotes, control bytes, change of direction, bad UTF-8. */
START_TEST(name_is_text_whatever_it_holds)
{
    static struct trace_event events[] = {
        START(1),
        NAME(0, 0, "<b>&'\"\033[2J\n\xe2\x80\xae\xff"),
        FORK(0, 0, 1, 2),
        TEXT(0, TRACE_EXEC, 1, 0, 0, "</text><script>\0\xff\xfe\x01\0"),
        BLOCK(0, 1, TRACE_WAIT_READ, -1, "read(</svg>)"),
    };
    static const struct trace trace = TRACE_OF(TRACE_DEADLOCK, S, events);
    for (int i = 0; i < LENGTH(drawers); i++) {
        char *text = drawn(drawers[i], &trace, &plain);
        ck_assert_ptr_nonnull(strstr(text, "&#60;b&#62;&#38;&#39;"));
        ck_assert_ptr_null(strstr(text, "<b>"));
        free(text);
    }
}
END_TEST

START_TEST(same_trace_gives_the_same_bytes_and_stays_bounded)
{
    uint64_t state = 1000 + (uint64_t)_i;
    struct trace *trace = random_trace(&state);
    for (int i = 0; i < LENGTH(drawers); i++) {
        const struct svg_style style = {3, trace->n_events / 2, true};
        char *text = drawn(drawers[i], trace, &plain);
        char *again = drawn(drawers[i], trace, &plain);
        ck_assert_str_eq(text, again);
        free(again);
        free(text);
        free(drawn(drawers[i], trace, &style));
    }
    trace_free(trace);
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
        for (int i = 0; i < LENGTH(drawers); i++) {
            const struct svg_style style = {2, 7, round % 2};
            free(drawn(drawers[i], &trace, &style));
            free(drawn(drawers[i], &trace, &plain));
        }
    }
}
END_TEST

START_TEST(many_events_and_processes_are_counted_instead)
{
    enum { PROCESSES = 120, WRITTEN = 10000 };
    static struct trace_event events[PROCESSES + WRITTEN];
    events[0] = (struct trace_event)START(1);
    for (int i = 1; i < PROCESSES; i++)
        events[i] = (struct trace_event)FORK(0, 0, i, i + 1);
    for (int i = 0; i < WRITTEN; i++)
        events[PROCESSES + i] = (struct trace_event)EVENT(
            i * S / 10, i % 2 ? TRACE_WRITE : TRACE_DELIVER, i % 50,
            TRACE_KERNEL, i % 2 ? 1 : SIGALRM, TRACE_HANDLED);
    static const struct trace trace = TRACE_OF(TRACE_ENDED, 1000 * S, events);
    char *text = drawn(svg_timeline, &trace, &plain);
    ck_assert_ptr_nonnull(strstr(text, "Not shown: 80 processes."));
    ck_assert_ptr_nonnull(strstr(text, " marks that would lie on others."));
    free(text);
    text = drawn(svg_tree, &trace, &plain);
    ck_assert_ptr_nonnull(strstr(text, "Not shown: 80 processes."));
    ck_assert_int_le(count(text, "<text"), 200);
    free(text);
}
END_TEST

START_TEST(failure_is_marked_with_its_time)
{
    const struct svg_style style = {0, trace_three_sleepers.n_events - 4, false};
    char *text = drawn(svg_timeline, &trace_three_sleepers, &style);
    ck_assert_ptr_nonnull(strstr(text, ">the failure, at 3 s<"));
    free(text);
}
END_TEST

START_TEST(order_has_jumps_in_place_of_waits)
{
    const struct svg_style style = {.order = true};
    char *text = drawn(svg_timeline, &trace_three_sleepers, &style);
    ck_assert_ptr_nonnull(strstr(text, ">all wait: the clock jumps<"));
    ck_assert_ptr_nonnull(strstr(text, ">2 s<"));
    free(text);
    shows(svg_timeline, &trace_three_sleepers, ">all wait: the clock jumps", false);
}
END_TEST

/* The picture's x of a moment. */
static double x_of(const struct svg_axis *axis, int64_t t_ns)
{
    for (int i = 0; i < axis->n_moments; i++)
        if (axis->moments[i].t_ns == t_ns)
            return axis->moments[i].x;
    ck_abort_msg("no moment at %lld", (long long)t_ns);
}

static double end_of(const struct svg_axis *axis, int moment)
{
    return axis->moments[moment].x + axis->moments[moment].width;
}

START_TEST(waits_are_as_wide_as_they_are_long)
{
    static struct trace_event events[] = {
        START(1),
        EXITS(4 * S, 0, 0),
    };
    struct svg_axis axis;
    events[1].t_ns = 3 * S;
    static struct trace trace = TRACE_OF(TRACE_ENDED, 4 * S, events);
    ck_assert_int_eq(svg_axis_make(&trace, 600, false, &axis), 0);
    ck_assert_int_eq(axis.n_moments, 3);
    ck_assert_int_eq(axis.n_cut, 0);
    double first = x_of(&axis, 3 * S) - end_of(&axis, 0);
    double second = x_of(&axis, 4 * S) - end_of(&axis, 1);
    ck_assert_double_eq_tol(first, 3 * second, 0.01);
    ck_assert_double_eq_tol(axis.at[2], 599, 0.01);
    ck_assert_double_eq_tol(svg_axis_place(&axis, S), end_of(&axis, 0) +
                                                          first / 3, 0.01);
    svg_axis_free(&axis);
}
END_TEST

START_TEST(long_wait_is_cut_and_its_inside_has_no_place)
{
    static struct trace_event events[] = {
        START(1),
        EVENT(1 * S, TRACE_STOP, 0, ANY, SIGSTOP, 0),
        EVENT(2 * S, TRACE_CONTINUE, 0, ANY, 0, 0),
        EXITS(9999 * S, 0, 0),
    };
    static const struct trace trace = TRACE_OF(TRACE_ENDED, 9999 * S, events);
    struct svg_axis axis;
    ck_assert_int_eq(svg_axis_make(&trace, 600, false, &axis), 0);
    ck_assert_int_eq(axis.n_cut, 1);
    ck_assert(axis.moments[3].cut);
    ck_assert_double_gt(axis.moments[1].x - end_of(&axis, 0), 20);
    ck_assert_double_lt(svg_axis_place(&axis, 5000 * S), 0);
    svg_axis_free(&axis);
    shows(svg_timeline, &trace, ">a long wait, cut<", true);
    shows(svg_timeline, &trace, ">2:46:39<", true);
}
END_TEST

START_TEST(no_event_lies_left_of_the_one_before)
{
    uint64_t state = 7000 + (uint64_t)_i;
    struct trace *trace = random_trace(&state);
    struct svg_axis axis;
    int64_t t = 0;
    for (size_t i = 0; i < trace->n_events; i++)
        t = trace->events[i].t_ns = t + below(&state, 3) * below(&state, 9) * S;
    ck_assert_int_eq(svg_axis_make(trace, 500, _i % 2, &axis), 0);
    for (size_t i = 0; i <= trace->n_events; i++) {
        ck_assert_double_ge(axis.at[i], i > 0 ? axis.at[i - 1] : 0);
        ck_assert_double_le(axis.at[i], 499.001);
    }
    svg_axis_free(&axis);
    trace_free(trace);
}
END_TEST

struct told {
    int64_t t_ns;
    const char *words;
};

static const struct told told[] = {
    {0, "0 s"},
    {1500 * S / 1000, "1.5 s"},
    {2 * S + 4000, "2 s"},
    {90 * S, "1 min 30 s"},
    {120 * S, "2 min"},
    {60 * S + S / 2, "1:00.500"},
    {3605 * S, "1:00:05"},
    {5400 * S, "1 h 30 min"},
    {-S, "0 s"},
};

START_TEST(tick_tells_its_time_exactly)
{
    char text[48];
    static const struct trace trace = {.end_ns = 10000 * S};
    svg_axis_time(&trace, told[_i].t_ns, text, sizeof text);
    ck_assert_str_eq(text, told[_i].words);
}
END_TEST

static const struct told wrong_xml[] = {
    {0, "<a>"},          {0, "<a></b>"},    {0, "<a x=1/>"},
    {0, "<a>&lt;</a>"},  {0, "<a>\033</a>"}, {0, "<a>\xff</a>"},
    {0, "<a/><b/>"},     {0, "<a x='<'/>"}, {0, ""},
    {0, "<a/>text"},     {0, "<a x='1/>"},  {0, "<a>&#6</a>"},
};

/* Else the tests above could not fail. */
START_TEST(checker_of_xml_finds_what_is_wrong)
{
    ck_assert_ptr_null(xml_wrong("<a x='&#39;'><b/>&#60;</a>\n"));
    ck_assert_msg(xml_wrong(wrong_xml[_i].words) != NULL, "%s passes",
                  wrong_xml[_i].words);
}
END_TEST

SUITE(trace_svg)
{
    Suite *suite = suite_create("trace_svg");
    TCase *tc = tcase_create("pictures");
    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, picture_shows_what_was, 0, LENGTH(shown));
    tcase_add_test(tc, adopter_within_the_tree_has_a_line_to_the_orphan);
    tcase_add_test(tc, name_is_text_whatever_it_holds);
    tcase_add_loop_test(tc, same_trace_gives_the_same_bytes_and_stays_bounded,
                        0, 60);
    tcase_add_loop_test(tc, no_trace_is_too_broken_to_be_drawn, 0, 8);
    tcase_add_test(tc, many_events_and_processes_are_counted_instead);
    tcase_add_test(tc, failure_is_marked_with_its_time);
    tcase_add_test(tc, order_has_jumps_in_place_of_waits);
    tcase_add_test(tc, waits_are_as_wide_as_they_are_long);
    tcase_add_test(tc, long_wait_is_cut_and_its_inside_has_no_place);
    tcase_add_loop_test(tc, no_event_lies_left_of_the_one_before, 0, 40);
    tcase_add_loop_test(tc, tick_tells_its_time_exactly, 0, LENGTH(told));
    tcase_add_loop_test(tc, checker_of_xml_finds_what_is_wrong, 0,
                        LENGTH(wrong_xml));
    suite_add_tcase(suite, tc);
    return suite;
}
