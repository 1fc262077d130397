/* Claims about processes, their ends and their signals: each one holding and
 * failing, with the message word by word. */

#include <signal.h>

#include "tests/claims.h"

#define THREE (&trace_three_sleepers)

CLAIM(three_children, claim_children_of_main(run, 3))
CLAIM(one_child, claim_children_of_main(run, 1))
CLAIM(two_children, claim_children_of_main(run, 2))
CLAIM(four_children, claim_children_of_main(run, 4))
CLAIM(no_grandchildren, claim_no_grandchildren(run))
CLAIM(first_has_no_children, claim_no_children(run, 1))
CLAIM(together, claim_alive_together(run, (int[]){1, 2, 3}, 3))
CLAIM(both_together, claim_alive_together(run, (int[]){2, 1}, 2))
CLAIM(none_together, claim_alive_together(run, NULL, 0))
CLAIM(called_file1, claim_named_at_exit(run, 1, "File1"))
CLAIM(called_file2, claim_named_at_exit(run, 1, "File2"))
CLAIM(called_long, claim_named_at_exit(run, 1, "Image Processor 1"))

CLAIM(exits_1, claim_exits(run, 1, 1))
CLAIM(exits_0, claim_exits(run, 1, 0))
CLAIM(main_exits_0, claim_exits(run, 0, 0))
CLAIM(killed_by_term, claim_killed_by(run, 1, SIGTERM))
CLAIM(killed_by_kill, claim_killed_by(run, 1, SIGKILL))
CLAIM(ends_at_1, claim_ends_at(run, 1, 1000))
CLAIM(ends_at_2, claim_ends_at(run, 1, 2000))
CLAIM(ends_at_0_981, claim_ends_at(run, 1, 981))
CLAIM(ends_at_0_980, claim_ends_at(run, 1, 980))
CLAIM(main_ends_at_1, claim_ends_at(run, 0, 1000))
CLAIM(ends_at_1_001, claim_ends_at(run, 1, 1001))
CLAIM(ended_before_main, claim_ended_before_main(run, 1))
CLAIM(ends_with_main, claim_ends_with_main(run, 1))
CLAIM(third_ends_with_main, claim_ends_with_main(run, 3))
CLAIM(outlives_main, claim_outlives_main(run, 1))
CLAIM(reaped_by_main, claim_reaped_by(run, 1, CLAIM_MAIN))
CLAIM(reaped_by_kernel, claim_reaped_by(run, 1, TRACE_KERNEL))
CLAIM(no_zombies, claim_no_zombies(run))

CLAIM(main_sent_term, claim_sent(run, 0, 1, SIGTERM))
CLAIM(main_sent_kill, claim_sent(run, 0, 1, SIGKILL))
CLAIM(child_sent_term, claim_sent(run, 1, 0, SIGTERM))
CLAIM(never_signalled, claim_never_signalled(run, 1))
CLAIM(main_never_signalled, claim_never_signalled(run, 0))
CLAIM(signals_inside, claim_signals_stay_inside(run))

/* Main starts 1, that starts 2 (both named as main), 1 is reaped by the kernel;
 * 3 is the first of two that come later. */
static struct trace_event chain_events[] = {
    START(100),
    NAME(0, 0, "prog"),
    FORK(0, 0, 1, 101),
    FORK(0, 1, 2, 102),
    EXITS(S, 2, 0),
    EXITS(S, 1, 255),
    REAPS(S, TRACE_KERNEL, 1),
    FORK(2 * S, 0, 3, 103),
    FORK(2 * S, 0, 4, 104),
    EXITS(3 * S, 0, 0),
    EXITS(4 * S, 3, 0),
    KILLED(4 * S, 4, SIGKILL),
};
static const struct trace chain = TRACE_OF(TRACE_ENDED, 4 * S, chain_events);

/* Main's sleep was interrupted three times: each costs it a nanosecond. */
static struct trace_event interrupted_events[] = {
    START(100), EXITS(S - 3, 0, 0),
};
static const struct trace interrupted =
    TRACE_OF(TRACE_ENDED, S - 3, interrupted_events);

static struct trace_event reaped_events[] = {
    START(100), FORK(0, 0, 1, 101), EXITS(0, 1, 0),
    REAPS(0, TRACE_KERNEL, 1), EXITS(0, 0, 0),
};
static const struct trace reaped_by_the_kernel =
    TRACE_OF(TRACE_ENDED, 0, reaped_events);

static struct trace_event renamed_events[] = {
    START(100),
    FORK(0, 0, 1, 101),
    NAME(0, 1, "File1"),
    TEXT(S, TRACE_EXEC, 1, 0, 0, "worker\0"),
    NAME(S, 1, "worker"),
    EXITS(S, 1, 0),
    EXITS(S, 0, 0),
};
static const struct trace renamed_by_exec =
    TRACE_OF(TRACE_ENDED, S, renamed_events);

