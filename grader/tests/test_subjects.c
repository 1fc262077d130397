/* The native run is the oracle: every subject prints and ends the same way
 * observed, under whatever schedule and in either world; and the same
 * decisions give the same trace. */

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/native.h"
#include "tests/observed.h"
#include "tests/sound.h"
#include "tests/suite.h"

static struct subject_list subjects;
static char base[] = "/tmp/proclab-subjects-XXXXXX";
static int native_result;

static const struct schedule schedules[] = {
    {.kind = SCHEDULE_CHILD_FIRST},       {.kind = SCHEDULE_PARENT_FIRST},
    {.kind = SCHEDULE_RANDOM, .seed = 1}, {.kind = SCHEDULE_RANDOM, .seed = 2},
    {.kind = SCHEDULE_RANDOM, .seed = 3}, {.kind = SCHEDULE_RANDOM, .seed = 4},
    {.kind = SCHEDULE_RANDOM, .seed = 5},
};

/* Once, before the tests fork: they all inherit what the native runs gave. */
static void run_natively(void)
{
    if (!mkdtemp(base)) {
        native_result = -1;
        return;
    }
    native_result = native_run(&subjects, base);
}

static int remove_one(const char *path, const struct stat *st, int type,
                      struct FTW *ftw)
{
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

static void clean_up(void)
{
    nftw(base, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    subject_list_free(&subjects);
}

static struct trace *observe_under(const struct subject *s,
                                   const struct schedule *schedule,
                                   enum observe_world world)
{
    struct observed run;
    observed_init(&run, s->name);
    run.request.schedule = *schedule;
    if (world == OBSERVE_RUN) {
        observed_outside(&run);
        ck_assert_int_eq(chdir(base), 0);
    }
    return observed_trace(&run);
}

/* Side by side, with no token: the only other way for tasks to run. */
static const struct schedule side_by_side = {.kind = SCHEDULE_FREE};

/* docs/transparency.md: there nothing but the standard streams is followed, and
 * no time is counted of who computes between signals. */
static bool needs_a_token(const struct subject *s)
{
    static const char *const names[] = {
        "busy_storm", "signal_timer_read", "socket_timeout", "write_calls",
        "write_dup", "write_in_parts", "write_reopened",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(s->name, names[i]) == 0)
            return true;
    return false;
}

/* All ran natively at once, and on a crowded machine a nap may have been too
 * short for another process to get ready: then the oracle is asked once more,
 * alone. */
static char *differs_again(const struct subject *s, const struct ending *got)
{
    char dir[64];
    struct subject alone = *s;
    struct subject_list list = {1, &alone};
    alone.expected = (struct ending){.code = 0};
    snprintf(dir, sizeof dir, "%s/again-XXXXXX", base);
    int r = mkdtemp(dir) ? native_run(&list, dir) : -1;
    ck_assert_int_eq(r, 0);
    char *difference = ending_difference(&alone.expected, got);
    ending_free(&alone.expected);
    return difference;
}

static void check_one(const struct subject *s, const struct schedule *schedule,
                      enum observe_world world)
{
    char name[64];
    struct trace *trace = observe_under(s, schedule, world);
    struct ending got = observed_ending(trace);
    char *difference = ending_difference(&s->expected, &got);
    if (difference && !s->observed_only) {
        free(difference);
        difference = differs_again(s, &got);
    }
    if (difference || trace->outcome != TRACE_ENDED)
        ck_abort_msg("%s, %s%s: outcome: %s; %s", s->name,
                     schedule_name(schedule, name, sizeof name),
                     world == OBSERVE_RUN ? ", run" : "",
                     trace_outcome_name(trace->outcome),
                     difference ? difference : "same output");
    char *contradiction = trace_contradiction(trace);
    if (contradiction)
        ck_abort_msg("%s, %s: %s", s->name,
                     schedule_name(schedule, name, sizeof name),
                     contradiction);
    ending_free(&got);
    trace_free(trace);
}

START_TEST(every_native_run_ends_and_leaves_nothing)
{
    ck_assert_msg(native_result == 0, "native runs: %s",
                  strerror(-native_result));
    for (size_t i = 0; i < subjects.n; i++)
        ck_assert_msg(subjects.subject[i].expected.signal != -1,
                      "%s did not end", subjects.subject[i].name);
}
END_TEST

START_TEST(observed_as_natively)
{
    const struct subject *s = &subjects.subject[_i];
    for (size_t i = 0; i < sizeof schedules / sizeof *schedules; i++)
        check_one(s, &schedules[i], OBSERVE_GRADE);
}
END_TEST

START_TEST(in_the_callers_world_as_well)
{
    const struct subject *s = &subjects.subject[_i];
    if (s->observed_only)
        return; /* there nothing but the schedule confines it */
    check_one(s, &schedules[0], OBSERVE_RUN);
}
END_TEST

START_TEST(side_by_side_as_well)
{
    const struct subject *s = &subjects.subject[_i];
    if (!needs_a_token(s))
        check_one(s, &side_by_side, OBSERVE_GRADE);
}
END_TEST

START_TEST(the_same_seed_gives_the_same_trace)
{
    const struct subject *s = &subjects.subject[_i];
    struct trace *one = observe_under(s, &schedules[2], OBSERVE_GRADE);
    struct trace *two = observe_under(s, &schedules[2], OBSERVE_GRADE);
    char *a = observed_json(one), *b = observed_json(two);
    size_t n = 0;
    while (a[n] && a[n] == b[n])
        n++;
    size_t from = n > 300 ? n - 300 : 0;
    if (one->exact && two->exact && strcmp(a, b) != 0)
        ck_abort_msg("%s:\n%.500s\n---\n%.500s", s->name, a + from, b + from);
    ck_assert_int_eq(one->exact, two->exact);
    free(a), free(b);
    trace_free(one), trace_free(two);
}
END_TEST

SUITE(subjects)
{
    Suite *suite = suite_create("subjects");
    TCase *tests = tcase_create("subjects");
    if (subject_list_read(&subjects) != 0)
        fprintf(stderr, "no subjects: run from the repository's root, after "
                        "`make subjects`\n");
    int n = (int)subjects.n;
    tcase_set_timeout(tests, 600);
    tcase_add_unchecked_fixture(tests, run_natively, clean_up);
    tcase_add_test(tests, every_native_run_ends_and_leaves_nothing);
    tcase_add_loop_test(tests, observed_as_natively, 0, n);
    tcase_add_loop_test(tests, in_the_callers_world_as_well, 0, n);
    tcase_add_loop_test(tests, side_by_side_as_well, 0, n);
    tcase_add_loop_test(tests, the_same_seed_gives_the_same_trace, 0, n);
    suite_add_tcase(suite, tests);
    return suite;
}
