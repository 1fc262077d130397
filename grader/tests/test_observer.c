/* What the trace of a run says: births, ends, names, signals, times, output;
 * on subjects whose own words are compared elsewhere (test_subjects.c). */

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/observed.h"
#include "tests/suite.h"

static const int64_t second = 1000000000;

/* The event or a failure that names it. */
static const struct trace_event *
expect(const struct trace *trace, enum trace_kind kind, int proc, int64_t a)
{
    const struct trace_event *e = observed_event(trace, kind, proc, a);
    if (!e)
        ck_abort_msg("no event \"%s\" of process %d with a = %lld",
                     trace_kind_name(kind), proc, (long long)a);
    return e;
}

static const struct trace_event *expect_any(const struct trace *trace,
                                            enum trace_kind kind, int proc)
{
    return expect(trace, kind, proc, OBSERVED_ANY);
}

START_TEST(a_fork_is_born_ends_and_is_reaped)
{
    struct trace *t = observed_subject("fork_relations");
    const struct trace_event *first = expect_any(t, TRACE_BORN, 0);
    const struct trace_event *child = expect_any(t, TRACE_BORN, 1);
    const struct trace_event *exit = expect(t, TRACE_EXIT, 1, 3);
    const struct trace_event *reap = expect_any(t, TRACE_REAP, 0);
    ck_assert_int_eq(first->other, TRACE_OUTSIDE);
    ck_assert_int_eq(first->a, TRACE_BY_START);
    ck_assert_int_eq(child->other, 0);
    ck_assert_int_eq(child->a, TRACE_BY_FORK);
    ck_assert_int_ne(child->b, first->b);
    ck_assert_int_eq(reap->other, 1);
    ck_assert(child < exit && exit < reap);
    ck_assert_int_eq(trace_end_of(t, 0).code, 4);
    ck_assert_int_eq(trace_processes(t), 2);
    ck_assert(t->exact && t->honest_clock);
    trace_free(t);
}
END_TEST

START_TEST(vfork_and_clone_are_told_apart)
{
    struct trace *t = observed_subject("vfork_shares");
    ck_assert_int_eq(expect_any(t, TRACE_BORN, 1)->a, TRACE_BY_VFORK);
    expect(t, TRACE_BLOCK, 0, TRACE_WAIT_VFORK);
    trace_free(t);
    t = observed_subject("clone_exit_signal");
    for (int i = 1; i <= 3; i++)
        ck_assert_int_eq(expect_any(t, TRACE_BORN, i)->a, TRACE_BY_CLONE);
    trace_free(t);
    t = observed_subject("clone_like_fork");
    ck_assert_int_eq(expect_any(t, TRACE_BORN, 1)->a, TRACE_BY_FORK);
    trace_free(t);
}
END_TEST

START_TEST(threads_have_numbers)
{
    struct trace *t = observed_subject("thread_join");
    for (int i = 1; i <= 4; i++)
        expect(t, TRACE_THREAD, 0, i);
    expect_any(t, TRACE_THREAD_EXIT, 0);
    ck_assert_int_eq(trace_processes(t), 1);
    trace_free(t);
}
END_TEST

START_TEST(names_follow_prctl_fork_and_exec)
{
    struct trace *t = observed_subject("name_over_fork_exec");
    ck_assert_str_eq(trace_name_at_exit(t, 1), "renamed");
    ck_assert_str_eq(trace_name_at_exit(t, 0), "name_over_fork_");
    trace_free(t);
    t = observed_subject("name_set");
    bool cut = false, file = false, long_file = false;
    for (size_t i = 0; i < t->n_events; i++)
        if (t->events[i].kind == TRACE_NAME) {
            cut |= strcmp(t->events[i].text, "this-one-is-cut") == 0;
            file |= strcmp(t->events[i].text, "by-file") == 0;
            long_file |= strcmp(t->events[i].text, "a-long-one-of-f") == 0;
        }
    ck_assert(cut && file && long_file);
    ck_assert_str_eq(trace_name_at_exit(t, 0), "a (b) c)");
    trace_free(t);
}
END_TEST

START_TEST(an_exec_tells_its_arguments_a_failing_one_its_error)
{
    static const char args[] = "\0one\0\0two words\0";
    struct trace *t = observed_subject("exec_args_env");
    const struct trace_event *e = NULL;
    for (size_t i = 0; i < t->n_events; i++)
        if (t->events[i].kind == TRACE_EXEC)
            e = &t->events[i];
    ck_assert_ptr_nonnull(e);
    ck_assert(memmem(e->text, e->len, args, sizeof args - 1));
    trace_free(t);
    t = observed_subject("exec_fails");
    e = expect_any(t, TRACE_EXEC_FAILED, 0);
    ck_assert_str_eq(e->text, "./missing");
    ck_assert_int_eq(e->a, ENOENT);
    expect(t, TRACE_EXEC_FAILED, 0, EACCES);
    expect(t, TRACE_EXEC_FAILED, 0, ENOEXEC);
    trace_free(t);
}
END_TEST

