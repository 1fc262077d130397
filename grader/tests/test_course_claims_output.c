/* Claims about the run as a whole and about what was written: each one holding
 * and failing, with the message word by word. */

#include "tests/claims.h"

#define THREE (&trace_three_sleepers)

CLAIM(comes_to_an_end, claim_comes_to_an_end(run))
CLAIM(makespan_3, claim_makespan(run, 3000))
CLAIM(makespan_2, claim_makespan(run, 2000))

CLAIM(writer_is_2, if (claim_writer_of(run, "[File%d] begins", 2) != 2)
                       claim_failed(run, -1, "", "It is not"))
CLAIM(prints_begins, claim_prints(run, 2, "  [File2] %s ", "begins"))
CLAIM(anyone_prints_begins, claim_prints(run, ANY, "[File2] begins"))
CLAIM(other_prints_begins, claim_prints(run, 1, "[File2] begins"))
CLAIM(prints_near, claim_prints(run, ANY, "[File4] begins"))
CLAIM(prints_far, claim_prints(run, ANY, "Once upon a time there was"))
CLAIM(prints_twice, claim_prints(run, ANY, "twice"))
CLAIM(prints_stray, claim_prints(run, ANY, "to stderr"))
CLAIM(prints_odd, claim_prints(run, ANY, "odd 12345"))
CLAIM(done_at_1, claim_prints_at(run, 1000, "[File1] done"))
CLAIM(done_at_2, claim_prints_at(run, 2000, "[File1] done"))
CLAIM(missing_at_2, claim_prints_at(run, 2000, "[File2] done"))
CLAIM(twice_at_1, claim_prints_at(run, 1000, "twice"))
CLAIM(never_failed, claim_never_prints(run, "failed"))
CLAIM(never_done, claim_never_prints(run, "] done"))
CLAIM(in_order, claim_prints_before(run, "[File3] begins", "all done"))
CLAIM(out_of_order, claim_prints_before(run, "all done", "[File3] begins"))
CLAIM(before_missing, claim_prints_before(run, "all done", "all gone"))
CLAIM(five_lines, claim_line_count(run, 5))
CLAIM(six_lines, claim_line_count(run, 6))
CLAIM(one_line, claim_line_count(run, 1))
CLAIM(no_line, claim_line_count(run, 0))
CLAIM(complains, claim_complains(run))

static struct trace_event mixed_events[] = {
    START(100),
    FORK(0, 0, 1, 101),
    WRITES(0, 0, 1, "twice\n \n"),
    WRITES(S, 1, 1, "\t twice \n"),
    WRITES(S, 1, 2, "to stderr\n"),
    WRITES(2 * S, 0, 1, "odd \x1b[31m\xff\xe2\x80\xae\n"),
    WRITES(2 * S, 0, 1, "tail"),
    EXITS(2 * S, 1, 0),
    EXITS(2 * S, 0, 0),
};
static const struct trace mixed = TRACE_OF(TRACE_ENDED, 2 * S, mixed_events);

static struct trace_event many_events[] = {
    START(100),
    WRITES(0, 0, 1, "twice\ntwice\ntwice\ntwice\ntwice\ntwice\n"),
};
static const struct trace many = TRACE_OF(TRACE_ENDED, 0, many_events);

static struct trace_event blank_events[] = {
    START(100), WRITES(0, 0, 2, " \n"), WRITES(0, 0, 1, "\n"),
};
static const struct trace blank = TRACE_OF(TRACE_ENDED, 0, blank_events);

static struct trace_event left_events[] = {
    START(100), FORK(0, 0, 1, 101), FORK(0, 0, 2, 102),
    BLOCK(0, 1, TRACE_WAIT_SIGNAL, -1, "pause()"),
    BLOCK(S, 2, TRACE_WAIT_SLEEP, 9 * S, "nanosleep(8 s)"), EXITS(S, 0, 0),
};
static const struct trace left = TRACE_OF(TRACE_LEFT_WAITING, S, left_events);
static const struct trace too_long =
    TRACE_OF(TRACE_LIMIT_TIME, 600 * S, left_events);

