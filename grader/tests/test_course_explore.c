/* Which runs are made to judge a program, and which one shows a failure. */

#include <stdlib.h>
#include <string.h>

#include "course/claim.h"
#include "course/digest.h"
#include "course/replay.h"
#include "result/format.h"
#include "tests/lab.h"
#include "tests/suite.h"
#include "tests/traces.h"

/* Two children that sleep as long and then say who they are; main says
 * something at once. */
static const char family[] =
    "#include <stdlib.h>\n"
    "#include <sys/wait.h>\n"
    "#include <unistd.h>\n"
    "static void child(const char *word)\n"
    "{\n"
    "    if (fork() != 0)\n"
    "        return;\n"
    "    sleep(1);\n"
    "    write(1, word, 2);\n"
    "    _exit(0);\n"
    "}\n"
    "int main(void)\n"
    "{\n"
    "    child(\"1\\n\");\n"
    "    child(\"2\\n\");\n"
    "    write(1, \"0\\n\", 2);\n"
    "    while (wait(NULL) > 0)\n"
    "        ;\n"
    "}\n";

static long first_write(const struct run *run, int proc)
{
    return trace_find(run->trace, TRACE_WRITE, proc, 0);
}

/* What child-first does, and no other order: the youngest wakes first. */
static void second_before_first(const struct run *run)
{
    if (first_write(run, 1) < first_write(run, 2))
        claim_failed(run, first_write(run, 1), "the second writes first",
                     "the first did");
}

static void never(const struct run *run)
{
    claim_failed(run, -1, "never", "never");
}

static const struct check ordered[] = {
    LAB_CHECK("explore_order", second_before_first, ),
    LAB_CHECK("explore_end", lab_ends_well, ),
    {.id = NULL},
};
static const struct check hopeless[] = {
    LAB_CHECK("explore_never", never, ),
    LAB_CHECK("explore_after", lab_ends_well, .depends = "explore_never"),
    {.id = NULL},
};
static const struct exercise order = LAB_EXERCISE("order", ordered);
static const struct exercise lost = LAB_EXERCISE("lost", hopeless);

static struct result graded(const struct exercise *exercise, int schedules,
                            const struct replay *replay)
{
    struct grade_request request = lab_request(&exercise, 1);
    struct result result;
    const char *why = NULL;
    request.schedules = schedules;
    request.replay = replay;
    request.only = replay ? exercise->checks[0].id : NULL;
    int rc = grade(&request, &result, &why);
    ck_assert_msg(rc == 0, "%d: %s", rc, why);
    return result;
}

START_TEST(without_a_choice_one_schedule_is_enough)
{
    lab_write("prog", lab_hello);
    struct result result = graded(&lab_prog, 20, NULL);
    ck_assert_int_eq(result.exercises[0].n_tried, 2);
    ck_assert_int_eq(result.exercises[0].n_distinct, 2);
    ck_assert_int_eq(result_points(&result), 4);
    result_free(&result);
}
END_TEST

/* A clock that could run on before its next step. */
static const char hurried[] = "#include <signal.h>\n"
                              "#include <stdio.h>\n"
                              "#include <unistd.h>\n"
                              "int main(int argc, char **argv)\n"
                              "{\n"
                              "    signal(SIGALRM, SIG_IGN);\n"
                              "    alarm(1);\n"
                              "    if (argc > 1)\n"
                              "        printf(\"hello %s\\n\", argv[1]);\n"
                              "}\n";

START_TEST(who_can_only_be_held_back_is_run_twice)
{
    lab_write("prog", hurried);
    struct result result = graded(&lab_prog, 20, NULL);
    ck_assert_int_eq(result.exercises[0].n_tried, 4);
    ck_assert_int_eq(result.exercises[0].n_distinct, 4);
    ck_assert_int_eq(result_points(&result), 4);
    result_free(&result);
}
END_TEST

