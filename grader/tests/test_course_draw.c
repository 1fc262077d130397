/* Placeholders and what becomes of a scenario. */

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "course/draw.h"
#include "course/scenario.h"
#include "tests/suite.h"

static void draw_is(struct drawing *d, const char *text, const char *want)
{
    char *made;
    ck_assert_int_eq(draw_text(d, text, &made), 0);
    ck_assert_str_eq(made, want);
    free(made);
}

static const char *const unchanged[] = {
    "", "plain", "{", "}", "{}", "{1:2-3}", "a{ b }c", "{A:1-2}", "{a b:1-2}",
    "{\"key\": 1}", "{{", "{a",
};

START_TEST(other_braces_stand_for_themselves)
{
    struct drawing d;
    draw_start(&d, 1, "x/y", "s");
    draw_is(&d, unchanged[_i], unchanged[_i]);
    ck_assert_uint_eq(d.n, 0);
}
END_TEST

START_TEST(a_range_holds_both_of_its_ends_and_nothing_else)
{
    int seen[10] = {0};
    for (uint64_t seed = 0; seed < 200; seed++) {
        struct drawing d;
        char *made;
        draw_start(&d, seed, "x/y", "s");
        ck_assert_int_eq(draw_text(&d, "{a:2-5}", &made), 0);
        int value = atoi(made);
        ck_assert_int_ge(value, 2);
        ck_assert_int_le(value, 5);
        seen[value]++;
        free(made);
    }
    for (int i = 2; i <= 5; i++)
        ck_assert_int_gt(seen[i], 20);
}
END_TEST

START_TEST(a_value_stays_the_same_in_later_texts)
{
    struct drawing d;
    draw_start(&d, 7, "x/y", "s");
    draw_is(&d, "-{a:5-5}-{w:ant}{a}", "-5-ant5");
    draw_is(&d, "{w} {a:5-5}.", "ant 5.");
    ck_assert_uint_eq(d.n, 2);
    ck_assert_str_eq(d.drawn[0].name, "a");
    ck_assert_str_eq(d.drawn[1].text, "ant");
}
END_TEST

START_TEST(words_of_one_list_are_different_while_there_are_any)
{
    for (uint64_t seed = 0; seed < 50; seed++) {
        struct drawing d;
        char *made;
        draw_start(&d, seed, "x/y", "s");
        ck_assert_int_eq(draw_text(&d, "{a:p,q,r}{b:p,q,r}{c:p,q,r}", &made),
                         0);
        ck_assert_ptr_nonnull(strchr(made, 'p'));
        ck_assert_ptr_nonnull(strchr(made, 'q'));
        ck_assert_ptr_nonnull(strchr(made, 'r'));
        free(made);
        ck_assert_int_eq(draw_text(&d, "{d:p,q,r}", &made), 0);
        free(made);
    }
}
END_TEST

START_TEST(a_placeholder_added_later_leaves_the_others)
{
    struct drawing few, many;
    char *a, *b;
    draw_start(&few, 3, "x/y", "s");
    draw_start(&many, 3, "x/y", "s");
    ck_assert_int_eq(draw_text(&few, "{k:1-1000000}", &a), 0);
    ck_assert_int_eq(draw_text(&many, "{z:1-9}", &b), 0);
    free(b);
    ck_assert_int_eq(draw_text(&many, "{k:1-1000000}", &b), 0);
    ck_assert_str_eq(a, b);
    free(a);
    free(b);
}
END_TEST

static const struct {
    uint64_t seed;
    const char *exercise, *scenario;
} others[] = {{2, "x/y", "s"}, {1, "x/z", "s"}, {1, "x/y", "t"},
              {1, "x/ys", ""}};

START_TEST(another_seed_exercise_or_scenario_draws_other_values)
{
    struct drawing d, other;
    char *a, *b;
    draw_start(&d, 1, "x/y", "s");
    draw_start(&other, others[_i].seed, others[_i].exercise,
               others[_i].scenario);
    ck_assert_int_eq(draw_text(&d, "{k:0-999999999}", &a), 0);
    ck_assert_int_eq(draw_text(&other, "{k:0-999999999}", &b), 0);
    ck_assert_str_ne(a, b);
    free(a);
    free(b);
}
END_TEST

static const char *const bad[] = {
    "{a}", "{a:5-2}", "{a:}", "{a:x,,y}{b:x,,y}{c:x,,y}", "{a:1-2}{a:1-3}",
    "{a_name_that_is_much_too_long_for_any_table:1-2}",
};

START_TEST(a_bad_placeholder_is_refused)
{
    struct drawing d;
    char *made = (char *)"untouched";
    draw_start(&d, 1, "x/y", "s");
    ck_assert_int_eq(draw_text(&d, bad[_i], &made), -EINVAL);
    ck_assert_str_eq(made, "untouched");
}
END_TEST

