/* What holds in every trace, on traces written by hand. */

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sound.h"
#include "tests/suite.h"
#include "tests/traces.h"

START_TEST(a_right_trace_has_no_contradiction)
{
    static const struct trace *const right[] = {
        &trace_empty, &trace_three_sleepers, &trace_killed_download,
        &trace_deadlock, &trace_instant};
    char *text = trace_contradiction(right[_i]);
    ck_assert_msg(!text, "%d: %s", _i, text);
}
END_TEST

static struct trace_event back_in_time[] = {START(100), NAME(5, 0, "a"),
                                            EXITS(4, 0, 0)};
static struct trace_event twice_born[] = {START(100), START(100)};
static struct trace_event same_pid[] = {START(100), FORK(0, 0, 1, 100)};
static struct trace_event child_of_dead[] = {START(100), EXITS(0, 0, 0),
                                             FORK(0, 0, 1, 101)};
static struct trace_event unborn[] = {START(100), NAME(0, 1, "b")};
static struct trace_event to_unborn[] = {
    START(100), EVENT(0, TRACE_SIGNAL, 0, 1, SIGTERM, 0)};
static struct trace_event ghost[] = {START(100), EXITS(0, 0, 0),
                                     NAME(0, 0, "boo")};
static struct trace_event two_ends[] = {START(100), EXITS(0, 0, 0),
                                        EXITS(0, 0, 0)};
static struct trace_event both_ways[] = {
    START(100), EVENT(0, TRACE_EXIT, 0, ANY, 3, SIGTERM)};
static struct trace_event reaped_alive[] = {START(100), FORK(0, 0, 1, 101),
                                            REAPS(0, 0, 1)};
static struct trace_event reaped_twice[] = {
    START(100), FORK(0, 0, 1, 101), EXITS(0, 1, 0), REAPS(0, 0, 1),
    REAPS(0, 0, 1)};
static struct trace_event late_orphan[] = {
    START(100), FORK(0, 0, 1, 101), EXITS(0, 1, 0), REAPS(0, 0, 1),
    EVENT(0, TRACE_ORPHAN, 1, TRACE_OUTSIDE, 0, 0)};
static struct trace_event two_stops[] = {
    START(100), EVENT(0, TRACE_STOP, 0, ANY, SIGSTOP, 0),
    EVENT(0, TRACE_STOP, 0, ANY, SIGSTOP, 0)};
static struct trace_event no_stop[] = {
    START(100), EVENT(0, TRACE_CONTINUE, 0, ANY, 0, 0)};
static struct trace_event two_blocks[] = {
    START(100), BLOCK(0, 0, TRACE_WAIT_READ, -1, "read(3)"),
    BLOCK(0, 0, TRACE_WAIT_READ, -1, "read(3)")};
static struct trace_event no_block[] = {START(100), RESUME(0, 0, 0)};
static struct trace_event left_over[] = {START(100)};
static struct trace_event all_gone[] = {START(100), EXITS(0, 0, 0)};

#define WRONG(list) TRACE_OF(TRACE_LEFT_WAITING, 9, list)
static const struct {
    struct trace trace;
    const char *says;
} wrong[] = {
    {WRONG(back_in_time), "goes back in time"},
    {WRONG(twice_born), "born twice"},
    {WRONG(same_pid), "pid of another"},
    {WRONG(child_of_dead), "born of a process that does not live"},
    {WRONG(unborn), "before its birth"},
    {WRONG(to_unborn), "not born yet"},
    {WRONG(ghost), "after its end"},
    {WRONG(two_ends), "after its end"},
    {WRONG(both_ways), "both exits and is killed"},
    {WRONG(reaped_alive), "has not ended"},
    {WRONG(reaped_twice), "reaps a process twice"},
    {WRONG(late_orphan), "orphan after its end"},
    {WRONG(two_stops), "stops twice"},
    {WRONG(no_stop), "without a stop"},
    {WRONG(two_blocks), "blocks twice"},
    {WRONG(no_block), "without having blocked"},
    {TRACE_OF(TRACE_ENDED, 0, left_over), "1 living"},
    {TRACE_OF(TRACE_DEADLOCK, 0, all_gone), "0 living"},
    {TRACE_OF(TRACE_LEFT_WAITING, 4, back_in_time), "goes back"},
    {TRACE_OF(TRACE_LEFT_WAITING, -1, left_over), "before its last event"},
};

START_TEST(a_wrong_one_is_told_in_words)
{
    char *text = trace_contradiction(&wrong[_i].trace);
    ck_assert_msg(text, "%d: nothing found", _i);
    ck_assert_msg(strstr(text, wrong[_i].says), "%d: %s", _i, text);
    free(text);
}
END_TEST

SUITE(sound)
{
    Suite *suite = suite_create("sound");
    TCase *tests = tcase_create("contradictions");
    tcase_add_loop_test(tests, a_right_trace_has_no_contradiction, 0, 5);
    tcase_add_loop_test(tests, a_wrong_one_is_told_in_words, 0, LENGTH(wrong));
    suite_add_tcase(suite, tests);
    return suite;
}