/* Who is held back makes the clock dishonest. */
static const struct check timely[] = {
    LAB_CHECK("explore_timely", lab_ends_well, .clock = CLOCK_HONEST),
    LAB_CHECK("explore_timely_too", lab_ends_well, .clock = CLOCK_HONEST),
    {.id = NULL},
};
static const struct exercise on_time = LAB_EXERCISE("on_time", timely);
static const struct check careless[] = {
    LAB_CHECK("explore_timely", lab_ends_well, .clock = CLOCK_HONEST),
    LAB_CHECK("explore_careless", lab_ends_well, ),
    {.id = NULL},
};
static const struct exercise any_time = LAB_EXERCISE("any_time", careless);

START_TEST(nobody_is_held_back_for_checks_of_time_alone)
{
    lab_write("on_time", hurried);
    lab_write("any_time", hurried);
    struct result one = graded(&on_time, 20, NULL);
    struct result more = graded(&any_time, 20, NULL);
    ck_assert_int_eq(one.exercises[0].n_tried, 2);
    ck_assert_int_eq(more.exercises[0].n_tried, 4);
    ck_assert_int_eq(result_points(&one), 4);
    ck_assert_int_eq(result_points(&more), 4);
    result_free(&one);
    result_free(&more);
}
END_TEST

START_TEST(no_run_is_made_when_all_is_lost)
{
    lab_write("lost", family);
    struct result result = graded(&lost, 500, NULL);
    ck_assert_int_eq(result.exercises[0].checks[0].verdict, VERDICT_FAIL);
    ck_assert_int_eq(result.exercises[0].checks[1].verdict, VERDICT_SKIP);
    ck_assert_int_le(result.exercises[0].n_tried, 4);
    result_free(&result);
}
END_TEST

START_TEST(what_went_the_same_way_counts_once)
{
    lab_write("order", family);
    struct result result = graded(&order, 100, NULL);
    const struct exercise_result *e = &result.exercises[0];
    ck_assert_int_eq(e->n_tried, 200);
    ck_assert_int_lt(e->n_distinct, 200);
    ck_assert_int_gt(e->n_distinct, 2);
    result_free(&result);
}
END_TEST

START_TEST(a_failure_is_shrunk_to_what_it_needs)
{
    lab_write("order", family);
    struct result result = graded(&order, 12, NULL);
    const struct check_result *c = &result.exercises[0].checks[0];
    ck_assert_int_eq(c->verdict, VERDICT_FAIL);
    ck_assert_uint_eq(c->n_decisions, 1);
    ck_assert_msg(strstr(c->decisions[0].words, "when both are due") ||
                      strstr(c->decisions[0].words, " before "),
                  "%s", c->decisions[0].words);
    ck_assert_int_eq(strncmp(c->schedule, "child-first+", 12), 0);
    ck_assert_uint_gt(c->event, 0);
    result_free(&result);
}
END_TEST

static char *json_of(const struct result *result)
{
    json_t *json = result_to_json(result);
    char *text = json_dumps(json, JSON_INDENT(2));
    json_decref(json);
    return text;
}

START_TEST(the_same_seed_shrinks_to_the_same_bytes)
{
    lab_write("order", family);
    struct result one = graded(&order, 12, NULL);
    struct result two = graded(&order, 12, NULL);
    char *a = json_of(&one), *b = json_of(&two);
    ck_assert_str_eq(a, b);
    free(a), free(b);
    result_free(&one);
    result_free(&two);
}
END_TEST

/* The run of a failure, as the option of a command has it. */
static struct replay replay_of(const struct check_result *check)
{
    struct replay replay;
    char text[300];
    snprintf(text, sizeof text, "%s:%s@%.8s", check->scenario,
             check->schedule, strchr(check->program, ':') + 1);
    ck_assert_int_eq(replay_parse(text, &replay), 0);
    return replay;
}