START_TEST(orphans_go_to_init_or_to_a_subreaper)
{
    struct trace *t = observed_subject("orphan_double_fork");
    const struct trace_event *e = expect_any(t, TRACE_ORPHAN, 2);
    ck_assert_int_eq(e->other, TRACE_OUTSIDE);
    ck_assert_int_eq(trace_reaper(t, 1), 0);
    trace_free(t);
    t = observed_subject("subreaper");
    ck_assert_int_eq(expect_any(t, TRACE_ORPHAN, 2)->other, 0);
    ck_assert_int_eq(trace_reaper(t, 2), 0);
    trace_free(t);
    t = observed_subject("chld_ignored");
    ck_assert_int_eq(trace_reaper(t, 1), TRACE_KERNEL);
    trace_free(t);
}
END_TEST

START_TEST(a_signal_has_a_sender_and_a_receiver)
{
    struct trace *t = observed_subject("kill_child_twice");
    const struct trace_event *sent = expect(t, TRACE_SIGNAL, 0, SIGTERM);
    const struct trace_event *got = expect(t, TRACE_DELIVER, 1, SIGTERM);
    ck_assert_int_eq(sent->other, 1);
    ck_assert_int_eq(sent->b, 0);
    ck_assert_int_eq(got->other, 0);
    ck_assert_int_eq(got->b, TRACE_DEFAULT);
    ck_assert_int_eq(trace_end_of(t, 1).signal, SIGTERM);
    got = expect(t, TRACE_DELIVER, 2, SIGINT);
    ck_assert_int_eq(got->other, 2);
    bool refused = false;
    for (size_t i = 0; i < t->n_events; i++)
        refused |=
            t->events[i].kind == TRACE_SIGNAL && t->events[i].b == -ESRCH;
    ck_assert(refused);
    trace_free(t);
}
END_TEST

START_TEST(a_signal_to_a_group_has_an_event_for_each)
{
    struct trace *t = observed_subject("signal_group");
    int to[4] = {0};
    for (size_t i = 0; i < t->n_events; i++) {
        const struct trace_event *e = &t->events[i];
        if (e->kind == TRACE_SIGNAL && e->a == SIGUSR2 && e->other < 4)
            to[e->other < 0 ? 0 : e->other]++;
    }
    ck_assert(to[0] == 0 && to[1] == 1 && to[2] == 1 && to[3] == 1);
    trace_free(t);
}
END_TEST

START_TEST(the_kernel_sends_alarms_and_child_signals)
{
    struct trace *t = observed_subject("chld_coalesce");
    const struct trace_event *e = expect(t, TRACE_DELIVER, 0, SIGCHLD);
    ck_assert_int_eq(e->other, TRACE_KERNEL);
    ck_assert_int_eq(e->b, TRACE_HANDLED);
    ck_assert_int_eq(expect(t, TRACE_HANDLER, 0, SIGCHLD)->b, TRACE_HANDLED);
    trace_free(t);
    t = observed_subject("alarm_basic");
    e = expect(t, TRACE_DELIVER, 1, SIGALRM);
    ck_assert_int_eq(e->other, TRACE_KERNEL);
    ck_assert_int_eq(e->b, TRACE_DEFAULT);
    ck_assert(e->t_ns >= second && e->t_ns < second + second / 1000);
    trace_free(t);
}
END_TEST

START_TEST(stops_and_continuations_alternate)
{
    struct trace *t = observed_subject("stop_continue");
    int stops = 0, goes = 0;
    for (size_t i = 0; i < t->n_events; i++) {
        const struct trace_event *e = &t->events[i];
        stops += e->kind == TRACE_STOP && e->proc == 1 && e->a == SIGSTOP;
        goes += e->kind == TRACE_CONTINUE && e->proc == 1;
        ck_assert(goes <= stops && stops <= goes + 1);
    }
    ck_assert_int_eq(stops, 3);
    trace_free(t);
}
END_TEST

START_TEST(who_waits_to_open_a_fifo_says_so)
{
    struct trace *t = observed_subject("fifo");
    const struct trace_event *e = expect(t, TRACE_BLOCK, 0, TRACE_WAIT_READ);
    ck_assert_str_eq(e->text, "open(subject.fifo)");
    ck_assert(e->pc != 0);
    ck_assert_ptr_null(observed_waiting(t, 0, 0));
    const struct trace_event *back = expect_any(t, TRACE_RESUME, 0);
    ck_assert(back > e && back->t_ns >= e->t_ns);
    trace_free(t);
}
END_TEST

START_TEST(groups_and_sessions_are_told)
{
    struct trace *t = observed_subject("session_new");
    int pid = trace_pid(t, 1);
    expect(t, TRACE_SESSION, 1, pid);
    trace_free(t);
    t = observed_subject("group_set");
    const struct trace_event *e = expect_any(t, TRACE_GROUP, 0);
    ck_assert_int_eq(e->other, 1);
    ck_assert_int_eq(e->a, trace_pid(t, 1));
    trace_free(t);
}
END_TEST

