/* Decisions in words, on traces written by hand. */
#include <signal.h>

#include "course/turn.h"
#include "observer/schedule.h"
#include "tests/suite.h"
#include "tests/traces.h"

/* Main starts two children; the first ends, the second gets a signal. */
static struct trace_event events[] = {
    START(10),                                       /* 0 */
    FORK(0, 0, 1, 11),                               /* 1 */
    NAME(0, 1, "File1"),                             /* 2 */
    FORK(0, 0, 2, 12),                               /* 3 */
    BLOCK(0, 0, TRACE_WAIT_CHILD, -1, "waitpid(-1)"), /* 4 */
    WRITES(0, 1, 1, "half\ndone\n"),                 /* 5 */
    BLOCK(0, 2, TRACE_WAIT_SLEEP, 2 * S, "sleep"),   /* 6 */
    BLOCK(0, 1, TRACE_WAIT_SLEEP, 2 * S, "sleep"),   /* 7 */
    RESUME(2 * S, 1, 0),                             /* 8 */
    EXITS(2 * S, 1, 3),                              /* 9 */
    RESUME(2 * S, 0, 11),                            /* 10 */
    REAPS(2 * S, 0, 1),                              /* 11 */
    EVENT(2 * S, TRACE_SIGNAL, 0, 2, SIGTERM, 0),    /* 12 */
    RESUME(2 * S, 2, 0),                             /* 13 */
    KILLED(2 * S, 2, SIGTERM),                       /* 14 */
    EXITS(2 * S, 0, 0),                              /* 15 */
};
static const struct trace trace = TRACE_OF(TRACE_ENDED, 2 * S, events);

static const struct {
    enum choice_kind kind;
    size_t event;
    int proc, other;
    const char *words;
} cases[] = {
    {CHOICE_RUN, 2, 0, 1, "main goes on before File1 (1.1) has begun"},
    {CHOICE_RUN, 3, 0, 1,
     "main starts process 1.2 before File1 (1.1) writes \"half\""},
    {CHOICE_RUN, 4, 0, 2,
     "main waits in waitpid(-1) before process 1.2 has begun"},
    {CHOICE_RUN, 5, 1, 2, "File1 (1.1) writes \"half\" before process 1.2 has "
                          "begun"},
    {CHOICE_RUN, 6, 2, 1, "process 1.2 sleeps before File1 (1.1) sleeps"},
    {CHOICE_RUN, 9, 1, 0, "File1 (1.1) ends before main reaps File1 (1.1)"},
    {CHOICE_RUN, 12, 0, 2,
     "main sends SIGTERM to process 1.2 before process 1.2 is killed by "
     "SIGTERM"},
    {CHOICE_RUN, 15, 0, 2, "main goes on before process 1.2 does"},
    {CHOICE_WAKE, 8, 2, 1,
     "at 2.000 s, when both are due, process 1.2 comes before File1 (1.1)"},
    {CHOICE_WAKE, 16, TRACE_SCENARIO, 1,
     "at 2.000 s, when both are due, the grader comes before File1 (1.1)"},
    {CHOICE_HOLD, 8, 2, 2,
     "process 1.2 could go on at 0.000 s, but gets no CPU until it is killed by "
     "SIGTERM at 2.000 s"},
    {CHOICE_HOLD, 15, 2, 2, "process 1.2 could go on at 2.000 s, but gets no "
                            "CPU"},
    {CHOICE_RUN, 5, 1, 1, "another thread of File1 (1.1) goes first"},
};

START_TEST(a_decision_in_words)
{
    const struct trace_decision d = {
        .kind = (int)cases[_i].kind,
        .options = 2,
        .event = cases[_i].event,
        .proc = cases[_i].proc,
        .other = cases[_i].other,
    };
    const struct run run = {.trace = &trace};
    struct text text;
    ck_assert_str_eq(tell_turn(&text, &run, &d), cases[_i].words);
}
END_TEST

SUITE(turn)
{
    Suite *suite = suite_create("turn");
    TCase *tests = tcase_create("words");
    tcase_add_loop_test(tests, a_decision_in_words, 0, LENGTH(cases));
    suite_add_tcase(suite, tests);
    return suite;
}
