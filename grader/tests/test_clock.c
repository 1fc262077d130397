/* Virtual time: what sleeps costs nothing and lasts exactly as long as asked;
 * input and signals come when they were scripted. */

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/observed.h"
#include "tests/suite.h"

static const int64_t second = 1000000000, ms = 1000000;

static int64_t real_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

/* A little goes by at each reading of the clock: a millisecond is exact. */
static void assert_about(int64_t t_ns, int64_t wanted_ns)
{
    ck_assert_int_ge(t_ns, wanted_ns);
    ck_assert_int_lt(t_ns, wanted_ns + ms);
}

static void assert_prints(const struct trace *trace, const char *text)
{
    struct ending got = observed_ending(trace);
    ck_assert_str_eq(got.stream[1] ? got.stream[1] : "", text);
    ending_free(&got);
}

START_TEST(an_hour_of_sleep_takes_no_time)
{
    struct observed run;
    int64_t begin = real_s();
    observed_init(&run, "sleep_args");
    run.argv[1] = "3600";
    run.request.limits.virtual_ns = 7200 * second;
    struct trace *t = observed_trace(&run);
    ck_assert_int_lt(real_s() - begin, 5);
    ck_assert_int_eq(t->outcome, TRACE_ENDED);
    assert_about(trace_end_of(t, 0).at_ns, 3600 * second);
    assert_about(t->end_ns, 3600 * second);
    assert_prints(t, "slept 3600\n");
    trace_free(t);
}
END_TEST

START_TEST(a_sleep_is_a_block_with_a_deadline)
{
    struct observed run;
    observed_init(&run, "sleep_args");
    run.argv[1] = "2";
    run.argv[2] = "3";
    struct trace *t = observed_trace(&run);
    const struct trace_event *block =
        observed_event(t, TRACE_BLOCK, 0, TRACE_WAIT_SLEEP);
    const struct trace_event *resume = observed_event(t, TRACE_RESUME, 0, 0);
    ck_assert_ptr_nonnull(block);
    ck_assert_ptr_nonnull(resume);
    assert_about(block->t_ns, 0);
    assert_about(block->b, 2 * second);
    assert_about(resume->t_ns, 2 * second);
    assert_about(t->end_ns, 5 * second);
    trace_free(t);
}
END_TEST

START_TEST(sleepers_wake_at_their_times)
{
    static const int64_t wanted_ms[] = {1, 80, 160, 240, 320, 400};
    struct trace_lines lines;
    struct trace *t = observed_subject("sleep_sort");
    ck_assert_int_eq(trace_lines_of(t, 1, TRACE_NOBODY, &lines), 0);
    ck_assert_uint_eq(lines.n, 7);
    for (int i = 0; i < 6; i++)
        assert_about(lines.line[i].at_ns, wanted_ms[i] * ms);
    trace_lines_free(&lines);
    trace_free(t);
}
END_TEST

START_TEST(work_takes_no_time)
{
    struct trace *t = observed_subject("fork_many");
    ck_assert_int_lt(t->end_ns, ms);
    trace_free(t);
}
END_TEST

START_TEST(input_comes_when_it_was_scripted)
{
    static const struct observe_step steps[] = {
        {2 * 1000000000LL, OBSERVE_INPUT, "hello\n", 0},
        {5 * 1000000000LL, OBSERVE_INPUT, "bye\n", 0},
        {7 * 1000000000LL, OBSERVE_CLOSE, NULL, 0},
    };
    struct observed run;
    observed_init(&run, "stdin_lines");
    run.request.steps = steps;
    run.request.n_steps = 3;
    struct trace *t = observed_trace(&run);
    assert_prints(t, "2: hello\n5: bye\nend: 0 after 7 s\n");
    const struct trace_event *e =
        observed_event(t, TRACE_INPUT, TRACE_SCENARIO, OBSERVED_ANY);
    ck_assert_ptr_nonnull(e);
    ck_assert_str_eq(e->text, "hello\n");
    assert_about(e->t_ns, 2 * second);
    ck_assert_ptr_nonnull(observed_event(t, TRACE_READ, 0, 6));
    ck_assert_ptr_nonnull(observed_event(t, TRACE_READ, 0, 4));
    ck_assert_ptr_nonnull(observed_event(t, TRACE_READ, 0, 0));
    e = observed_event(t, TRACE_BLOCK, 0, TRACE_WAIT_READ);
    ck_assert_ptr_nonnull(e);
    trace_free(t);
}
END_TEST

