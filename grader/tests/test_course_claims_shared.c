/* Claims that several exercises make of workers, commands, files and faults:
 * each one holding and failing, with the message word by word. */

#include <errno.h>
#include <signal.h>
#include <string.h>

#include "course/tell.h"
#include "tests/claims.h"

#define THREE (&trace_three_sleepers)
#define TRACE(name, ...)                                                   \
    static struct trace_event name##_events[] = {START(100), __VA_ARGS__}; \
    static const struct trace name = TRACE_OF(TRACE_ENDED, S, name##_events)
#define SENDS(at, whom, signal, result, call)                              \
    {.t_ns = (at), .kind = TRACE_SIGNAL, .proc = 0, .other = (whom),       \
     .a = (signal), .b = (result), .text = (char *)(call),                 \
     .len = sizeof(call) - 1}
#define FAULT(what, value, call) TEXT(0, TRACE_FAULT, 0, what, value, call)

TRACE(clean, FORK(0, 0, 1, 101), EXITS(0, 1, 0), REAPS(0, 0, 1),
      WRITES(0, 0, 1, "done\n"), EXITS(0, 0, 0));
TRACE(early, FORK(0, 0, 1, 101), WRITES(0, 0, 1, "done\n"), EXITS(0, 1, 0),
      REAPS(0, 0, 1), EXITS(0, 0, 0));
TRACE(late, FORK(0, 0, 1, 101), EXITS(0, 0, 0), EXITS(S, 1, 0));
TRACE(alive, FORK(0, 0, 1, 101), EXITS(0, 0, 0));
TRACE(replaced, TEXT(0, TRACE_EXEC, 0, 0, 0, "prog\0"),
      TEXT(0, TRACE_EXEC, 0, 0, 0, "sh\0-c\0"), EXITS(0, 0, 0));
TRACE(tidy, TEXT(0, TRACE_CALL, 0, 0, 0, "unlink(/tmp/web.pid)"),
      EXITS(0, 0, 0));
TRACE(untidy, FORK(0, 0, 1, 101),
      TEXT(0, TRACE_CALL, 1, 0, 0, "unlink(web.pid)"), EXITS(0, 1, 0),
      EXITS(S, 0, 3));
TRACE(tried, FORK(0, 0, 1, 101), SENDS(0, 1, 0, 0, "kill(101, 0)"),
      SENDS(0, 1, SIGTERM, 0, "kill(101, SIGTERM)"),
      SENDS(S, ANY, SIGKILL, -ESRCH, "kill(101, SIGKILL)"), EXITS(S, 0, 0));
TRACE(answered, WRITES(S, 0, 1, " A alive: True \nB alive: False\n"),
      WRITES(2 * S, 0, 1, "A alive: False\n"), EXITS(2 * S, 0, 0));
TRACE(told, WRITES(0, 0, 2, "no such file\nb\n"), EXITS(0, 0, 2));
TRACE(refused, FAULT(TRACE_FAULT_ERROR, EAGAIN, "fork()"),
      WRITES(0, 0, 2, "no\n"), EXITS(0, 0, 1));
TRACE(boasting, FAULT(TRACE_FAULT_ERROR, EAGAIN, "fork()"),
      WRITES(0, 0, 2, "no\n"), WRITES(0, 0, 1, "done\n"), EXITS(0, 0, 1));
TRACE(disturbed, FAULT(TRACE_FAULT_SIGNAL, SIGCHLD, "wait()"),
      WRITES(0, 0, 1, "do"), EXITS(0, 0, 0));
TRACE(hasty, FORK(0, 0, 1, 101), WRITES(0, 0, 1, "ready\n"),
      EVENT(0, TRACE_HANDLER, 1, ANY, SIGTERM, 0), EXITS(0, 0, 0));
TRACE(patient, FORK(0, 0, 1, 101),
      EVENT(0, TRACE_HANDLER, 1, ANY, SIGTERM, 0), WRITES(0, 0, 1, "ready\n"),
      EVENT(0, TRACE_DELIVER, 1, 0, SIGTERM, 0),
      TEXT(0, TRACE_CALL, 1, 0, 0, "chdir(/)"), EXITS(0, 0, 0));

static const struct text begins[] = {
    {"[File1] begins..."}, {"[File2] begins..."}, {"[File9] begins..."}};

/* The claim about a scenario that is called so and has this fault. */
static void of_scenario(const struct run *run, const char *name,
                        const char *rule, void (*claim)(const struct run *run))
{
    const struct scenario scenario = {.name = name, .inject = {rule}};
    struct run other = *run;
    other.scenario = &scenario;
    other.argc = 4;
    claim(&other);
}

static void noticed(const struct run *run)
{
    claim_fault_noticed(run, "done", "done");
}

static void mistake(const struct run *run)
{
    if (!claim_mistake_noticed(run, "done"))
        claim_failed(run, -1, "It is a mistake", "It is none");
}

CLAIM(child_each, of_scenario(run, "one", NULL, claim_child_each))
CLAIM(fork_noticed, of_scenario(run, "f", "fork:error=EAGAIN", noticed))
CLAIM(exec_noticed, of_scenario(run, "e", "exec:error=ENOENT", noticed))
CLAIM(wait_noticed, of_scenario(run, "w", "wait:signal=SIGCHLD", noticed))
CLAIM(bad_noticed, of_scenario(run, "bad_word", NULL, mistake))
CLAIM(fork_mistake, of_scenario(run, "f", "fork:error=EAGAIN", mistake))
CLAIM(good_noticed, of_scenario(run, "good", NULL, mistake))

CLAIM(main_stays, claim_main_stays(run, "Main stays"))
CLAIM(first_writer, int procs[2];
      claim_own_writer(run, "file", 0, "[File1] begins", procs);
      claim_own_writer(run, "file", 1, "[File2] begins", procs))
CLAIM(same_writer, int procs[] = {1, 0};
      claim_own_writer(run, "file", 1, "[File1] done", procs))
CLAIM(main_writer, int procs[1];
      claim_own_writer(run, "file", 0, "all done", procs))
CLAIM(matches, int procs[3]; claim_match_children(run, 3, begins, procs);
      if (procs[0] != 1 || procs[1] != 2 || procs[2] != 3)
          claim_failed(run, -1, "", "Others"))
CLAIM(reaps, claim_main_reaps(run))
CLAIM(children_exit, claim_children_exit(run, 0))
CLAIM(silent, claim_silent_until_reaped(run, 1))
CLAIM(nobody_outlives, claim_nobody_outlives_main(run, "Main is the last"))
CLAIM(all_ended, claim_all_ended(run, NULL, 0, "All have ended"))
CLAIM(ended_but_1, claim_all_ended(run, (int[]){1}, 1, "All have ended"))
CLAIM(removes, claim_removes_file(run, 0, "pid file", "web.pid"))
CLAIM(ready, claim_ready(run, 1,
                         trace_find(run->trace, TRACE_WRITE, 0, 0),
                         "It is ready when main says so"))

CLAIM(sends_1, claim_sends_at_most(run, 0, ANY, 0, 1, "It sends one"))
CLAIM(sends_3, claim_sends_at_most(run, 0, ANY, 0, 3, "It sends three"))
CLAIM(sends_no_term, claim_sends_at_most(run, 0, 1, SIGTERM, 0, "No TERM"))
CLAIM(sends_no_kill, claim_sends_at_most(run, 0, 1, SIGKILL, 0, "No KILL"))
CLAIM(none_after_0, claim_sends_none_after(run, 0, 0, "It is silent"))
CLAIM(none_after_5, claim_sends_none_after(run, 0, 5, "It is silent"))
CLAIM(none_after_never, claim_sends_none_after(run, 0, -1, "It is silent"))

CLAIM(once_at_1, claim_prints_once_at(run, 1, 1000, "[File%d] done", 1))
CLAIM(once_at_2, claim_prints_once_at(run, 1, 2000, "[File%d] done", 1))
CLAIM(once_by_2, claim_prints_once_at(run, 2, 1000, "[File%d] done", 1))
CLAIM(ordered, claim_prints_in_order(
                   run, 1,
                   (struct text[]){{"[File1] begins"}, {"[File1] done"}}, 2))
CLAIM(turned, claim_prints_in_order(
                  run, 1,
                  (struct text[]){{"[File1] done"}, {"[File1] begins"}}, 2))
CLAIM(complains_of_file, claim_complains_of(run, "file", "It names the file"))
CLAIM(complains_of_x, claim_complains_of(run, "x.c", "It names the file"))
CLAIM(says, if (!claim_says(run, 1, 1, "] done") ||
                claim_says(run, 1, 2, "] done"))
                claim_failed(run, -1, "", "It is not so"))

static const struct text both[] = {{"A alive: True"}, {"B alive: False"}};
static const struct typed at_1 = {1000, "status"}, at_2 = {2000, "status"};
CLAIM(answers, claim_answers(run, &at_1, "alive", "file", both, 2))
CLAIM(answers_1, claim_answers(run, &at_1, "alive", "file", both, 1))
CLAIM(answers_later, claim_answers(run, &at_2, "alive", "file", both, 2))
CLAIM(answers_half, claim_answers(run, &at_2, "alive", "file",
                                  (struct text[]){{"A alive: False"}, {""}},
                                  2))

static const struct claim_case cases[] = {
    {THREE, child_each, NULL, NULL},
    {&clean, child_each, "Main starts exactly 3 processes itself",
     "Main started 1: process 1.1 at 0.000 s"},
    {&refused, fork_noticed, NULL, NULL},
    {&boasting, fork_noticed, "Nobody writes \"done\"",
     "There is \"done\" by main at 0.000 s"},
    {&boasting, fork_mistake, NULL, NULL},
    {&clean, exec_noticed, NULL, NULL},
    {&clean, wait_noticed, NULL, NULL},
    {&disturbed, wait_noticed,
     "Every line is written whole, also if write() takes a part of it only",
     "SIGCHLD came in wait() (injected), and no line is \"done\""},
    {&told, bad_noticed, NULL, NULL},
    {&clean, bad_noticed, "Main starts exactly 0 processes itself",
     "Main started 1: process 1.1 at 0.000 s"},
    {&clean, good_noticed, "It is a mistake", "It is none"},

    {THREE, main_stays, NULL, NULL},
    {&replaced, main_stays, "Main stays",
     "Main executed it itself: exec makes no new process, it puts another "
     "program, here \"sh\", into the one that calls it (main, at 0.000 s)"},
    {THREE, first_writer, NULL, NULL},
    {THREE, same_writer, "Every file is a process of its own",
     "File1 (1.1) wrote \"[File1] done\", and the lines of file 1 as well"},
    {THREE, main_writer, "A child of main writes a file's lines",
     "Main wrote \"all done\""},
    {THREE, matches, NULL, NULL},
    {&clean, reaps, NULL, NULL},
    {&late, reaps, "Main waits for process 1.1",
     "Nobody waited for it: it ended with exit code 0 at 1.000 s"},
    {&clean, children_exit, NULL, NULL},
    {THREE, children_exit, "File1 (1.1) ends with exit code 0",
     "It ended with exit code 1 at 1.000 s"},
    {&clean, silent, NULL, NULL},
    {&early, silent,
     "Nothing is on stdout before main has reaped all of its children",
     "This was written by main when main had reaped 0 of 1 (main, at "
     "0.000 s)"},
    {THREE, nobody_outlives, NULL, NULL},
    {&late, nobody_outlives, "Main is the last",
     "Main ended at 0.000 s, and process 1.1 lived on"},
    {&alive, nobody_outlives, "Main is the last",
     "Main ended at 0.000 s, and process 1.1 lived on"},
    {&late, all_ended, NULL, NULL},
    {&alive, ended_but_1, NULL, NULL},
    {&alive, all_ended, "All have ended",
     "This process was still there at the end (process 1.1, at 0.000 s)"},
    {&tidy, removes, NULL, NULL},
    {&untidy, removes, "Main removes its pid file web.pid before it ends",
     "Process 1.1 did so, at 0.000 s"},
    {&told, removes, "Main removes its pid file web.pid before it ends",
     "It ended with exit code 2 at 0.000 s, and left the file behind or never "
     "had it"},
    {&patient, ready, NULL, NULL},
    {&hasty, ready, "It is ready when main says so",
     "Process 1.1 had still to do its handler for SIGTERM (main, at 0.000 s)"},

    {&trace_killed_download, sends_3, NULL, NULL},
    {&trace_killed_download, sends_no_kill, NULL, NULL},
    {&trace_killed_download, sends_no_term, "No TERM",
     "Main sent SIGTERM to Download (1.1) at 5.000 s"},
    {&tried, sends_no_term, "No TERM",
     "Main called kill(101, SIGTERM) at 0.000 s; it went to process 1.1"},
    {&tried, sends_1, "It sends one",
     "Main called kill(101, SIGKILL) at 1.000 s; it failed with ESRCH"},
    {&tried, none_after_5, NULL, NULL},
    {&tried, none_after_never, NULL, NULL},
    {&tried, none_after_0, "It is silent",
     "Main called kill(101, SIGTERM) at 0.000 s; it went to process 1.1"},

    {THREE, once_at_1, NULL, NULL},
    {THREE, once_at_2, "The line \"[File1] done\" is written at 2.000 s",
     "It was written at 1.000 s, by File1 (1.1)"},
    {THREE, once_by_2, "File2 (1.2) writes the line \"[File1] done\", once",
     "Another process wrote it: \"[File1] done\" by File1 (1.1) at 1.000 s"},
    {THREE, ordered, NULL, NULL},
    {THREE, turned,
     "The line \"[File1] done\" comes before \"[File1] begins\"",
     "The second one was written first, by File1 (1.1) at 0.000 s"},
    {&told, complains_of_file, NULL, NULL},
    {&told, complains_of_x, "It names the file",
     "No line there has \"x.c\" in it; the first one is \"no such file\" "
     "(main, at 0.000 s)"},
    {THREE, complains_of_x, "A message is written to stderr",
     "Nothing was written to stderr"},
    {THREE, says, NULL, NULL},
    {&answered, answers, NULL, NULL},
    {&answered, answers_1,
     "Main answers the command \"status\" of 1.000 s with one line \"... "
     "alive ...\" for each file, at once",
     "Main wrote \"B alive: False\" after the last one (main, at 1.000 s)"},
    {&answered, answers_later,
     "Main answers the command \"status\" of 2.000 s with \"A alive: True\"",
     "Main wrote \"A alive: False\" (main, at 2.000 s)"},
    {&answered, answers_half,
     "Main answers the command \"status\" of 2.000 s with one line \"... "
     "alive ...\" for each file, at once",
     "Main wrote 1 of 2 then"},
};

START_TEST(a_shared_claim_holds_or_says_why_not)
{
    claim_case_try(&cases[_i]);
}
END_TEST

/* Two lines in three pieces, an empty one, two at once, and a last one that
 * only the end of input ends. */
static const struct scenario typing = {
    .steps = {INPUT(1000, "can"), SEND(1500, SIGHUP), INPUT(2000, "cel\nsta"),
              INPUT(3000, "tus\n\n"), INPUT(4000, "a\nb\n"), INPUT(5000, "c"),
              CLOSE_INPUT(6000)}};
static const char *const texts[SCENARIO_STEPS] = {
    "can", NULL, "cel\nsta", "tus\n\n", "a\nb\n", "c"};
static const struct run typist = {.scenario = &typing, .texts = texts};

START_TEST(what_is_typed_is_told_by_lines)
{
    static const struct typed lines[] = {
        {2000, "cancel"}, {3000, "status"}, {4000, "a"},
        {4000, "b"},      {6000, "c"},
    };
    struct typed line;
    for (int i = 0; i < LENGTH(lines); i++) {
        ck_assert(typed_line(&typist, i, &line));
        ck_assert_int_eq(line.at_ms, lines[i].at_ms);
        ck_assert_str_eq(line.text, lines[i].text);
    }
    ck_assert(!typed_line(&typist, LENGTH(lines), &line));
    ck_assert_int_eq(typed_end_ms(&typist), 6000);
}
END_TEST

START_TEST(nothing_is_typed_where_there_are_no_steps)
{
    static const struct scenario quiet = {.name = "quiet"};
    struct run run = typist;
    struct typed line;
    run.scenario = &quiet;
    ck_assert(!typed_line(&run, 0, &line));
    ck_assert_int_eq(typed_end_ms(&run), 0);
}
END_TEST

SUITE(course_claims_shared)
{
    Suite *suite = suite_create("course_claims_shared");
    TCase *tc = tcase_create("claims");
    tcase_add_loop_test(tc, a_shared_claim_holds_or_says_why_not, 0,
                        LENGTH(cases));
    tcase_add_test(tc, what_is_typed_is_told_by_lines);
    tcase_add_test(tc, nothing_is_typed_where_there_are_no_steps);
    suite_add_tcase(suite, tc);
    return suite;
}
