/* Schedules alone: strategies, and what is forced on top of them. */
#include <errno.h>
#include <stdlib.h>

#include "observer/schedule_text.h"
#include "tests/suite.h"

#define N(array) (sizeof(array) / sizeof *(array))

/* The second is the youngest. */
static const struct schedule_option three[] = {
    {5, 0, false}, {9, 1, false}, {7, 2, false}};

/* What a schedule answers to the same question again and again. */
static void ask(const struct schedule *schedule, int *answers, size_t n)
{
    struct schedule_state state;
    schedule_start(&state, schedule);
    for (size_t i = 0; i < n; i++)
        answers[i] = schedule_choose(&state, CHOICE_RUN, three, 3);
}

START_TEST(child_first_is_the_youngest_parent_first_the_oldest)
{
    int answer;
    ask(&(struct schedule){.kind = SCHEDULE_CHILD_FIRST}, &answer, 1);
    ck_assert_int_eq(answer, 1);
    ck_assert_int_eq(schedule_usual(CHOICE_RUN, three, 3), 1);
    ask(&(struct schedule){.kind = SCHEDULE_PARENT_FIRST}, &answer, 1);
    ck_assert_int_eq(answer, 0);
}
END_TEST

START_TEST(forced_choices_hold_on_top_of_any_strategy)
{
    static const struct schedule_forced forced[] = {{1, 2}, {2, 0}, {5, 2}};
    static const enum schedule_kind kinds[] = {
        SCHEDULE_CHILD_FIRST, SCHEDULE_PARENT_FIRST, SCHEDULE_RANDOM,
        SCHEDULE_PCT};
    int plain[8], answers[8];
    struct schedule schedule = {.kind = kinds[_i], .seed = 3};
    ask(&schedule, plain, N(plain));
    schedule.forced = forced;
    schedule.n_forced = N(forced);
    ask(&schedule, answers, N(answers));
    for (size_t i = 0; i < N(forced); i++)
        plain[forced[i].at] = forced[i].chosen;
    ck_assert_mem_eq(answers, plain, sizeof plain);
}
END_TEST

/* How often the same question is answered otherwise than just before. */
static int switches(uint64_t seed, size_t length, int changes)
{
    struct pct pct;
    int n = 0, before = -1;
    pct_start(&pct, seed);
    ck_assert_uint_ge(pct.length, 4);
    ck_assert_uint_le(pct.length, 128);
    ck_assert_int_le(pct.n_changes, PCT_CHANGES);
    if (pct.length != length || pct.n_changes != changes)
        return -1;
    for (size_t i = 0; i < length; i++) {
        int now = pct_choose(&pct, three, 3);
        n += before >= 0 && now != before;
        before = now;
    }
    return n;
}

START_TEST(a_priority_changes_at_few_steps_only)
{
    int seen = 0, most = 0;
    for (uint64_t seed = 0; seed < 2000; seed++) {
        int n = switches(seed, 64, _i);
        ck_assert_int_le(n, _i);
        seen += n >= 0;
        most = n > most ? n : most;
    }
    ck_assert_int_gt(seen, 0);
    ck_assert_int_eq(most, _i);
}
END_TEST

/* Without a change, each of the six orders of three comes up as often; behind
 * the length, each task does. */
START_TEST(priorities_and_the_tail_are_fair)
{
    int orders[3][3] = {{0}}, tail[3] = {0}, runs = 0;
    for (uint64_t seed = 0; seed < 12000; seed++) {
        struct pct pct;
        pct_start(&pct, seed);
        if (pct.n_changes > 0)
            continue;
        int first = pct_choose(&pct, three, 3);
        const struct schedule_option others[] = {three[(first + 1) % 3],
                                                 three[(first + 2) % 3]};
        int second = (first + 1 + pct_choose(&pct, others, 2)) % 3;
        orders[first][second]++;
        pct.step = pct.length;
        tail[pct_choose(&pct, three, 3)]++;
        runs++;
    }
    for (int i = 0; i < 9; i++)
        if (i % 3 != i / 3) {
            ck_assert_int_gt(orders[i / 3][i % 3], runs / 6 - runs / 30);
            ck_assert_int_lt(orders[i / 3][i % 3], runs / 6 + runs / 30);
        }
    for (int i = 0; i < 3; i++)
        ck_assert_int_gt(tail[i], runs / 3 - runs / 30);
}
END_TEST