static struct trace_event outliving_events[] = {
    START(100),        FORK(0, 0, 1, 101), EXITS(S, 0, 0),
    EXITS(S + 1, 1, 0),
};
static const struct trace outliving =
    TRACE_OF(TRACE_ENDED, S + 1, outliving_events);

#define SENDS(at, who, whom, signal, result, call)                          \
    {.t_ns = (at), .kind = TRACE_SIGNAL, .proc = (who), .other = (whom),    \
     .a = (signal), .b = (result), .text = (char *)(call),                  \
     .len = sizeof(call) - 1}

static struct trace_event refused_events[] = {
    START(100), FORK(0, 0, 1, 101),
    SENDS(S, 0, 1, SIGTERM, -3, "kill(101, SIGTERM)"), EXITS(S, 1, 0),
};
static const struct trace refused = TRACE_OF(TRACE_ENDED, S, refused_events);

static struct trace_event outside_events[] = {
    START(100), SENDS(S, 0, TRACE_OUTSIDE, SIGTERM, 0, "kill(99, SIGTERM)"),
};
static const struct trace outside = TRACE_OF(TRACE_ENDED, S, outside_events);

static struct trace_event everyone_events[] = {
    START(100), FORK(0, 0, 1, 101),
    SENDS(S, 0, 1, SIGKILL, 0, "kill(-1, SIGKILL)"),
};
static const struct trace everyone = TRACE_OF(TRACE_ENDED, S, everyone_events);

/* What may be done without harm: asking, and signals of the scenario. */
static struct trace_event harmless_events[] = {
    START(100), FORK(0, 0, 1, 101),
    SENDS(0, 0, TRACE_OUTSIDE, 0, 0, "kill(99, 0)"),
    SENDS(0, 0, 1, 0, 0, "kill(101, 0)"),
    SENDS(0, 0, 1, SIGTERM, -1, "kill(101, SIGTERM)"),
    SENDS(0, TRACE_SCENARIO, 1, SIGTERM, 0, ""),
    SENDS(0, TRACE_KERNEL, 1, SIGCHLD, 0, ""),
};
static const struct trace harmless = TRACE_OF(TRACE_ENDED, 0, harmless_events);

