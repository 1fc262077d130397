/* Whole gradings of small submissions, with exercises of their own. */

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "course/claim.h"
#include "course/grade.h"
#include "result/format.h"
#include "tests/lab.h"
#include "tests/suite.h"

#define N(array) (sizeof(array) / sizeof *(array))

static void says_goodbye(const struct run *run)
{
    claim_prints(run, CLAIM_MAIN, "goodbye");
}

static void crashes(const struct run *run)
{
    (void)run;
    abort();
}

/* Its parent is the process that grades the exercise. */
static void kills_its_grader(const struct run *run)
{
    (void)run;
    kill(getppid(), SIGKILL);
    pause();
}

static const struct check checks[] = {
    LAB_CHECK("hello", lab_says_hello, ),
    LAB_CHECK("goodbye", says_goodbye, .scenarios = "two"),
    LAB_CHECK("end", lab_ends_well, ),
    LAB_CHECK("behind", lab_ends_well, .depends = "hello goodbye"),
    LAB_CHECK("far_behind", lab_ends_well, .depends = "behind"),
    LAB_CHECK("broken", crashes, ),
    LAB_CHECK("behind_broken", lab_ends_well, .depends = "broken"),
    LAB_CHECK("blind", lab_ends_well, .scenarios = "none"),
    {.id = NULL},
};
static const struct check deadly[] = {
    LAB_CHECK("deadly", kills_its_grader, ),
    {.id = NULL},
};

static const struct exercise mixed = LAB_EXERCISE("mixed", checks);
static const struct exercise killer = LAB_EXERCISE("killer", deadly);

static const struct {
    enum verdict verdict;
    const char *seen;
} verdicts[] = {
    {VERDICT_PASS, NULL},
    {VERDICT_FAIL, "Nobody did, nor a line like it; 1 other line was there"},
    {VERDICT_PASS, NULL},
    {VERDICT_SKIP, "needs: goodbye is"},
    {VERDICT_SKIP, "needs: behind is"},
    {VERDICT_ERROR, "The check itself went wrong"},
    {VERDICT_ERROR, "needs: broken is (the grader could not judge that)"},
    {VERDICT_ERROR, "No run was made on which this can be judged."},
};

START_TEST(each_check_gets_its_verdict)
{
    lab_write("mixed", lab_hello);
    struct result result = lab_grade_one(&mixed);
    const struct exercise_result *e = &result.exercises[0];
    ck_assert_uint_eq(e->n_checks, N(verdicts));
    for (size_t i = 0; i < N(verdicts); i++) {
        const struct check_result *c = &e->checks[i];
        ck_assert_msg(c->verdict == verdicts[i].verdict, "%s: %s", c->id,
                      c->seen);
        if (verdicts[i].seen)
            ck_assert_msg(strstr(c->seen, verdicts[i].seen), "%s", c->seen);
        ck_assert_int_eq(c->points, c->verdict == VERDICT_PASS ? 2 : 0);
        ck_assert_int_eq(c->max_points, 2);
    }
    ck_assert_str_eq(e->checks[1].scenario, "two");
    ck_assert_str_eq(e->checks[1].schedule, "child-first");
    ck_assert_int_eq(strncmp(e->checks[1].command, "./mixed ", 8), 0);
    ck_assert_ptr_nonnull(strstr(e->checks[1].command, "'a '\\''word'\\'''"));
    ck_assert(!result_complete(&result));
    result_free(&result);
}
END_TEST

START_TEST(a_run_of_each_scenario_is_shown)
{
    lab_write("mixed", lab_hello);
    struct result result = lab_grade_one(&mixed);
    const struct exercise_result *e = &result.exercises[0];
    ck_assert_uint_eq(e->n_runs, 2);
    ck_assert_str_eq(e->runs[1].scenario, "two");
    ck_assert_str_eq(e->runs[1].schedule, "child-first");
    ck_assert_str_eq(e->runs[1].outcome, "ended");
    ck_assert_uint_eq(e->runs[1].n_lines, 1);
    ck_assert_str_eq(e->runs[1].lines[0].process, "main");
    ck_assert_int_eq(strncmp(e->runs[1].lines[0].text, "hello ", 6), 0);
    ck_assert_uint_eq(e->runs[1].n_processes, 1);
    ck_assert_str_eq(e->runs[1].processes[0].place, "1");
    result_free(&result);
}
END_TEST

