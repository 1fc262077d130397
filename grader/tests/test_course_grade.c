/* Whole gradings of small submissions, with exercises of their own. */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "course/claim.h"
#include "course/grade.h"
#include "result/format.h"
#include "tests/suite.h"

#define N(array) (sizeof(array) / sizeof *(array))

static char base[] = "/tmp/proclab-grade-XXXXXX";

static void set_up(void)
{
    ck_assert_ptr_nonnull(mkdtemp(base));
    ck_assert_int_eq(chmod(base, 0755), 0);
    ck_assert_int_eq(chdir(base), 0);
    ck_assert_int_eq(system("mkdir -p sub/01-x"), 0);
}

static void tear_down(void)
{
    char command[64];
    ck_assert_int_eq(chdir("/"), 0);
    snprintf(command, sizeof command, "rm -rf %s", base);
    ck_assert_int_eq(system(command), 0);
}

static void write_source(const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "sub/01-x/%s.c", name);
    FILE *f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    fputs(text, f);
    ck_assert_int_eq(fclose(f), 0);
}

static void says_hello(const struct run *run)
{
    claim_prints(run, CLAIM_MAIN, "hello %ld", drawn_number(run, "n"));
}

static void says_goodbye(const struct run *run)
{
    claim_prints(run, CLAIM_MAIN, "goodbye");
}

static void ends_well(const struct run *run)
{
    claim_exits(run, CLAIM_MAIN, 0);
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

static const struct scenario scenarios[] = {
    {.name = "one", .title = "one", .args = {"{n:10-99}"}},
    {.name = "two", .title = "two", .args = {"{n:10-99}", "a 'word'"}},
    {.name = NULL},
};

#define CHECK(name, function, ...)                                          \
    {.id = name, .points = 2, .title = name " is", .judge = function,       \
     .hint = "hint", .lesson = "lesson", __VA_ARGS__}

static const struct check checks[] = {
    CHECK("hello", says_hello, ),
    CHECK("goodbye", says_goodbye, .scenarios = "two"),
    CHECK("end", ends_well, ),
    CHECK("behind", ends_well, .depends = "hello goodbye"),
    CHECK("far_behind", ends_well, .depends = "behind"),
    CHECK("broken", crashes, ),
    CHECK("behind_broken", ends_well, .depends = "broken"),
    {.id = NULL},
};
static const struct check sound[] = {
    CHECK("sound_hello", says_hello, ),
    CHECK("sound_end", ends_well, .depends = "sound_hello"),
    {.id = NULL},
};
static const struct check deadly[] = {
    CHECK("deadly", kills_its_grader, ),
    {.id = NULL},
};

#define EXERCISE_OF(name, its_checks)                                       \
    {.id = "01-x/" name, .title = name, .usage = "N",                       \
     .scenarios = scenarios, .checks = its_checks}

static const struct exercise mixed = EXERCISE_OF("mixed", checks);
static const struct exercise prog = EXERCISE_OF("prog", sound);
static const struct exercise killer = EXERCISE_OF("killer", deadly);

static const char hello[] = "#include <stdio.h>\n"
                            "int main(int argc, char **argv)\n"
                            "{\n"
                            "    if (argc > 1)\n"
                            "        printf(\"hello %s\\n\", argv[1]);\n"
                            "}\n";

static struct grade_request request_of(const struct exercise *const *list,
                                       size_t n)
{
    return (struct grade_request){
        .dir = "sub",
        .exercises = list,
        .n_exercises = n,
        .seed = 1,
        .schedules = 3,
        .jobs = 1,
    };
}

static struct result grade_one(const struct exercise *exercise)
{
    struct result result;
    const char *why = NULL;
    struct grade_request request = request_of(&exercise, 1);
    int rc = grade(&request, &result, &why);
    ck_assert_msg(rc == 0, "%d: %s", rc, why);
    ck_assert_uint_eq(result.n_exercises, 1);
    return result;
}

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
        write_source("prog", builds[_i].source);
    struct result result = grade_one(&prog);
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
    snprintf(source, sizeof source, "static int unused;\n%s", hello);
    write_source("prog", source);
    struct result result = grade_one(&prog);
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
};

