/* Questions about traces written by hand: every answer can be read off the
 * table above it. */

#include <signal.h>

#include "tests/suite.h"
#include "tests/traces.h"
#include "trace/query.h"

START_TEST(processes_are_counted_by_birth)
{
    ck_assert_int_eq(trace_processes(&trace_family), 4);
    ck_assert_int_eq(trace_processes(&trace_empty), 0);
    ck_assert_int_eq(trace_processes(&trace_forty), 41);
}
END_TEST

static const struct {
    int proc, parent, children;
    const char *place;
} places[] = {
    {0, TRACE_OUTSIDE, 2, "1"}, {1, 0, 1, "1.1"}, {2, 1, 0, "1.1.1"},
    {3, 0, 0, "1.2"},           {4, ANY, 0, "?"}, {-7, ANY, 0, "?"},
};

START_TEST(place_says_where_in_the_tree_a_process_is)
{
    char buffer[64];
    ck_assert_int_eq(trace_parent(&trace_family, places[_i].proc),
                     places[_i].parent);
    ck_assert_int_eq(trace_children(&trace_family, places[_i].proc),
                     places[_i].children);
    ck_assert_str_eq(trace_place(&trace_family, places[_i].proc, buffer, 64),
                     places[_i].place);
}
END_TEST

static struct trace_event removals[] = {
    START(3),
    TEXT(1, TRACE_CALL, 0, 0, 0, "unlink(web.pid)"),
    TEXT(2, TRACE_CALL, 0, 0, 0, "unlink(/tmp/lab/other.pid)"),
    TEXT(3, TRACE_CALL, 0, -2, 0, "unlink(gone.pid)"),
    TEXT(4, TRACE_CALL, 0, 0, 0, "chdir(/)"),
};

static const struct {
    const char *file;
    int proc;
    long event;
} removed[] = {
    {"web.pid", 0, 1},       {"web.pid", ANY, 1}, {"other.pid", 0, 2},
    {"pid", 0, -1},          {"her.pid", 0, -1},  {"gone.pid", 0, -1},
    {"lab/other.pid", 0, 2}, {"web.pid", 1, -1},  {"/", 0, -1},
    {"a-very-long-name-that-no-file-here-has.pid", 0, -1},
};

START_TEST(a_file_is_removed_by_its_own_name)
{
    struct trace trace = {.events = removals, .n_events = LENGTH(removals)};
    ck_assert_int_eq(
        trace_removal(&trace, removed[_i].proc, removed[_i].file),
        removed[_i].event);
}
END_TEST

START_TEST(place_has_two_digits_after_the_ninth_child)
{
    char buffer[64];
    ck_assert_str_eq(trace_place(&trace_forty, 40, buffer, 64), "1.40");
    ck_assert_str_eq(trace_place(&trace_forty, 9, buffer, 64), "1.9");
}
END_TEST

START_TEST(place_is_cut_to_the_buffer)
{
    char buffer[8] = "#######";
    ck_assert_ptr_eq(trace_place(&trace_family, 2, buffer, 4), buffer);
    ck_assert_mem_eq(buffer, "1.1\0###", 8);
    trace_place(&trace_family, 2, buffer, 1);
    ck_assert_mem_eq(buffer, "\0.1\0###", 8);
    trace_place(&trace_family, 2, buffer + 4, 0);
    ck_assert_mem_eq(buffer, "\0.1\0###", 8);
}
END_TEST

START_TEST(children_come_in_the_order_of_birth)
{
    ck_assert_int_eq(trace_child(&trace_family, 0, 0), 1);
    ck_assert_int_eq(trace_child(&trace_family, 0, 1), 3);
    ck_assert_int_eq(trace_child(&trace_family, 0, 2), ANY);
    ck_assert_int_eq(trace_child(&trace_family, 0, -1), ANY);
    ck_assert_int_eq(trace_child(&trace_family, 1, 0), 2);
    ck_assert_int_eq(trace_child(&trace_family, TRACE_OUTSIDE, 0), 0);
}
END_TEST