START_TEST(a_poll_on_input_waits_for_the_script)
{
    static const struct observe_step steps[] = {
        {3 * 1000000000LL, OBSERVE_INPUT, "x", 0},
        {4 * 1000000000LL, OBSERVE_CLOSE, NULL, 0},
    };
    struct observed run;
    observed_init(&run, "stdin_poll");
    run.request.steps = steps;
    run.request.n_steps = 2;
    struct trace *t = observed_trace(&run);
    assert_prints(t, "poll: 1, readable or at its end: yes\nread: 1\n"
                     "a terminal: no\n");
    assert_about(trace_end_of(t, 0).at_ns, 3 * second);
    trace_free(t);
}
END_TEST

START_TEST(without_a_script_input_is_at_its_end)
{
    struct trace *t = observed_subject("stdin_lines");
    assert_prints(t, "end: 0 after 0 s\n");
    trace_free(t);
}
END_TEST

START_TEST(a_scripted_signal_comes_in_time)
{
    static const struct observe_step step = {50 * 1000000, OBSERVE_SIGNAL, NULL,
                                             SIGTERM};
    struct observed run;
    observed_init(&run, "signal_or_time");
    run.request.steps = &step;
    run.request.n_steps = 1;
    struct trace *t = observed_trace(&run);
    struct ending got = observed_ending(t);
    ck_assert_int_eq(strncmp(got.stream[1], "SIGTERM came", 12), 0);
    ck_assert_int_eq(got.code, 128 + SIGTERM);
    const struct trace_event *e =
        observed_event(t, TRACE_SIGNAL, TRACE_SCENARIO, SIGTERM);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->other, 0);
    assert_about(e->t_ns, 50 * ms);
    assert_about(trace_end_of(t, 0).at_ns, 50 * ms);
    ending_free(&got);
    trace_free(t);
}
END_TEST

START_TEST(a_deadly_scripted_signal_has_a_sender)
{
    static const struct observe_step step = {2 * 1000000000LL, OBSERVE_SIGNAL,
                                             NULL, SIGINT};
    struct observed run;
    observed_init(&run, "sleep_args");
    run.argv[1] = "10";
    run.request.steps = &step;
    run.request.n_steps = 1;
    struct trace *t = observed_trace(&run);
    struct trace_end end = trace_end_of(t, 0);
    ck_assert_int_eq(end.signal, SIGINT);
    assert_about(end.at_ns, 2 * second);
    const struct trace_event *e = observed_event(t, TRACE_DELIVER, 0, SIGINT);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->other, TRACE_SCENARIO);
    trace_free(t);
}
END_TEST

SUITE(clock)
{
    Suite *suite = suite_create("clock");
    TCase *tests = tcase_create("virtual time");
    tcase_set_timeout(tests, 30);
    tcase_add_test(tests, an_hour_of_sleep_takes_no_time);
    tcase_add_test(tests, a_sleep_is_a_block_with_a_deadline);
    tcase_add_test(tests, sleepers_wake_at_their_times);
    tcase_add_test(tests, work_takes_no_time);
    tcase_add_test(tests, input_comes_when_it_was_scripted);
    tcase_add_test(tests, a_poll_on_input_waits_for_the_script);
    tcase_add_test(tests, without_a_script_input_is_at_its_end);
    tcase_add_test(tests, a_scripted_signal_comes_in_time);
    tcase_add_test(tests, a_deadly_scripted_signal_has_a_sender);
    suite_add_tcase(suite, tests);
    return suite;
}