START_TEST(each_check_gets_its_verdict)
{
    write_source("mixed", hello);
    struct result result = grade_one(&mixed);
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
    write_source("mixed", hello);
    struct result result = grade_one(&mixed);
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
    const struct exercise *list[] = {&killer, &mixed, &prog};
    struct grade_request request = request_of(list, 3);
    write_source("mixed", hello);
    write_source("prog", "int main(void) { return 3; }\n");
    write_source("killer", hello);
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
    const struct exercise *list[] = {&killer, &prog};
    struct grade_request request = request_of(list, 2);
    struct result result;
    write_source("prog", hello);
    write_source("killer", hello);
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
    const struct exercise *list[] = {&prog, &mixed};
    struct grade_request request = request_of(list, 2);
    struct result result;
    request.only = "behind";
    write_source("mixed", hello);
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
    const struct exercise *list[] = {&prog, &mixed};
    struct grade_request request = request_of(list, 2);
    struct result result;
    int seen[2] = {0, 0};
    request.progress = count_up;
    request.context = seen;
    write_source("prog", hello);
    write_source("mixed", hello);
    ck_assert_int_eq(grade(&request, &result, NULL), 0);
    ck_assert_int_eq(seen[0], 12);
    ck_assert_int_eq(seen[1], 12);
    result_free(&result);
}
END_TEST

START_TEST(a_source_line_is_told)
{
    write_source("prog", "#include <unistd.h>\n"
                         "int main(void)\n"
                         "{\n"
                         "    write(1, \"hello 1\\n\", 8);\n"
                         "}\n");
    struct result result = grade_one(&prog);
    const struct check_result *c = &result.exercises[0].checks[0];
    ck_assert_int_eq(c->verdict, VERDICT_FAIL);
    ck_assert_str_eq(c->where, "prog.c:4");
    ck_assert_uint_eq(strlen(c->program), 7 + 64);
    result_free(&result);
}
END_TEST

START_TEST(what_is_no_submission_is_not_graded)
{
    const struct exercise *list[] = {&prog};
    struct grade_request request = request_of(list, 1);
    struct result result = {.schedules = 77};
    const char *why = NULL;
    request.dir = "missing";
    ck_assert_int_eq(grade(&request, &result, &why), -ENOENT);
    ck_assert_str_eq(why, "There is no such directory.");
    ck_assert_int_eq(result.schedules, 77);
    request.dir = "sub/01-x/prog.c";
    write_source("prog", hello);
    ck_assert_int_eq(grade(&request, &result, &why), -ENOTDIR);
}
END_TEST

START_TEST(without_a_compiler_the_grader_says_so)
{
    const struct exercise *list[] = {&prog};
    struct grade_request request = request_of(list, 1);
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
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_loop_test(tc,
                        what_does_not_build_is_skipped_with_a_word_of_advice,
                        0, (int)N(builds));
    tcase_add_test(tc, a_warning_does_not_matter_but_is_kept);
    tcase_add_test(tc, each_check_gets_its_verdict);
    tcase_add_test(tc, a_run_of_each_scenario_is_shown);
    tcase_add_test(tc, the_outcome_does_not_depend_on_the_number_of_jobs);
    tcase_add_test(tc,
                   the_death_of_a_grader_is_an_error_of_its_exercise_only);
    tcase_add_test(tc, a_single_check_brings_what_it_depends_on);
    tcase_add_test(tc, progress_reaches_the_number_of_runs);
    tcase_add_test(tc, a_source_line_is_told);
    tcase_add_test(tc, what_is_no_submission_is_not_graded);
    tcase_add_test(tc, without_a_compiler_the_grader_says_so);
    suite_add_tcase(suite, tc);
    return suite;
}
