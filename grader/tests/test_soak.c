/* The short form of `make soak`: scripts of fixed seeds, on a machine without
 * load. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/observed.h"
#include "tests/soak/generate.h"
#include "tests/soak/script.h"
#include "tests/sound.h"
#include "tests/suite.h"

enum { DETERMINED = 36, MIXED = 60 };

static char base[] = "/tmp/proclab-soak-XXXXXX";
static struct script_case cases[DETERMINED];
static int oracle_result;

static void run_natively(void)
{
    for (int i = 0; i < DETERMINED; i++)
        cases[i].script = script_generate((uint64_t)i, true);
    oracle_result =
        mkdtemp(base) ? script_oracle(cases, DETERMINED, base) : -1;
}

static void clean_up(void)
{
    for (int i = 0; i < DETERMINED; i++)
        script_case_free(&cases[i]);
    rmdir(base);
}

static struct trace *observe_script(const char *script,
                                    const struct schedule *schedule)
{
    struct trace *trace = NULL;
    const char *why = "";
    int r = script_observe(script, schedule, &trace, &why);
    ck_assert_msg(r == 0, "%s: %s\n%s", strerror(-r), why, script);
    char *contradiction = trace_contradiction(trace);
    ck_assert_msg(!contradiction, "%s\n%s", contradiction, script);
    return trace;
}

static void check_words(const struct script_case *c,
                        const struct schedule *schedule)
{
    char name[64];
    struct trace *trace = observe_script(c->script, schedule);
    char *words = script_words(trace);
    if (strcmp(words, c->native) != 0 &&
        script_natively_possible(c->script, words, base) != 1)
        ck_abort_msg("%s:\n%s--- natively:\n%s--- observed:\n%s",
                     schedule_name(schedule, name, sizeof name), c->script,
                     c->native, words);
    free(words);
    trace_free(trace);
}

START_TEST(a_determined_script_comes_out_as_natively)
{
    static const struct schedule schedules[] = {
        {.kind = SCHEDULE_CHILD_FIRST}, {.kind = SCHEDULE_PARENT_FIRST},
        {.kind = SCHEDULE_RANDOM, .seed = 1},
        {.kind = SCHEDULE_RANDOM, .seed = 2}, {.kind = SCHEDULE_FREE}};
    ck_assert_int_eq(oracle_result, 0);
    if (!cases[_i].native)
        return; /* the machine was too busy for it */
    for (size_t i = 0; i < sizeof schedules / sizeof *schedules; i++)
        check_words(&cases[_i], &schedules[i]);
}
END_TEST

START_TEST(nearly_every_script_is_determined)
{
    int open = 0;
    for (int i = 0; i < DETERMINED; i++)
        open += !cases[i].native;
    ck_assert_int_le(open, DETERMINED / 6);
}
END_TEST

START_TEST(the_same_seed_gives_the_same_bytes)
{
    struct schedule schedule = {.kind = SCHEDULE_RANDOM,
                                .seed = (uint64_t)_i + 1};
    char *script = script_generate((uint64_t)_i, false);
    struct trace *one = observe_script(script, &schedule);
    struct trace *two = observe_script(script, &schedule);
    char *a = observed_json(one), *b = observed_json(two);
    ck_assert_msg(!one->exact || strcmp(a, b) == 0, "%s", script);
    ck_assert_int_eq(one->exact, two->exact);
    free(a), free(b), free(script);
    trace_free(one), trace_free(two);
}
END_TEST

static bool has_both(const char *script, void *data)
{
    int *asked = data;
    ++*asked;
    return strstr(script, "fork a") && strstr(script, "exit 3");
}

START_TEST(shrinking_leaves_what_is_needed)
{
    int asked = 0;
    char *text = script_shrink("time 20 9 3\n@1 pause\n@2 fork a {\n@3 ppid\n"
                               "@4 fork b {\nexit 1\n}\n@5 exit 3\n}\nreap\n",
                               has_both, &asked);
    ck_assert_str_eq(text, "time 20 9 3\n@2 fork a {\n@5 exit 3\n}\n");
    ck_assert_int_lt(asked, 20);
    free(text);
}
END_TEST

START_TEST(a_seed_makes_a_script_and_another_seed_another)
{
    char *one = script_generate(7, true), *two = script_generate(7, true);
    char *three = script_generate(8, true);
    char *slow = script_with_unit(one, 60);
    ck_assert_str_eq(one, two);
    ck_assert_str_ne(one, three);
    ck_assert_int_eq(strncmp(slow, "time 60 ", 8), 0);
    ck_assert_str_eq(strchr(slow, '\n'), strchr(one, '\n'));
    free(one), free(two), free(three), free(slow);
}
END_TEST

SUITE(soak)
{
    Suite *suite = suite_create("soak");
    TCase *pure = tcase_create("scripts");
    TCase *tests = tcase_create("runs");
    tcase_add_test(pure, shrinking_leaves_what_is_needed);
    tcase_add_test(pure, a_seed_makes_a_script_and_another_seed_another);
    tcase_set_timeout(tests, 900);
    tcase_add_unchecked_fixture(tests, run_natively, clean_up);
    tcase_add_test(tests, nearly_every_script_is_determined);
    tcase_add_loop_test(tests, a_determined_script_comes_out_as_natively, 0,
                        DETERMINED);
    tcase_add_loop_test(tests, the_same_seed_gives_the_same_bytes, 0, MIXED);
    suite_add_tcase(suite, pure);
    suite_add_tcase(suite, tests);
    return suite;
}