static const struct {
    int proc, ancestor;
    bool descends;
} descents[] = {
    {1, 0, true},  {2, 0, true},  {2, 1, true},    {3, 1, false},
    {0, 1, false}, {1, 1, false}, {0, 0, false},   {2, TRACE_OUTSIDE, true},
    {9, 0, false}, {2, 9, false}, {ANY, 0, false}, {9, ANY, false},
};

START_TEST(descent_is_by_birth_at_any_depth)
{
    ck_assert_int_eq(trace_descends(&trace_family, descents[_i].proc,
                                    descents[_i].ancestor),
                     descents[_i].descends);
}
END_TEST

static const struct {
    size_t event;
    int pid, proc;
} pids[] = {
    {0, 100, 0},  {0, 101, ANY}, {2, 101, 1},   {5, 101, 1},
    {7, 101, 1},  {8, 101, 1},   {9, 101, 3},   {11, 101, 3},
    {12, 101, 3}, {99, 101, 3},  {99, 102, 2},  {99, 103, ANY},
    {99, -1, ANY},
};

START_TEST(pid_belongs_to_who_has_it_at_that_event)
{
    ck_assert_int_eq(trace_by_pid(&trace_family, pids[_i].pid, pids[_i].event),
                     pids[_i].proc);
}
END_TEST

START_TEST(pid_is_free_between_reaping_and_reuse)
{
    static struct trace_event events[] = {
        START(1), FORK(0, 0, 1, 2), EXITS(0, 1, 0), REAPS(0, 0, 1),
        NAME(0, 0, "x"), FORK(0, 0, 2, 2),
    };
    static const struct trace trace = TRACE_OF(TRACE_ENDED, 0, events);
    ck_assert_int_eq(trace_by_pid(&trace, 2, 3), 1);
    ck_assert_int_eq(trace_by_pid(&trace, 2, 4), ANY);
    ck_assert_int_eq(trace_by_pid(&trace, 2, 5), 2);
    ck_assert_int_eq(trace_pid(&trace, 1), 2);
    ck_assert_int_eq(trace_pid(&trace, 2), 2);
    ck_assert_int_eq(trace_pid(&trace, 3), -1);
}
END_TEST

static const struct {
    int proc, code, signal, reaper;
    bool ended;
    int64_t born_ns, end_ns, reaped_ns;
} ends[] = {
    {0, 0, 0, ANY, true, 0, 4, -1},
    {1, 5, 0, 0, true, 1, 1, 2},
    {2, 0, 0, ANY, false, 1, -1, -1},
    {3, 0, SIGKILL, ANY, true, 3, 4, -1},
    {4, 0, 0, ANY, false, -1, -1, -1},
    {TRACE_KERNEL, 0, 0, ANY, false, -1, -1, -1},
};

START_TEST(end_says_how_and_when_a_process_ended_and_who_reaped_it)
{
    int proc = ends[_i].proc;
    struct trace_end end = trace_end_of(&trace_family, proc);
    ck_assert_int_eq(end.ended, ends[_i].ended);
    ck_assert_int_eq(end.code, ends[_i].code);
    ck_assert_int_eq(end.signal, ends[_i].signal);
    ck_assert_int_eq(end.at_ns, ends[_i].end_ns);
    ck_assert_int_eq(trace_born_at(&trace_family, proc), ends[_i].born_ns);
    ck_assert_int_eq(trace_reaped_at(&trace_family, proc), ends[_i].reaped_ns);
    ck_assert_int_eq(trace_reaper(&trace_family, proc), ends[_i].reaper);
}
END_TEST

START_TEST(reaper_may_be_outside_of_the_tree)
{
    ck_assert_int_eq(trace_reaper(&trace_zombie, 2), TRACE_OUTSIDE);
    ck_assert_int_eq(trace_reaped_at(&trace_zombie, 2), 4 * S);
    ck_assert_int_eq(trace_reaper(&trace_zombie, 1), ANY);
}
END_TEST