START_TEST(a_line_has_a_writer_whatever_the_descriptor)
{
    struct trace_lines lines;
    struct trace *t = observed_subject("write_dup");
    for (size_t i = 0; i < t->n_events; i++)
        if (t->events[i].kind == TRACE_WRITE) {
            ck_assert_int_eq(t->events[i].a, 1);
            ck_assert_int_eq(t->events[i].proc, 0);
        }
    trace_free(t);
    t = observed_subject("write_pwritev2");
    ck_assert_int_eq(trace_lines_of(t, 1, TRACE_NOBODY, &lines), 0);
    ck_assert_uint_eq(lines.n, 2);
    ck_assert_int_eq(lines.line[0].proc, 0);
    ck_assert_int_eq(lines.line[1].proc, 1);
    trace_lines_free(&lines);
    trace_free(t);
    t = observed_subject("write_children");
    ck_assert_int_eq(trace_lines_of(t, 1, TRACE_NOBODY, &lines), 0);
    ck_assert_uint_eq(lines.n, 3);
    ck_assert_int_eq(lines.line[0].proc, 1);
    ck_assert(lines.line[0].shared && lines.line[0].ended);
    ck_assert_int_eq(lines.line[1].proc, 5);
    ck_assert(!lines.line[2].shared && !lines.line[2].ended);
    trace_lines_free(&lines);
    trace_free(t);
}
END_TEST

START_TEST(what_cannot_be_run_is_an_error_and_no_trace)
{
    const char *argv[] = {"./x", NULL}, *none[] = {NULL};
    const char *why = NULL;
    struct trace *trace = NULL;
    struct observe_request request = {.argv = argv,
                                      .program = "/no/such/program"};
    ck_assert_int_eq(observe(&request, &trace, &why), -ENOENT);
    ck_assert_ptr_nonnull(why);
    request.program = "/etc/passwd";
    ck_assert_int_eq(observe(&request, &trace, &why), -EACCES);
    request = (struct observe_request){.argv = none};
    ck_assert_int_eq(observe(&request, &trace, &why), -EINVAL);
    ck_assert_ptr_null(trace);
}
END_TEST

START_TEST(recorded_decisions_give_the_same_trace_again)
{
    struct observed run;
    observed_init(&run, "worker_pool");
    run.request.schedule = (struct schedule){
        .kind = SCHEDULE_RANDOM, .seed = 7};
    struct trace *first = observed_trace(&run);
    ck_assert_uint_gt(first->n_decisions, 0);
    observed_init(&run, "worker_pool");
    struct schedule_forced *forced;
    size_t n;
    ck_assert_int_eq(schedule_of_trace(first, &forced, &n), 0);
    ck_assert_uint_gt(n, 0);
    ck_assert_uint_lt(n, first->n_decisions);
    run.request.schedule = (struct schedule){.forced = forced, .n_forced = n};
    struct trace *again = observed_trace(&run);
    free(forced);
    char *a = observed_json(first), *b = observed_json(again);
    ck_assert_msg(strcmp(a, b) == 0, "the replay differs");
    free(a), free(b);
    trace_free(first), trace_free(again);
}
END_TEST

START_TEST(schedules_do_differ)
{
    struct observed run;
    struct trace *t[2];
    for (int i = 0; i < 2; i++) {
        observed_init(&run, "shared_counter");
        run.request.schedule.kind =
            i ? SCHEDULE_PARENT_FIRST : SCHEDULE_CHILD_FIRST;
        t[i] = observed_trace(&run);
    }
    int both[] = {1, 2};
    ck_assert_int_eq(trace_most_alive(t[0], both, 2), 1);
    ck_assert_int_eq(trace_most_alive(t[1], both, 2), 2);
    trace_free(t[0]), trace_free(t[1]);
}
END_TEST

SUITE(observer)
{
    Suite *suite = suite_create("observer");
    TCase *tests = tcase_create("trace of a run");
    tcase_set_timeout(tests, 30);
    tcase_add_test(tests, a_fork_is_born_ends_and_is_reaped);
    tcase_add_test(tests, vfork_and_clone_are_told_apart);
    tcase_add_test(tests, threads_have_numbers);
    tcase_add_test(tests, names_follow_prctl_fork_and_exec);
    tcase_add_test(tests, an_exec_tells_its_arguments_a_failing_one_its_error);
    tcase_add_test(tests, orphans_go_to_init_or_to_a_subreaper);
    tcase_add_test(tests, a_signal_has_a_sender_and_a_receiver);
    tcase_add_test(tests, a_signal_to_a_group_has_an_event_for_each);
    tcase_add_test(tests, the_kernel_sends_alarms_and_child_signals);
    tcase_add_test(tests, stops_and_continuations_alternate);
    tcase_add_test(tests, groups_and_sessions_are_told);
    tcase_add_test(tests, who_waits_to_open_a_fifo_says_so);
    tcase_add_test(tests, a_line_has_a_writer_whatever_the_descriptor);
    tcase_add_test(tests, what_cannot_be_run_is_an_error_and_no_trace);
    tcase_add_test(tests, recorded_decisions_give_the_same_trace_again);
    tcase_add_test(tests, schedules_do_differ);
    suite_add_tcase(suite, tests);
    return suite;
}
