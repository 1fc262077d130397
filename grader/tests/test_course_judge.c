/* A check is judged in a process of its own, and nothing that happens there
 * is taken for a verdict on the program. */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "course/claim.h"
#include "course/judge.h"
#include "tests/suite.h"
#include "tests/traces.h"

static const struct exercise exercise = {.id = "01-x/prog"};
static const struct scenario scenarios[] = {{.name = "one"}, {.name = "two"}};
static const struct trace hasty = {.honest_clock = false, .exact = true};
static const struct drawn drawn[] = {{"a", "7"}, {"w", "ant"}};

#define RUN(nth, its_trace)                                                 \
    {.scenario = &scenarios[nth], .exercise = &exercise, .schedule = "s",   \
     .trace = (its_trace), .drawn = drawn, .n_drawn = 2}

static const struct run runs[] = {
    RUN(0, &trace_empty),
    RUN(1, &trace_empty),
    RUN(0, &hasty),
};

static void holds(const struct run *run)
{
    (void)run;
}

static void fails(const struct run *run)
{
    claim_failed(run, -1, "This is expected", "That is %s", "seen");
}

static void fails_on_two(const struct run *run)
{
    if (run->scenario == &scenarios[1])
        fails(run);
}

static void fails_when_hasty(const struct run *run)
{
    if (!run->trace->honest_clock)
        fails(run);
}

static void crashes(const struct run *run)
{
    (void)run;
    abort();
}

static void leaves(const struct run *run)
{
    (void)run;
    exit(0);
}

static void leaves_badly(const struct run *run)
{
    (void)run;
    _exit(1);
}

static void hangs(const struct run *run)
{
    (void)run;
    for (;;)
        pause();
}

/* An assertion of Check's own is a mistake of the check's author. */
static void asserts(const struct run *run)
{
    ck_assert_ptr_null(run);
}

static void asks_for_nothing_drawn(const struct run *run)
{
    drawn_number(run, "b");
}

static void asks_for_the_number_of_a_word(const struct run *run)
{
    drawn_number(run, "w");
}

static void knows_what_was_drawn(const struct run *run)
{
    if (drawn_number(run, "a") != 7 || strcmp(drawn_word(run, "w"), "ant"))
        abort();
}

static void says_very_much(const struct run *run)
{
    char much[10000];
    memset(much, 'x', sizeof much - 1);
    much[sizeof much - 1] = '\0';
    claim_failed(run, -1, much, "%s", much);
}

static const struct {
    struct check check;
    enum verdict verdict;
    int run, judged;
    const char *seen;
} cases[] = {
    {{.judge = holds}, VERDICT_PASS, -1, 3, ""},
    {{.judge = holds, .scenarios = "two"}, VERDICT_PASS, -1, 1, ""},
    {{.judge = holds, .scenarios = "three"}, VERDICT_PASS, -1, 0, ""},
    {{.judge = holds, .clock = CLOCK_HONEST}, VERDICT_PASS, -1, 2, ""},
    {{.judge = fails}, VERDICT_FAIL, 0, 1, "That is seen"},
    {{.judge = fails_on_two}, VERDICT_FAIL, 1, 2, "That is seen"},
    {{.judge = fails_on_two, .scenarios = "one"}, VERDICT_PASS, -1, 2, ""},
    {{.judge = fails_when_hasty}, VERDICT_FAIL, 2, 3, "That is seen"},
    {{.judge = fails_when_hasty, .clock = CLOCK_HONEST},
     VERDICT_PASS, -1, 2, ""},
    {{.judge = crashes}, VERDICT_ERROR, -1, 1, "The check itself went wrong"},
    {{.judge = leaves}, VERDICT_ERROR, -1, 1, "The check itself went wrong"},
    {{.judge = leaves_badly}, VERDICT_ERROR, -1, 1,
     "The check itself went wrong"},
    {{.judge = hangs}, VERDICT_ERROR, -1, 1, "imeout"},
    {{.judge = asserts}, VERDICT_ERROR, -1, 1, "Assertion"},
    {{.judge = asks_for_nothing_drawn}, VERDICT_ERROR, -1, 1,
     "asks for {b}, which scenario one does not draw"},
    {{.judge = asks_for_the_number_of_a_word}, VERDICT_ERROR, -1, 1,
     "{w} for a number, but it is \"ant\""},
    {{.judge = knows_what_was_drawn}, VERDICT_PASS, -1, 3, ""},
    {{.judge = says_very_much}, VERDICT_FAIL, 0, 1, "xxxxxx"},
};

START_TEST(a_check_ends_in_the_right_verdict)
{
    struct check check = cases[_i].check;
    struct judged judged;
    check.id = "sample";
    judge_check(&check, runs, 3, 0.5, &judged);
    ck_assert_msg(judged.verdict == cases[_i].verdict, "%d: %s",
                  judged.verdict, judged.seen);
    ck_assert_int_eq(judged.run, cases[_i].run);
    ck_assert_int_eq(judged.judged, cases[_i].judged);
    ck_assert_msg(strstr(judged.seen, cases[_i].seen), "%s", judged.seen);
    if (judged.verdict != VERDICT_FAIL)
        ck_assert_str_eq(judged.expected, "");
}
END_TEST

/* What a user sets for other tests must not reach these. */
START_TEST(settings_of_check_do_not_matter)
{
    struct check check = {.id = "sample", .judge = fails};
    struct judged judged;
    setenv("CK_FORK", "no", 1);
    setenv("CK_RUN_CASE", "another", 1);
    setenv("CK_VERBOSITY", "verbose", 1);
    judge_check(&check, runs, 3, 5, &judged);
    ck_assert_int_eq(judged.verdict, VERDICT_FAIL);
    check.judge = crashes;
    judge_check(&check, runs, 3, 5, &judged);
    ck_assert_int_eq(judged.verdict, VERDICT_ERROR);
}
END_TEST

/* What is registered with atexit() belongs to the grader. */
static void told_to_die(void)
{
    abort();
}

START_TEST(a_check_does_not_run_the_graders_exit_handlers)
{
    struct check check = {.id = "sample", .judge = holds};
    struct judged judged;
    atexit(told_to_die);
    judge_check(&check, runs, 3, 5, &judged);
    _exit(judged.verdict == VERDICT_PASS ? 0 : 1);
}
END_TEST

static const struct {
    const char *list, *word;
    bool has;
} lists[] = {
    {"a b c", "b", true},   {"a b c", "c", true},  {"abc", "b", false},
    {"a  bb c", "b", false}, {"", "", false},      {NULL, "a", false},
    {" a ", "a", true},
};

START_TEST(a_list_has_its_words)
{
    ck_assert(list_has(lists[_i].list, lists[_i].word) == lists[_i].has);
}
END_TEST

SUITE(course_judge)
{
    Suite *suite = suite_create("course_judge");
    TCase *tc = tcase_create("judge");
    tcase_add_loop_test(tc, a_check_ends_in_the_right_verdict, 0,
                        LENGTH(cases));
    tcase_add_test(tc, settings_of_check_do_not_matter);
    tcase_add_test(tc, a_check_does_not_run_the_graders_exit_handlers);
    tcase_add_loop_test(tc, a_list_has_its_words, 0, LENGTH(lists));
    suite_add_tcase(suite, tc);
    return suite;
}