static const struct {
    int proc;
    size_t event;
    bool alive;
} lives[] = {
    {1, 1, false}, {1, 2, true},  {1, 4, true},    {1, 5, false},
    {1, 7, false}, {2, 3, false}, {2, 4, true},    {2, 12, true},
    {2, 99, true}, {0, 0, true},  {0, 11, true},   {0, 12, false},
    {0, 99, false}, {4, 5, false}, {ANY, 5, false},
};

START_TEST(alive_is_from_birth_until_the_end_and_no_zombie)
{
    ck_assert_int_eq(trace_alive_at_event(&trace_family, lives[_i].proc,
                                          lives[_i].event),
                     lives[_i].alive);
}
END_TEST

static const struct {
    int a, b;
    bool overlap;
} overlaps[] = {
    {0, 1, true},  {1, 2, true}, {1, 3, false}, {3, 1, false},
    {2, 3, true},  {3, 2, true}, {0, 0, true},  {0, 9, false},
    {ANY, 0, false},
};

START_TEST(overlap_is_judged_by_the_order_of_events)
{
    ck_assert_int_eq(
        trace_overlap(&trace_family, overlaps[_i].a, overlaps[_i].b),
        overlaps[_i].overlap);
}
END_TEST

START_TEST(one_who_ends_before_another_is_born_in_the_same_instant_is_alone)
{
    ck_assert(!trace_overlap(&trace_instant, 1, 2));
    ck_assert_int_eq(trace_born_at(&trace_instant, 2),
                     trace_end_of(&trace_instant, 1).at_ns);
}
END_TEST

static const struct {
    int n, procs[4], most;
} crowds[] = {
    {4, {0, 1, 2, 3}, 3}, {2, {1, 3}, 1},      {3, {1, 2, 3}, 2},
    {1, {2}, 1},          {0, {0}, 0},         {4, {1, 1, 1, 1}, 1},
    {3, {9, -4, 77}, 0},  {3, {3, ANY, 1}, 1},
};

START_TEST(most_alive_counts_each_process_once_at_the_fullest_moment)
{
    ck_assert_int_eq(
        trace_most_alive(&trace_family, crowds[_i].procs, crowds[_i].n),
        crowds[_i].most);
}
END_TEST

START_TEST(most_alive_of_forty_with_a_life_of_twenty_minutes_is_twenty)
{
    int procs[40];
    for (int i = 0; i < 40; i++)
        procs[i] = i + 1;
    ck_assert_int_eq(trace_most_alive(&trace_forty, procs, 40), 20);
}
END_TEST

/* What no observer writes: twice born, parents in a circle or not yet born,
 * ends without births, numbers out of range. */
static struct trace_event broken_events[] = {
    EXITS(5, 1, 1),
    EVENT(4, TRACE_BORN, 1, 2, 0, 7),
    EVENT(3, TRACE_BORN, 2, 1, 0, 7),
    EVENT(3, TRACE_BORN, 1, 2, 0, 7),
    EVENT(3, TRACE_BORN, 3, 3, 0, 7),
    EVENT(3, TRACE_BORN, 2000000000, -9, 0, 8),
    EVENT(2, TRACE_BORN, 4, 2000000000, 0, INT64_MAX),
    EVENT(1, TRACE_REAP, -1, -1, 0, 0),
    EVENT(0, TRACE_WRITE, 1, ANY, 1, 0),
    EVENT(0, TRACE_WRITE, 1, ANY, INT64_MIN, 0),
    EVENT(0, TRACE_NAME, 4, ANY, 0, 0),
};
static const struct trace broken = TRACE_OF(TRACE_ENDED, -3, broken_events);