static char *json_of(const struct grade_request *request)
{
    struct result result;
    const char *why = NULL;
    int rc = grade(request, &result, &why);
    ck_assert_msg(rc == 0, "%d: %s", rc, why);
    json_t *json = result_to_json(&result);
    char *text = json_dumps(json, JSON_INDENT(2));
    json_decref(json);
    result_free(&result);
    ck_assert_ptr_nonnull(text);
    return text;
}

START_TEST(the_outcome_does_not_depend_on_the_number_of_jobs)
{
    const struct exercise *list[] = {&killer, &mixed, &lab_prog};
    struct grade_request request = lab_request(list, 3);
    lab_write("mixed", lab_hello);
    lab_write("prog", "int main(void) { return 3; }\n");
    lab_write("killer", lab_hello);
    char *one = json_of(&request);
    request.jobs = 3;
    char *three = json_of(&request);
    ck_assert_str_eq(one, three);
    free(one);
    free(three);
}
END_TEST

START_TEST(the_death_of_a_grader_is_an_error_of_its_exercise_only)
{
    const struct exercise *list[] = {&killer, &lab_prog};
    struct grade_request request = lab_request(list, 2);
    struct result result;
    lab_write("prog", lab_hello);
    lab_write("killer", lab_hello);
    ck_assert_int_eq(grade(&request, &result, NULL), 0);
    ck_assert_int_eq(result.exercises[0].checks[0].verdict, VERDICT_ERROR);
    ck_assert_ptr_nonnull(strstr(result.exercises[0].checks[0].seen,
                                 "came to grief"));
    ck_assert_int_eq(exercise_points(&result.exercises[1]), 4);
    result_free(&result);
}
END_TEST

START_TEST(a_single_check_brings_what_it_depends_on)
{
    const struct exercise *list[] = {&lab_prog, &mixed};
    struct grade_request request = lab_request(list, 2);
    struct result result;
    request.only = "behind";
    lab_write("mixed", lab_hello);
    ck_assert_int_eq(grade(&request, &result, NULL), 0);
    ck_assert_uint_eq(result.n_exercises, 1);
    ck_assert_str_eq(result.exercises[0].id, "01-x/mixed");
    ck_assert_uint_eq(result.exercises[0].n_checks, 3);
    ck_assert_str_eq(result.exercises[0].checks[0].id, "hello");
    ck_assert_str_eq(result.exercises[0].checks[1].id, "goodbye");
    ck_assert_str_eq(result.exercises[0].checks[2].id, "behind");
    result_free(&result);
    request.only = "no_such_check";
    ck_assert_int_eq(grade(&request, &result, NULL), -EINVAL);
}
END_TEST

static void count_up(void *context, int done, int total)
{
    int *seen = context;
    ck_assert_int_gt(done, seen[0]);
    seen[0] = done;
    seen[1] = total;
}

START_TEST(progress_reaches_the_number_of_runs)
{
    const struct exercise *list[] = {&lab_prog, &mixed};
    struct grade_request request = lab_request(list, 2);
    struct result result;
    int seen[2] = {0, 0};
    request.progress = count_up;
    request.context = seen;
    lab_write("prog", lab_hello);
    lab_write("mixed", lab_hello);
    ck_assert_int_eq(grade(&request, &result, NULL), 0);
    ck_assert_int_eq(seen[0], 12);
    ck_assert_int_eq(seen[1], 12);
    result_free(&result);
}
END_TEST