static const struct claim_case cases[] = {
    {THREE, three_children, NULL, NULL},
    {THREE, two_children, "Main starts exactly 2 processes itself",
     "Main started 3: File1 (1.1) at 0.000 s, File2 (1.2) at 0.000 s, "
     "File3 (1.3) at 0.000 s"},
    {THREE, four_children, "Main starts exactly 4 processes itself",
     "Main started 3: File1 (1.1) at 0.000 s, File2 (1.2) at 0.000 s, "
     "File3 (1.3) at 0.000 s"},
    {&chain, one_child, "Main starts exactly 1 process itself",
     "Main started 3: process 1.1 at 0.000 s, process 1.2 at 2.000 s, "
     "process 1.3 at 2.000 s; processes other than main started 1 more"},
    {&trace_empty, one_child, "Main starts exactly 1 process itself",
     "Main started none"},
    {&trace_forty, one_child, "Main starts exactly 1 process itself",
     "Main started 40: process 1.1 at 60.000 s, process 1.2 at 120.000 s, "
     "process 1.3 at 180.000 s, process 1.4 at 240.000 s, process 1.5 at "
     "300.000 s, process 1.6 at 360.000 s, and 34 more"},
    {THREE, no_grandchildren, NULL, NULL},
    {&chain, no_grandchildren, "Only main starts processes",
     "Process 1.1.1 was started by process 1.1 at 0.000 s"},
    {THREE, first_has_no_children, NULL, NULL},
    {&chain, first_has_no_children,
     "Process 1.1 starts no process of its own",
     "It started 1; the first was process 1.1.1 at 0.000 s"},
    {THREE, together, NULL, NULL},
    {THREE, none_together, NULL, NULL},
    {&trace_instant, both_together,
     "All 2 processes are alive at one moment",
     "At most 1 at once: process 1.2 was started at 0.000 s, when true (1.1) "
     "had already ended (at 0.000 s)"},
    {THREE, called_file1, NULL, NULL},
    {THREE, called_file2, "Process 1.1 is called \"File2\" when it ends",
     "It was called \"File1\", set at 0.000 s"},
    {&chain, called_long,
     "Process 1.1 is called \"Image Processor\" when it ends (the first 15 "
     "bytes of \"Image Processor 1\")",
     "It was called \"prog\", as the process that started it: its name was "
     "never set"},
    {&renamed_by_exec, called_file1,
     "Process 1.1 is called \"File1\" when it ends",
     "It was called \"worker\", after its file: exec took away the name that "
     "it had, at 1.000 s"},

    {THREE, exits_1, NULL, NULL},
    {THREE, exits_0, "File1 (1.1) ends with exit code 0",
     "It ended with exit code 1 at 1.000 s"},
    {&trace_killed_download, exits_0, "Download (1.1) ends with exit code 0",
     "It was killed by SIGTERM at 5.000 s, sent by main"},
    {&trace_deadlock, main_exits_0, "Main ends with exit code 0",
     "It never ended; then the run was stopped: deadlock"},
    {&trace_killed_download, killed_by_term, NULL, NULL},
    {&trace_killed_download, killed_by_kill,
     "Download (1.1) is killed by SIGKILL",
     "It was killed by SIGTERM at 5.000 s, sent by main"},
    {THREE, killed_by_term, "File1 (1.1) is killed by SIGTERM",
     "It ended with exit code 1 at 1.000 s"},
    {THREE, ends_at_1, NULL, NULL},
    {THREE, ends_at_0_981, NULL, NULL},
    {&interrupted, main_ends_at_1, NULL, NULL},
    {THREE, ends_at_0_980, "File1 (1.1) ends at 0.980 s",
     "It ended with exit code 1 at 1.000 s"},
    {THREE, ends_at_1_001, "File1 (1.1) ends at 1.001 s",
     "It ended with exit code 1 at 1.000 s"},
    {THREE, ends_at_2, "File1 (1.1) ends at 2.000 s",
     "It ended with exit code 1 at 1.000 s"},
    {THREE, ended_before_main, NULL, NULL},
    {&outliving, ended_before_main, "Process 1.1 has ended before main ends",
     "Main ended at 1.000 s without having waited for it; it ended with exit "
     "code 0 at 1.000 s"},
    {THREE, third_ends_with_main, NULL, NULL},
    {&outliving, ends_with_main, NULL, NULL},
    {THREE, ends_with_main, "File1 (1.1) ends together with main",
     "It ended with exit code 1 at 1.000 s, but main ended at 3.000 s"},
    {&trace_zombie, ends_with_main, "Process 1.1 ends together with main",
     "It ended with exit code 7 at 1.000 s, but main never ended; then "
     "the run was stopped: deadlock"},
    {&outliving, outlives_main, NULL, NULL},
    {THREE, outlives_main, "File1 (1.1) goes on after main and ends by itself",
     "It ended with exit code 1 at 1.000 s; main ended at 3.000 s"},
    {&trace_killed_download, outlives_main,
     "Download (1.1) goes on after main and ends by itself",
     "It was killed by SIGTERM at 5.000 s, sent by main; main ended at "
     "5.000 s"},
    {THREE, reaped_by_main, NULL, NULL},
    {&chain, reaped_by_kernel, NULL, NULL},
    {&chain, reaped_by_main, "Main waits for process 1.1",
     "It was reaped by the kernel at 1.000 s, as SIGCHLD is ignored"},
    {&trace_zombie, reaped_by_main, "Main waits for process 1.1",
     "Nobody waited for it: it ended with exit code 7 at 1.000 s; then the run "
     "was stopped: deadlock"},
    {THREE, no_zombies, NULL, NULL},
    {&reaped_by_the_kernel, no_zombies, NULL, NULL},
    {&chain, no_zombies,
     "Main has waited for every one of its children when it ends",
     "Main ended at 3.000 s without having waited for 2 of its 3; the first "
     "is process 1.2: it was still alive then, it ended with exit code 0 at "
     "4.000 s"},

    {&trace_killed_download, main_sent_term, NULL, NULL},
    {&trace_killed_download, main_sent_kill,
     "Main sends SIGKILL to Download (1.1)",
     "Main sent SIGSTOP to Download (1.1) at 1.000 s"},
    {&trace_killed_download, child_sent_term,
     "Download (1.1) sends SIGTERM to main",
     "Download (1.1) sent no signal at all"},
    {&refused, main_sent_term, "Main sends SIGTERM to process 1.1",
     "The signal at 1.000 s failed with ESRCH"},
    {THREE, main_sent_term, "Main sends SIGTERM to File1 (1.1)",
     "Main sent no signal at all"},
    {THREE, never_signalled, NULL, NULL},
    {&harmless, never_signalled, NULL, NULL},
    {&trace_killed_download, main_never_signalled, NULL, NULL},
    {&trace_killed_download, never_signalled,
     "No process sends a signal to Download (1.1)",
     "Main sent SIGSTOP to Download (1.1) at 1.000 s"},
    {&trace_killed_download, signals_inside, NULL, NULL},
    {&harmless, signals_inside, NULL, NULL},
    {&outside, signals_inside,
     "Signals go only to processes that the program started",
     "Main sent SIGTERM to a process outside the program at 1.000 s"},
    {&everyone, signals_inside,
     "Signals go only to processes that the program started",
     "Main signalled all processes at once, with kill(-1, SIGKILL), at "
     "1.000 s"},
};

START_TEST(a_claim_holds_or_says_why_not)
{
    claim_case_try(&cases[_i]);
}
END_TEST

SUITE(course_claims_process)
{
    Suite *suite = suite_create("course_claims_process");
    TCase *tc = tcase_create("claims");
    tcase_add_loop_test(tc, a_claim_holds_or_says_why_not, 0, LENGTH(cases));
    suite_add_tcase(suite, tc);
    return suite;
}