static struct trace_event busy_events[] = {
    START(100), FORK(0, 0, 1, 101), FORK(0, 0, 2, 102), FORK(0, 1, 3, 103),
    WRITES(0, 2, 1, "yes\nyes\n"), WRITES(0, 0, 1, "no\n"),
    BLOCK(0, 0, TRACE_WAIT_CHILD, -1, "wait()"),
};
static const struct trace cpu = TRACE_OF(TRACE_LIMIT_CPU, 0, busy_events);
static const struct trace memory = TRACE_OF(TRACE_LIMIT_MEMORY, 0, busy_events);
static const struct trace flood = TRACE_OF(TRACE_LIMIT_OUTPUT, 0, busy_events);
static const struct trace events = TRACE_OF(TRACE_LIMIT_EVENTS, 0, busy_events);
static const struct trace bomb =
    TRACE_OF(TRACE_LIMIT_PROCESSES, 0, busy_events);

#define TO_END "The program comes to its end by itself"

static const struct claim_case cases[] = {
    {THREE, comes_to_an_end, NULL, NULL},
    {&trace_deadlock, comes_to_an_end, TO_END,
     "All processes wait, and nothing is left that could wake one of them: "
     "main waits for input in read(3) since 0.000 s; process 1.1 waits for "
     "input in read(5) since 0.500 s"},
    {&left, comes_to_an_end, TO_END,
     "Main had ended, but not all of its processes had: process 1.1 waits for "
     "a signal in pause() since 0.000 s; process 1.2 sleeps in nanosleep(8 s) "
     "since 1.000 s"},
    {&too_long, comes_to_an_end, TO_END,
     "After 600.000 s it was still there: process 1.1 waits for a signal in "
     "pause() since 0.000 s; process 1.2 sleeps in nanosleep(8 s) since "
     "1.000 s"},
    {&cpu, comes_to_an_end, TO_END,
     "It used more processor time than is allowed; process 1.1.1 was still "
     "running"},
    {&memory, comes_to_an_end, TO_END,
     "It used more memory than is allowed; process 1.1.1 was still running"},
    {&flood, comes_to_an_end, TO_END,
     "It wrote more than is allowed; most of it, 8 bytes, was written by "
     "process 1.2"},
    {&events, comes_to_an_end, TO_END,
     "It went round and round without end; most of it, 3 events, was by "
     "main"},
    {&bomb, comes_to_an_end, TO_END,
     "More processes were alive at once than are allowed: 4 had been started, "
     "2 of them by main"},
    {THREE, makespan_3, NULL, NULL},
    {THREE, makespan_2, "Main takes 2.000 s from start to end",
     "It took 3.000 s"},
    {&trace_deadlock, makespan_2, "Main takes 2.000 s from start to end",
     "Main never ended; then the run was stopped: deadlock"},

    {THREE, writer_is_2, NULL, NULL},
    {&mixed, writer_is_2,
     "One process writes the line \"[File2] begins\", once",
     "Nobody did, nor a line like it; 5 other lines were there"},
    {THREE, prints_begins, NULL, NULL},
    {THREE, anyone_prints_begins, NULL, NULL},
    {THREE, other_prints_begins,
     "File1 (1.1) writes the line \"[File2] begins\", once",
     "Another process wrote it: \"[File2] begins\" by File2 (1.2) at 0.000 s"},
    {THREE, prints_near,
     "The program writes the line \"[File4] begins\", once",
     "Nobody did; the nearest line is \"[File1] begins\" by File1 (1.1) at "
     "0.000 s"},
    {THREE, prints_far,
     "The program writes the line \"Once upon a time there was\", once",
     "Nobody did, nor a line like it; 5 other lines were there"},
    {&trace_empty, prints_far,
     "The program writes the line \"Once upon a time there was\", once",
     "Nothing was written to stdout"},
    {&mixed, prints_twice, "The program writes the line \"twice\", once",
     "It was written 2 times: by main at 0.000 s, by process 1.1 at "
     "1.000 s"},
    {&many, prints_twice, "The program writes the line \"twice\", once",
     "It was written 6 times: by main at 0.000 s, by main at 0.000 s, by main "
     "at 0.000 s, by main at 0.000 s, and so on"},
    {&mixed, prints_stray, "The program writes the line \"to stderr\", once",
     "It went to stderr, not to stdout: \"to stderr\" by process 1.1 at "
     "1.000 s"},
    {&mixed, prints_odd, "The program writes the line \"odd 12345\", once",
     "Nobody did, nor a line like it; 5 other lines were there"},
    {THREE, done_at_1, NULL, NULL},
    {&mixed, twice_at_1, NULL, NULL},
    {THREE, done_at_2, "The line \"[File1] done\" is written at 2.000 s",
     "It was written at 1.000 s, by File1 (1.1)"},
    {THREE, missing_at_2, "The line \"[File2] done\" is written at 2.000 s",
     "Nobody did; the nearest line is \"[File1] done\" by File1 (1.1) at "
     "1.000 s"},
    {THREE, never_failed, NULL, NULL},
    {THREE, never_done, "Nobody writes \"] done\"",
     "There is \"[File1] done\" by File1 (1.1) at 1.000 s"},
    {THREE, in_order, NULL, NULL},
    {THREE, out_of_order,
     "The line \"all done\" comes before \"[File3] begins\"",
     "The second one was written first, by File3 (1.3) at 0.000 s"},
    {THREE, before_missing, "The line \"all done\" comes before \"all gone\"",
     "Nobody did; the nearest line is \"all done\" by main at 3.000 s"},
    {THREE, five_lines, NULL, NULL},
    {&blank, no_line, NULL, NULL},
    {THREE, six_lines, "6 lines are written in all (blank ones do not count)",
     "There were only 5"},
    {THREE, one_line, "1 line is written in all (blank ones do not count)",
     "There were 5; the first one too many is \"[File2] begins\" by File2 "
     "(1.2) at 0.000 s"},
    {&mixed, complains, NULL, NULL},
    {&blank, complains, "A message is written to stderr",
     "Nothing was written to stderr"},
};