START_TEST(what_does_not_fit_is_left_to_the_strategy)
{
    static const struct schedule_forced forced[] = {{0, 3}, {1, -1}, {2, 2}};
    int answers[3];
    ask(&(struct schedule){.forced = forced, .n_forced = N(forced)}, answers,
        N(answers));
    ck_assert_int_eq(answers[0], 1);
    ck_assert_int_eq(answers[1], 1);
    ck_assert_int_eq(answers[2], 2);
}
END_TEST

/* The last one sleeps, and would be woken. */
static const struct schedule_option sleepy[] = {
    {5, 0, false}, {9, 1, false}, {11, 2, true}};

START_TEST(nobody_is_woken_while_others_can_go_on)
{
    ck_assert_int_eq(schedule_usual(CHOICE_RUN, sleepy, 3), 1);
    struct schedule_state state;
    schedule_start(&state, &(struct schedule){.kind = SCHEDULE_PARENT_FIRST});
    ck_assert_int_eq(schedule_choose(&state, CHOICE_RUN, sleepy, 3), 0);
    /* By priority, or by chance, all three are possible. */
    bool seen[2][3] = {{false}};
    for (uint64_t seed = 0; seed < 100; seed++)
        for (int i = 0; i < 2; i++) {
            schedule_start(&state, &(struct schedule){
                .kind = i ? SCHEDULE_PCT : SCHEDULE_RANDOM, .seed = seed});
            seen[i][schedule_choose(&state, CHOICE_RUN, sleepy, 3)] = true;
        }
    for (int i = 0; i < 6; i++)
        ck_assert(seen[i / 3][i % 3]);
}
END_TEST

START_TEST(the_victim_comes_last_and_is_held_back)
{
    const struct schedule_option one[] = {{9, 1, false}, {9, 1, false}};
    struct schedule_state state;
    schedule_start(&state, &(struct schedule){.kind = SCHEDULE_STARVE,
                                              .victim = "1.1"});
    ck_assert_int_eq(schedule_choose(&state, CHOICE_HOLD, one, 2), 0);
    state.victim = 1;
    ck_assert_int_eq(schedule_choose(&state, CHOICE_HOLD, one, 2), 1);
    ck_assert_int_eq(schedule_choose(&state, CHOICE_RUN, sleepy, 3), 0);
    ck_assert_int_eq(schedule_choose(&state, CHOICE_RUN, sleepy + 1, 2), 1);
    state.victim = 0;
    ck_assert_int_eq(schedule_choose(&state, CHOICE_HOLD, one, 2), 0);
}
END_TEST

START_TEST(only_starving_lets_time_pass)
{
    static const enum schedule_kind kinds[] = {
        SCHEDULE_CHILD_FIRST, SCHEDULE_PARENT_FIRST, SCHEDULE_RANDOM,
        SCHEDULE_PCT};
    const struct schedule_option one[] = {{9, 1, false}, {9, 1, false}};
    for (uint64_t seed = 0; seed < 100; seed++) {
        struct schedule_state state;
        schedule_start(&state,
                       &(struct schedule){.kind = kinds[_i], .seed = seed});
        ck_assert_int_eq(schedule_choose(&state, CHOICE_HOLD, one, 2), 0);
    }
}
END_TEST

START_TEST(one_option_is_no_decision)
{
    static const struct schedule_forced forced[] = {{0, 0}};
    struct schedule_state state;
    schedule_start(&state,
                   &(struct schedule){.forced = forced, .n_forced = 1});
    ck_assert_int_eq(schedule_choose(&state, CHOICE_RUN, three, 1), 0);
    ck_assert_int_eq(schedule_choose(&state, CHOICE_RUN, three, 3), 0);
    ck_assert_int_eq(schedule_choose(&state, CHOICE_RUN, three, 3), 1);
}
END_TEST

