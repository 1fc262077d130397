/* What the kernel leaves open happens in each way under some schedule, and
 * never in another one: programs/open_orders.c lists the ways, and its native
 * run is compared with theirs by the suite of all subjects. */
#include <stdlib.h>
#include <string.h>

#include "tests/observed.h"
#include "tests/suite.h"

#define N(array) ((int)(sizeof(array) / sizeof *(array)))

static const char *const orders[][3] = {
    {"deaths", "one call", "two calls"},
    {"newborn", "dead", "alive"},
    {"handler", "called", "too late"},
    {"reading", "a part", "all"},
    {"readers", "the first", "the second"},
    {"lockers", "the first", "the second"},
    {"signals", "1 before 2", "2 before 1"},
    {"sleeping", "ready", "not yet"},
};

/* The two simple ones, some that starve, then by priorities. */
static struct schedule nth_schedule(int nth)
{
    static const struct schedule first[] = {
        {.kind = SCHEDULE_CHILD_FIRST},
        {.kind = SCHEDULE_PARENT_FIRST},
        {.kind = SCHEDULE_STARVE, .victim = "1"},
        {.kind = SCHEDULE_STARVE, .victim = "1.1"},
        {.kind = SCHEDULE_STARVE, .victim = "1.2"},
    };
    return nth < N(first) ? first[nth]
                          : (struct schedule){.kind = SCHEDULE_PCT,
                                              .seed = (uint64_t)nth};
}

static struct trace *observe_order(const char *order,
                                   const struct schedule *schedule)
{
    struct observed run;
    observed_init(&run, "open_orders");
    run.argv[1] = order;
    run.request.schedule = *schedule;
    return observed_trace(&run);
}

/* Which of the two ways a run went. */
static int way_of(const struct trace *trace, const char *const order[3])
{
    const struct trace_event *e =
        observed_event(trace, TRACE_WRITE, TRACE_NOBODY, 1);
    ck_assert_int_eq(trace->outcome, TRACE_ENDED);
    ck_assert_ptr_nonnull(e);
    const char *said = e->text + strlen(order[0]) + 2;
    size_t len = strcspn(said, "\n");
    for (int i = 1; i <= 2; i++)
        if (strlen(order[i]) == len && strncmp(said, order[i], len) == 0)
            return i;
    ck_abort_msg("not listed: %s", e->text);
    return 0;
}

START_TEST(each_open_order_happens_in_each_way)
{
    enum { MOST = 60 };
    bool seen[3] = {true};
    for (int i = 0; i < MOST && !(seen[1] && seen[2]); i++) {
        struct schedule schedule = nth_schedule(i);
        struct trace *trace = observe_order(orders[_i][0], &schedule);
        seen[way_of(trace, orders[_i])] = true;
        trace_free(trace);
    }
    ck_assert_msg(seen[1] && seen[2], "%s: never \"%s\"", orders[_i][0],
                  orders[_i][seen[1] ? 2 : 1]);
}
END_TEST

/* Of each kind that there is in nth_schedule(). */
START_TEST(forced_choices_make_any_run_again)
{
    struct schedule schedule = nth_schedule(_i);
    struct trace *first = observe_order("sleeping", &schedule);
    struct schedule_forced *forced;
    size_t n;
    ck_assert_int_eq(schedule_of_trace(first, &forced, &n), 0);
    schedule = (struct schedule){.forced = forced, .n_forced = n};
    struct trace *again = observe_order("sleeping", &schedule);
    char *a = observed_json(first), *b = observed_json(again);
    ck_assert_str_eq(a, b);
    free(a), free(b), free(forced);
    trace_free(first), trace_free(again);
}
END_TEST

/* Whether time passed while somebody could run. */
static bool is_honest(const char *order, const struct schedule *schedule)
{
    struct trace *trace = observe_order(order, schedule);
    bool honest = trace->honest_clock;
    trace_free(trace);
    return honest;
}

START_TEST(the_clock_is_honest_unless_somebody_starved)
{
    for (int i = 0; i < 12; i++) {
        struct schedule schedule = nth_schedule(i);
        bool starves = schedule.kind == SCHEDULE_STARVE &&
                       strcmp(schedule.victim, "1.1") == 0;
        ck_assert_int_eq(is_honest("sleeping", &schedule), !starves);
    }
}
END_TEST

START_TEST(nobody_starves_for_ever)
{
    struct observed run;
    observed_init(&run, "starve_poll");
    run.request.schedule =
        (struct schedule){.kind = SCHEDULE_STARVE, .victim = "1.1"};
    struct trace *trace = observed_trace(&run);
    ck_assert_int_eq(trace->outcome, TRACE_ENDED);
    ck_assert(!trace->honest_clock);
    ck_assert_int_ge(trace->end_ns, INT64_C(14000000000));
    ck_assert_int_le(trace->end_ns, INT64_C(16000000000));
    trace_free(trace);
}
END_TEST

START_TEST(who_is_asked_without_a_pause_goes_on)
{
    struct observed run;
    observed_init(&run, "starve_ask");
    run.request.schedule =
        (struct schedule){.kind = SCHEDULE_STARVE, .victim = "1.1"};
    struct trace *trace = observed_trace(&run);
    ck_assert_int_eq(trace->outcome, TRACE_ENDED);
    trace_free(trace);
}
END_TEST

/* What the scenario looks at, and the end of its watch, wait for who can run.
 */
START_TEST(nobody_starves_when_the_grader_looks)
{
    static const struct observe_step look[] = {
        {.at_ns = 500000000, .kind = OBSERVE_LOOK}};
    struct observed run;
    observed_init(&run, "open_orders");
    run.argv[1] = "sleeping";
    run.request.steps = look;
    run.request.n_steps = 1;
    run.request.schedule =
        (struct schedule){.kind = SCHEDULE_STARVE, .victim = "1.1"};
    struct trace *trace = observed_trace(&run);
    ck_assert_int_eq(way_of(trace, orders[7]), 1);
    const struct trace_event *looked =
        observed_event(trace, TRACE_FACTS, 1, OBSERVED_ANY);
    ck_assert_ptr_null(looked); /* it had ended */
    ck_assert(trace->honest_clock);
    trace_free(trace);
}
END_TEST

SUITE(orders)
{
    Suite *suite = suite_create("orders");
    TCase *tests = tcase_create("what is open");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, each_open_order_happens_in_each_way, 0,
                        N(orders));
    tcase_add_loop_test(tests, forced_choices_make_any_run_again, 0, 8);
    tcase_add_test(tests, the_clock_is_honest_unless_somebody_starved);
    tcase_add_test(tests, nobody_starves_for_ever);
    tcase_add_test(tests, who_is_asked_without_a_pause_goes_on);
    tcase_add_test(tests, nobody_starves_when_the_grader_looks);
    suite_add_tcase(suite, tests);
    return suite;
}