START_TEST(a_source_line_is_told)
{
    lab_write("prog", "#include <unistd.h>\n"
                         "int main(void)\n"
                         "{\n"
                         "    write(1, \"hello 1\\n\", 8);\n"
                         "}\n");
    struct result result = lab_grade_one(&lab_prog);
    const struct check_result *c = &result.exercises[0].checks[0];
    ck_assert_int_eq(c->verdict, VERDICT_FAIL);
    ck_assert_str_eq(c->where, "prog.c:4");
    ck_assert_uint_eq(strlen(c->program), 7 + 64);
    result_free(&result);
}
END_TEST

START_TEST(a_deadlock_tells_who_waits_where)
{
    static const struct check ends[] = {
        LAB_CHECK("ends", claim_comes_to_an_end), {0}};
    static const struct exercise exercise = LAB_EXERCISE("prog", ends);
    lab_write("prog", "#include <sys/wait.h>\n"
                      "#include <unistd.h>\n"
                      "int main(void)\n"
                      "{\n"
                      "    int ends[2];\n"
                      "    if (pipe(ends) == 0 && fork() == 0)\n"
                      "        return (int)read(ends[0], ends, 1);\n"
                      "    wait(NULL);\n"
                      "}\n");
    struct result result = lab_grade_one(&exercise);
    const struct check_result *c = &result.exercises[0].checks[0];
    ck_assert_int_eq(c->verdict, VERDICT_FAIL);
    ck_assert_str_eq(
        c->seen,
        "All processes wait, and nothing is left that could wake one of them: "
        "main waits for any of its children in waitpid(-1) since 0.000 s "
        "(prog.c:8); process 1.1 waits for input in read(3) since 0.000 s "
        "(prog.c:7)");
    ck_assert_str_eq(c->where, "prog.c:8");
    result_free(&result);
}
END_TEST

START_TEST(what_is_no_submission_is_not_graded)
{
    const struct exercise *list[] = {&lab_prog};
    struct grade_request request = lab_request(list, 1);
    struct result result = {.schedules = 77};
    const char *why = NULL;
    request.dir = "missing";
    ck_assert_int_eq(grade(&request, &result, &why), -ENOENT);
    ck_assert_str_eq(why, "There is no such directory.");
    ck_assert_int_eq(result.schedules, 77);
    request.dir = "sub/01-x/prog.c";
    lab_write("prog", lab_hello);
    ck_assert_int_eq(grade(&request, &result, &why), -ENOTDIR);
}
END_TEST

START_TEST(without_a_compiler_the_grader_says_so)
{
    const struct exercise *list[] = {&lab_prog};
    struct grade_request request = lab_request(list, 1);
    struct result result;
    const char *why = NULL;
    char *path = strdup(getenv("PATH"));
    setenv("PATH", "/nonexistent", 1);
    int rc = grade(&request, &result, &why);
    setenv("PATH", path, 1);
    free(path);
    ck_assert_int_eq(rc, -ENOENT);
    ck_assert_ptr_nonnull(strstr(why, "install gcc"));
}
END_TEST

SUITE(course_grade)
{
    Suite *suite = suite_create("course_grade");
    TCase *tc = tcase_create("grade");
    tcase_set_timeout(tc, 60);
    tcase_add_checked_fixture(tc, lab_set_up, lab_tear_down);
    tcase_add_test(tc, each_check_gets_its_verdict);
    tcase_add_test(tc, a_run_of_each_scenario_is_shown);
    tcase_add_test(tc, the_outcome_does_not_depend_on_the_number_of_jobs);
    tcase_add_test(tc,
                   the_death_of_a_grader_is_an_error_of_its_exercise_only);
    tcase_add_test(tc, a_single_check_brings_what_it_depends_on);
    tcase_add_test(tc, progress_reaches_the_number_of_runs);
    tcase_add_test(tc, a_source_line_is_told);
    tcase_add_test(tc, a_deadlock_tells_who_waits_where);
    tcase_add_test(tc, what_is_no_submission_is_not_graded);
    tcase_add_test(tc, without_a_compiler_the_grader_says_so);
    suite_add_tcase(suite, tc);
    return suite;
}