static const struct exercise exercise = {.id = "09-test/sample"};
static const struct scenario scenario = {
    .name = "s",
    .args = {"{n:3-3}", "b"},
    .env = {"N={n}"},
    .steps = {INPUT(1500, "go {n}\n"), SEND(2000, SIGTERM), CLOSE_INPUT(3000)},
    .bystanders = {{'S', "cat {n}", {"a", "-", "{n}"}}, {'Z', "z", {NULL}}},
    .files = {{"numbers", "{n} and {n}\n"}},
    .watch_ms = 10,
};

START_TEST(a_scenario_becomes_a_request)
{
    struct prepared p;
    struct observe_request r;
    ck_assert_int_eq(scenario_prepare(&exercise, &scenario, 1, &p), 0);
    scenario_request(&scenario, &p, "/x/sample", &r);
    ck_assert_int_eq(p.argc, 3);
    ck_assert_str_eq(r.argv[0], "./sample");
    ck_assert_str_eq(r.argv[1], "3");
    ck_assert_ptr_null(r.argv[3]);
    ck_assert_str_eq(r.env[0], "N=3");
    ck_assert_uint_eq(r.n_steps, 3);
    ck_assert_int_eq(r.steps[0].at_ns, INT64_C(1500000000));
    ck_assert_str_eq(r.steps[0].text, "go 3\n");
    ck_assert_int_eq(r.steps[1].signal, SIGTERM);
    ck_assert_int_eq(r.steps[2].kind, OBSERVE_CLOSE);
    ck_assert_uint_eq(r.n_files, 1);
    ck_assert_str_eq(r.files[0].name, "numbers");
    ck_assert_str_eq(r.files[0].text, "3 and 3\n");
    ck_assert_str_eq(p.files[0].text, "3 and 3\n");
    ck_assert_ptr_null(p.files[1].name);
    ck_assert_uint_eq(r.n_bystanders, 2);
    ck_assert_str_eq(r.bystanders[0].name, "cat 3");
    ck_assert_str_eq(r.bystanders[0].argv[2], "3");
    ck_assert_ptr_null(r.bystanders[0].argv[3]);
    ck_assert_int_eq(r.bystanders[1].state, OBSERVE_ZOMBIE);
    ck_assert_int_eq(r.watch_ns, 10000000);
    ck_assert_int_eq(r.limits.virtual_ns, INT64_C(600000000000));
    scenario_release(&p);
}
END_TEST

static const struct places family = {3, {"1", "1.1", "1.2"}};

START_TEST(schedules_begin_with_the_two_simple_ones)
{
    ck_assert_int_eq(scenario_schedule(1, 0, &family).kind,
                     SCHEDULE_CHILD_FIRST);
    ck_assert_int_eq(scenario_schedule(1, 1, &family).kind,
                     SCHEDULE_PARENT_FIRST);
    struct schedule a = scenario_schedule(1, 3, &family);
    struct schedule b = scenario_schedule(1, 5, &family);
    ck_assert_int_eq(a.kind, SCHEDULE_RANDOM);
    ck_assert_int_eq(b.kind, SCHEDULE_PCT);
    ck_assert_uint_ne(a.seed, b.seed);
    ck_assert_uint_ne(a.seed, scenario_schedule(2, 3, &family).seed);
    ck_assert_uint_eq(a.seed, scenario_schedule(1, 3, &family).seed);
}
END_TEST

START_TEST(each_process_starves_once)
{
    static const char *const places[] = {"1.1", "1", "1.2"};
    for (int i = 0; i < 3; i++) {
        struct schedule s = scenario_schedule(1, 2 + 2 * i, &family);
        ck_assert_int_eq(s.kind, SCHEDULE_STARVE);
        ck_assert_str_eq(s.victim, places[i]);
    }
    for (int i = 8; i < 20; i++)
        ck_assert_int_ne(scenario_schedule(1, i, &family).kind,
                         SCHEDULE_STARVE);
}
END_TEST

#define N(array) ((int)(sizeof(array) / sizeof *(array)))

SUITE(course_draw)
{
    Suite *suite = suite_create("course_draw");
    TCase *tc = tcase_create("draw");
    tcase_add_loop_test(tc, other_braces_stand_for_themselves, 0,
                        N(unchanged));
    tcase_add_test(tc, a_range_holds_both_of_its_ends_and_nothing_else);
    tcase_add_test(tc, a_value_stays_the_same_in_later_texts);
    tcase_add_test(tc, words_of_one_list_are_different_while_there_are_any);
    tcase_add_test(tc, a_placeholder_added_later_leaves_the_others);
    tcase_add_loop_test(tc,
                        another_seed_exercise_or_scenario_draws_other_values,
                        0, N(others));
    tcase_add_loop_test(tc, a_bad_placeholder_is_refused, 0, N(bad));
    tcase_add_test(tc, a_scenario_becomes_a_request);
    tcase_add_test(tc, schedules_begin_with_the_two_simple_ones);
    tcase_add_test(tc, each_process_starves_once);
    suite_add_tcase(suite, tc);
    return suite;
}