START_TEST(a_replay_is_one_run_with_the_same_words)
{
    lab_write("order", family);
    struct result result = graded(&order, 12, NULL);
    const struct check_result *c = &result.exercises[0].checks[0];
    struct replay replay = replay_of(c);
    struct result again = graded(&order, 12, &replay);
    const struct check_result *d = &again.exercises[0].checks[0];
    ck_assert_str_eq(d->seen, c->seen);
    ck_assert_str_eq(d->schedule, c->schedule);
    ck_assert_str_eq(d->decisions[0].words, c->decisions[0].words);
    ck_assert_ptr_nonnull(again.exercises[0].trace);
    ck_assert_int_eq(again.exercises[0].n_tried, 0);
    replay_release(&replay);
    result_free(&result);
    result_free(&again);
}
END_TEST

START_TEST(another_program_is_explored_again)
{
    lab_write("order", family);
    struct result result = graded(&order, 12, NULL);
    struct replay replay = replay_of(&result.exercises[0].checks[0]);
    lab_write("order", lab_hello);
    struct result again = graded(&order, 12, &replay);
    ck_assert_int_eq(again.exercises[0].checks[0].verdict, VERDICT_PASS);
    ck_assert_int_gt(again.exercises[0].n_tried, 0);
    ck_assert_ptr_null(again.exercises[0].trace);
    ck_assert(!replay_is_of(&replay, again.exercises[0].program));
    replay_release(&replay);
    result_free(&result);
    result_free(&again);
}
END_TEST

static const char *const no_replays[] = {
    "", "a", "a:child-first", "a@01234567", "@01234567:child-first",
    "a:child-first@0123", "a:who-knows@01234567", "a:child-first+1@01234567",
};

START_TEST(what_is_no_replay_is_refused)
{
    struct replay replay;
    ck_assert_int_lt(replay_parse(no_replays[_i], &replay), 0);
}
END_TEST

/* Each change is seen. */
START_TEST(a_digest_tells_traces_apart)
{
    uint8_t digest[2][SHA256_DIGEST_SIZE];
    struct trace_event events[] = {START(1), WRITES(0, 0, 1, "x"),
                                   EXITS(0, 0, 0)};
    struct trace trace = TRACE_OF(TRACE_ENDED, 0, events);
    trace_digest(&trace, digest[0]);
    switch (_i) {
    case 0: trace.end_ns = 1; break;
    case 1: trace.honest_clock = !trace.honest_clock; break;
    case 2: trace.outcome = TRACE_DEADLOCK; break;
    case 3: trace.n_events--; break;
    case 4: events[1].text = (char *)"y"; break;
    case 5: events[1].t_ns = 1; break;
    case 6: events[2].a = 1; break;
    case 7: events[2].pc = 1; break;
    default: break;
    }
    trace_digest(&trace, digest[1]);
    bool same = memcmp(digest[0], digest[1], sizeof digest[0]) == 0;
    ck_assert_int_eq(same, _i == 8);
}
END_TEST

SUITE(course_explore)
{
    Suite *suite = suite_create("course_explore");
    TCase *tc = tcase_create("explore");
    tcase_set_timeout(tc, 120);
    tcase_add_checked_fixture(tc, lab_set_up, lab_tear_down);
    tcase_add_test(tc, without_a_choice_one_schedule_is_enough);
    tcase_add_test(tc, who_can_only_be_held_back_is_run_twice);
    tcase_add_test(tc, nobody_is_held_back_for_checks_of_time_alone);
    tcase_add_test(tc, no_run_is_made_when_all_is_lost);
    tcase_add_test(tc, what_went_the_same_way_counts_once);
    tcase_add_test(tc, a_failure_is_shrunk_to_what_it_needs);
    tcase_add_test(tc, the_same_seed_shrinks_to_the_same_bytes);
    tcase_add_test(tc, a_replay_is_one_run_with_the_same_words);
    tcase_add_test(tc, another_program_is_explored_again);
    tcase_add_loop_test(tc, what_is_no_replay_is_refused, 0,
                        LENGTH(no_replays));
    tcase_add_loop_test(tc, a_digest_tells_traces_apart, 0, 9);
    suite_add_tcase(suite, tc);
    return suite;
}