START_TEST(a_claim_holds_or_says_why_not)
{
    claim_case_try(&cases[_i]);
}
END_TEST

CLAIM(quotes_the_odd, claim_prints(run, ANY, "odd ??????"))

START_TEST(bytes_of_a_program_are_quoted_harmlessly)
{
    static struct trace_event list[] = {
        START(100), WRITES(0, 0, 1, "odd \x1b\xff\t\"\\\n"),
    };
    static const struct trace trace = TRACE_OF(TRACE_ENDED, 0, list);
    claim_case_try(&(struct claim_case){
        &trace, quotes_the_odd,
        "The program writes the line \"odd ??????\", once",
        "Nobody did, nor a line like it; 1 other line was there"});
    static struct trace_event near[] = {
        START(100), WRITES(0, 0, 1, "odd ???\x1b\xff\\\n"),
    };
    static const struct trace near_trace = TRACE_OF(TRACE_ENDED, 0, near);
    claim_case_try(&(struct claim_case){
        &near_trace, quotes_the_odd,
        "The program writes the line \"odd ??????\", once",
        "Nobody did; the nearest line is \"odd ???\\x1b\\xff\\\\\" by main at "
        "0.000 s"});
}
END_TEST

CLAIM(fails_at_exit, claim_failed(run, trace_find(run->trace, TRACE_EXIT, 1, 0),
                                  "It is %d", "It was %s", "so"))

START_TEST(a_failure_of_ones_own_gets_process_and_time)
{
    claim_case_try(&(struct claim_case){
        THREE, fails_at_exit, "It is %d", "It was so (File1 (1.1), at 1.000 s)",
    });
}
END_TEST

SUITE(course_claims_output)
{
    Suite *suite = suite_create("course_claims_output");
    TCase *tc = tcase_create("claims");
    tcase_add_loop_test(tc, a_claim_holds_or_says_why_not, 0, LENGTH(cases));
    tcase_add_test(tc, bytes_of_a_program_are_quoted_harmlessly);
    tcase_add_test(tc, a_failure_of_ones_own_gets_process_and_time);
    suite_add_tcase(suite, tc);
    return suite;
}
