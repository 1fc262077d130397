/* Files that a scenario wants are in the program's working directory, anew for
 * each run. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/native.h"
#include "tests/observed.h"
#include "tests/suite.h"

static const struct observe_file two[] = {
    {"two words", "P2 # {a}\n1 2\n"},
    {"empty", ""},
};

static void shows(const struct observe_file *files, size_t n, const char *want)
{
    struct observed run;
    observed_init(&run, "files");
    run.request.files = files;
    run.request.n_files = n;
    struct trace *trace = observed_trace(&run);
    struct ending ending = observed_ending(trace);
    ck_assert_str_eq(ending.stream[1], want);
    ck_assert_int_eq(ending.code, 0);
    ending_free(&ending);
    trace_free(trace);
}

START_TEST(a_program_finds_them)
{
    shows(two, 2,
          "empty 644 |\ntwo words 644 P2 # {a}\n1 2\n|\n"
          "nothing but files\n");
    shows(NULL, 0, "nothing but files\n");
}
END_TEST

START_TEST(one_may_be_longer_than_a_page)
{
    static char text[10001];
    char want[sizeof text + 64];
    memset(text, 'x', sizeof text - 1);
    struct observe_file file = {"long", text};
    snprintf(want, sizeof want, "long 644 %.256s|\nnothing but files\n", text);
    shows(&file, 1, want);
}
END_TEST

static const struct observe_file bad[] = {
    {"files", "in the program's place"},
    {"a/b", ""},
    {"", ""},
};

START_TEST(one_that_cannot_be_is_the_graders_fault)
{
    struct observed run;
    struct trace *trace = NULL;
    const char *why = NULL;
    observed_init(&run, "files");
    run.request.files = &bad[_i];
    run.request.n_files = 1;
    ck_assert_int_eq(observe(&run.request, &trace, &why), -EPERM);
    ck_assert_msg(strstr(why, "preparing the working directory"), "%s", why);
    free(run.program);
}
END_TEST

START_TEST(they_have_no_place_outside_of_a_grading)
{
    struct observed run;
    struct trace *trace = NULL;
    observed_init(&run, "files");
    observed_outside(&run);
    run.request.files = two;
    run.request.n_files = 2;
    ck_assert_int_eq(observe(&run.request, &trace, NULL), -EINVAL);
    free(run.program);
}
END_TEST

SUITE(files)
{
    Suite *suite = suite_create("files");
    TCase *tc = tcase_create("files");
    tcase_set_timeout(tc, 30);
    tcase_add_test(tc, a_program_finds_them);
    tcase_add_test(tc, one_may_be_longer_than_a_page);
    tcase_add_loop_test(tc, one_that_cannot_be_is_the_graders_fault, 0, 3);
    tcase_add_test(tc, they_have_no_place_outside_of_a_grading);
    suite_add_tcase(suite, tc);
    return suite;
}
