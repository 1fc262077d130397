/* What becomes of sources that do not build. */

#include <stdio.h>
#include <string.h>

#include "tests/lab.h"
#include "tests/suite.h"

static const struct {
    const char *source, *problem, *diagnostic;
} builds[] = {
    {NULL, "There is no file 01-x/prog.c", NULL},
    {"int main(void)\n{\n    retrun 0;\n}\n", "01-x/prog.c does not compile",
     "retrun"},
    {"int Main(void) { return 0; }\n", "01-x/prog.c has no main()", NULL},
    {"void halp(void);\nint main(void) { halp(); }\n",
     "01-x/prog.c uses halp, which is defined nowhere",
     "undefined reference to 'halp'"},
    {"int x;\nint x(void) { return 0; }\nint main(void) {}\n",
     "01-x/prog.c does not compile", "x"},
    {"#include \"prog.c\"\n", "01-x/prog.c does not compile", NULL},
    {"#include \"missing.h\"\nint main(void) {}\n",
     "01-x/prog.c does not compile", "missing.h"},
    {"#include \"/etc/passwd\"\nint main(void) {}\n",
     "01-x/prog.c does not compile", "a file that it includes"},
    {"\xff\xfe int main(void) { \"\xff\"; return x; }\n",
     "01-x/prog.c does not compile", NULL},
};

static bool any_message(const struct exercise_result *e, const char *words)
{
    for (size_t i = 0; i < e->n_diagnostics; i++)
        if (strstr(e->diagnostics[i].message, words))
            return true;
    return false;
}

START_TEST(what_does_not_build_is_skipped_with_a_word_of_advice)
{
    if (builds[_i].source)
        lab_write("prog", builds[_i].source);
    struct result result = lab_grade_one(&lab_prog);
    const struct exercise_result *e = &result.exercises[0];
    ck_assert(!e->built);
    ck_assert_msg(strstr(e->build_problem, builds[_i].problem), "%s",
                  e->build_problem);
    if (builds[_i].diagnostic)
        ck_assert(any_message(e, builds[_i].diagnostic));
    for (size_t i = 0; i < e->n_diagnostics; i++) {
        ck_assert_str_eq(e->diagnostics[i].file, "01-x/prog.c");
        ck_assert_ptr_null(strstr(e->diagnostics[i].message, "root"));
    }
    ck_assert_uint_eq(e->n_checks, 2);
    ck_assert_int_eq(e->checks[1].verdict, VERDICT_SKIP);
    ck_assert_str_eq(e->checks[1].seen, e->build_problem);
    ck_assert_int_eq(result_points(&result), 0);
    ck_assert_int_eq(result_max_points(&result), 4);
    ck_assert(result_complete(&result));
    result_free(&result);
}
END_TEST

START_TEST(a_warning_does_not_matter_but_is_kept)
{
    char source[600];
    snprintf(source, sizeof source, "static int unused;\n%s", lab_hello);
    lab_write("prog", source);
    struct result result = lab_grade_one(&lab_prog);
    const struct exercise_result *e = &result.exercises[0];
    ck_assert(e->built);
    ck_assert_uint_eq(e->n_diagnostics, 1);
    ck_assert_str_eq(e->diagnostics[0].severity, "warning");
    ck_assert_int_eq(e->diagnostics[0].line, 1);
    ck_assert_int_eq(e->diagnostics[0].column, 12);
    ck_assert_int_eq(result_points(&result), 4);
    result_free(&result);
}
END_TEST

SUITE(course_build)
{
    Suite *suite = suite_create("course_build");
    TCase *tc = tcase_create("build");
    tcase_set_timeout(tc, 60);
    tcase_add_checked_fixture(tc, lab_set_up, lab_tear_down);
    tcase_add_loop_test(tc,
                        what_does_not_build_is_skipped_with_a_word_of_advice,
                        0, (int)(sizeof builds / sizeof *builds));
    tcase_add_test(tc, a_warning_does_not_matter_but_is_kept);
    suite_add_tcase(suite, tc);
    return suite;
}