START_TEST(a_trace_gives_what_was_not_usual)
{
    struct trace_decision decisions[] = {
        {.options = 2, .chosen = 1, .usual = 1},
        {.options = 3, .chosen = 0, .usual = 2},
        {.options = 2, .chosen = 0, .usual = 0},
        {.options = 4, .chosen = 3, .usual = 0},
    };
    const struct trace trace = {.decisions = decisions, .n_decisions = 4};
    struct schedule_forced *forced;
    size_t n;
    ck_assert_int_eq(schedule_of_trace(&trace, &forced, &n), 0);
    ck_assert_uint_eq(n, 2);
    ck_assert_uint_eq(forced[0].at, 1);
    ck_assert_int_eq(forced[0].chosen, 0);
    ck_assert_uint_eq(forced[1].at, 3);
    ck_assert_int_eq(forced[1].chosen, 3);
    free(forced);
}
END_TEST

static const char *const texts[] = {
    "child-first", "parent-first", "free", "seed 0", "pct 0", "pct 4711+2:1",
    "starve:1", "starve:1.2.10+4:1",
    "seed 18446744073709551615",
    "child-first+0:1", "parent-first+3:1+8:0+4000:2147483647", "seed 5+1:1",
};

START_TEST(a_schedule_comes_back_from_its_text)
{
    struct schedule schedule;
    struct schedule_forced *forced;
    ck_assert_int_eq(schedule_parse(texts[_i], &schedule, &forced), 0);
    char *text = schedule_text(&schedule);
    ck_assert_str_eq(text, texts[_i]);
    free(text);
    free(forced);
}
END_TEST

static const char *const nonsense[] = {
    "", "+", "child", "child-first+", "child-first+1", "child-first+1:",
    "child-first+:1", "child-first+-1:1", "child-first+1:1 ",
    "child-first+2:1+1:1", "child-first+1:1+1:0", "child-first+1:9999999999",
    "seed", "seed x", "pct", "pct -1", "pct 5 5",
    "starve", "starve:", "starve:2", "starve:1.", "starve:1..2", "starve:1.x",
    "starve:1.1.1.1.1.1.1.1.1.1.1.1.1", "seed 05", "seed 5 5", "5",
    "child-first+99999999999999999999:1",
};

START_TEST(what_is_no_schedule_is_refused)
{
    struct schedule schedule;
    struct schedule_forced *forced;
    ck_assert_int_eq(schedule_parse(nonsense[_i], &schedule, &forced),
                     -EINVAL);
}
END_TEST

SUITE(schedule)
{
    Suite *suite = suite_create("schedule");
    TCase *tests = tcase_create("choices");
    tcase_add_test(tests, child_first_is_the_youngest_parent_first_the_oldest);
    tcase_add_loop_test(tests, forced_choices_hold_on_top_of_any_strategy, 0,
                        4);
    tcase_add_loop_test(tests, a_priority_changes_at_few_steps_only, 0,
                        PCT_CHANGES + 1);
    tcase_add_test(tests, priorities_and_the_tail_are_fair);
    tcase_add_test(tests, what_does_not_fit_is_left_to_the_strategy);
    tcase_add_test(tests, nobody_is_woken_while_others_can_go_on);
    tcase_add_test(tests, the_victim_comes_last_and_is_held_back);
    tcase_add_loop_test(tests, only_starving_lets_time_pass, 0, 4);
    tcase_add_test(tests, one_option_is_no_decision);
    tcase_add_test(tests, a_trace_gives_what_was_not_usual);
    tcase_add_loop_test(tests, a_schedule_comes_back_from_its_text, 0,
                        (int)N(texts));
    tcase_add_loop_test(tests, what_is_no_schedule_is_refused, 0,
                        (int)N(nonsense));
    suite_add_tcase(suite, tests);
    return suite;
}