static void ask_everything(const struct trace *trace, int proc)
{
    char text[16];
    int two[] = {proc, 2};
    trace_place(trace, proc, text, sizeof text);
    trace_label(trace, proc, text, sizeof text);
    trace_reaped_at(trace, proc);
    trace_end_of(trace, proc);
    trace_children(trace, proc);
    trace_name_at_exit(trace, proc);
    trace_overlap(trace, proc, 1);
    ck_assert(!trace_descends(trace, proc, proc));
    ck_assert_int_ge(trace_most_alive(trace, two, 2), 0);
    for (size_t event = 0; event < trace->n_events + 2; event++) {
        trace_alive_at_event(trace, proc, event);
        trace_name_at(trace, proc, event);
        trace_by_pid(trace, proc, event);
    }
}

START_TEST(no_trace_is_too_broken_to_be_asked)
{
    static const int procs[] = {-2147483647 - 1, -5, -4, -3, -2, -1, 0, 1, 2,
                                3, 4, 5, 2000000000, 2147483647};
    ask_everything(&broken, procs[_i]);
    ask_everything(&trace_empty, procs[_i]);
}
END_TEST

START_TEST(circle_of_parents_is_cut_open)
{
    char place[64];
    ck_assert_int_eq(trace_parent(&broken, 1), TRACE_OUTSIDE);
    ck_assert_int_eq(trace_parent(&broken, 2), 1);
    ck_assert_int_eq(trace_parent(&broken, 3), TRACE_OUTSIDE);
    ck_assert_str_eq(trace_place(&broken, 2, place, 64), "1.1");
    ck_assert_str_eq(trace_place(&broken, 3, place, 64), "2");
}
END_TEST

static TCase *tree_case(void)
{
    TCase *tc = tcase_create("tree");
    tcase_add_test(tc, processes_are_counted_by_birth);
    tcase_add_loop_test(tc, place_says_where_in_the_tree_a_process_is, 0,
                        LENGTH(places));
    tcase_add_loop_test(tc, a_file_is_removed_by_its_own_name, 0,
                        LENGTH(removed));
    tcase_add_test(tc, place_has_two_digits_after_the_ninth_child);
    tcase_add_test(tc, place_is_cut_to_the_buffer);
    tcase_add_test(tc, children_come_in_the_order_of_birth);
    tcase_add_loop_test(tc, descent_is_by_birth_at_any_depth, 0,
                        LENGTH(descents));
    tcase_add_test(tc, circle_of_parents_is_cut_open);
    tcase_add_loop_test(tc, no_trace_is_too_broken_to_be_asked, 0, 14);
    return tc;
}

static TCase *life_case(void)
{
    TCase *tc = tcase_create("life");
    tcase_add_loop_test(tc, pid_belongs_to_who_has_it_at_that_event, 0,
                        LENGTH(pids));
    tcase_add_test(tc, pid_is_free_between_reaping_and_reuse);
    tcase_add_loop_test(
        tc, end_says_how_and_when_a_process_ended_and_who_reaped_it, 0,
        LENGTH(ends));
    tcase_add_test(tc, reaper_may_be_outside_of_the_tree);
    tcase_add_loop_test(tc, alive_is_from_birth_until_the_end_and_no_zombie, 0,
                        LENGTH(lives));
    tcase_add_loop_test(tc, overlap_is_judged_by_the_order_of_events, 0,
                        LENGTH(overlaps));
    tcase_add_test(
        tc, one_who_ends_before_another_is_born_in_the_same_instant_is_alone);
    tcase_add_loop_test(
        tc, most_alive_counts_each_process_once_at_the_fullest_moment, 0,
        LENGTH(crowds));
    tcase_add_test(
        tc, most_alive_of_forty_with_a_life_of_twenty_minutes_is_twenty);
    return tc;
}

SUITE(trace_query)
{
    Suite *suite = suite_create("trace_query");
    suite_add_tcase(suite, tree_case());
    suite_add_tcase(suite, life_case());
    return suite;
}
