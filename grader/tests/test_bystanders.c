/* Processes that are there before the program starts are what the request says
 * they are, each time. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tests/native.h"
#include "tests/observed.h"
#include "tests/suite.h"

static const struct observe_bystander three[] = {
    {OBSERVE_SLEEPING, "two) R 1 \n(x", {"photo server", "-", "", "--port=80"}},
    {OBSERVE_STOPPED, "longer than 15 bytes", {"stopped"}},
    {OBSERVE_ZOMBIE, "gone", {NULL}},
};

static const char seen[] = "4 S parent 3 session 2\n"
                           "comm two) R 1 ?(x?\n"
                           "cmdline photo server|-||--port=80|\n"
                           "5 T parent 3 session 2\n"
                           "comm longer than 15 ?\n"
                           "cmdline stopped|\n"
                           "6 Z parent 3 session 2\n"
                           "comm gone?\n"
                           "cmdline \n"
                           "me 7\n";

START_TEST(a_program_finds_them)
{
    struct observed run;
    observed_init(&run, "bystanders");
    run.request.bystanders = three;
    run.request.n_bystanders = 3;
    struct trace *trace = observed_trace(&run);
    struct ending ending = observed_ending(trace);
    ck_assert_str_eq(ending.stream[1], seen);
    ck_assert_int_eq(ending.code, 0);
    ck_assert_int_eq(trace_processes(trace), 1);
    ck_assert_int_eq(trace_pid(trace, 0), 7);
    ending_free(&ending);
    trace_free(trace);
}
END_TEST

START_TEST(without_them_nobody_is_there)
{
    struct trace *trace = observed_subject("bystanders");
    struct ending ending = observed_ending(trace);
    ck_assert_str_eq(ending.stream[1], "me 3\n");
    ending_free(&ending);
    trace_free(trace);
}
END_TEST

START_TEST(one_that_cannot_be_is_the_graders_fault)
{
    static const struct observe_bystander none = {
        OBSERVE_SLEEPING, "cat", {"cat", "no file"}};
    struct observed run;
    struct trace *trace = NULL;
    const char *why = NULL;
    observed_init(&run, "bystanders");
    run.request.bystanders = &none;
    run.request.n_bystanders = 1;
    ck_assert_int_eq(observe(&run.request, &trace, &why), -EPERM);
    ck_assert_msg(strstr(why, "starting the bystanders failed"), "%s", why);
    free(run.program);
}
END_TEST

START_TEST(they_have_no_place_outside_of_a_grading)
{
    struct observed run;
    struct trace *trace = NULL;
    observed_init(&run, "bystanders");
    observed_outside(&run);
    run.request.bystanders = three;
    run.request.n_bystanders = 3;
    ck_assert_int_eq(observe(&run.request, &trace, NULL), -EINVAL);
    free(run.program);
}
END_TEST

SUITE(bystanders)
{
    Suite *suite = suite_create("bystanders");
    TCase *tc = tcase_create("bystanders");
    tcase_set_timeout(tc, 30);
    tcase_add_test(tc, a_program_finds_them);
    tcase_add_test(tc, without_them_nobody_is_there);
    tcase_add_test(tc, one_that_cannot_be_is_the_graders_fault);
    tcase_add_test(tc, they_have_no_place_outside_of_a_grading);
    suite_add_tcase(suite, tc);
    return suite;
}
