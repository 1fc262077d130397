/* Claims about injected faults: each one holding and failing, with the message
 * word by word. */

#include <errno.h>
#include <signal.h>

#include "tests/claims.h"

CLAIM(gives_up, claim_gives_up(run))
CLAIM(goes_on, claim_goes_on(run))
CLAIM(whole, claim_prints_whole(run, "All done!"))

#define FAULT(what, value, call) TEXT(0, TRACE_FAULT, 0, what, value, call)
#define FAILS FAULT(TRACE_FAULT_ERROR, EAGAIN, "fork()")
#define TRACE(name, ...)                                                   \
    static struct trace_event name##_events[] = {START(3), __VA_ARGS__};   \
    static const struct trace name = TRACE_OF(TRACE_ENDED, S, name##_events)

TRACE(orderly, FORK(0, 0, 1, 4), FAILS, WRITES(0, 0, 2, "no\n"), EXITS(S, 1, 0),
      REAPS(S, 0, 1), EXITS(S, 0, 1));
TRACE(unnoticed, FORK(0, 0, 1, 4), FAILS, EXITS(S, 1, 0), REAPS(S, 0, 1),
      EXITS(S, 0, 0));
TRACE(silent, FAILS, EXITS(0, 0, 1));
TRACE(abandoned, FORK(0, 0, 1, 4), FAILS, WRITES(0, 0, 2, "no\n"),
      EXITS(0, 0, 1), EXITS(S, 1, 0));
TRACE(killed, FAILS, KILLED(0, 0, SIGTERM));
TRACE(no_fault, EXITS(0, 0, 0));
TRACE(interrupted, FORK(0, 0, 1, 4),
      FAULT(TRACE_FAULT_SIGNAL, SIGCHLD, "waitpid(-1)"), EXITS(S, 0, 0),
      EXITS(S, 1, 0));
TRACE(awaited, FORK(0, 0, 1, 4),
      FAULT(TRACE_FAULT_SIGNAL, SIGCHLD, "waitpid(-1)"), EXITS(S, 1, 0),
      REAPS(S, 0, 1), EXITS(S, 0, 0));
TRACE(torn, FAULT(TRACE_FAULT_SHORT, 7, "write(1)"), WRITES(0, 0, 1, "All don"),
      EXITS(0, 0, 0));
TRACE(mended, FAULT(TRACE_FAULT_SHORT, 7, "write(1)"),
      WRITES(0, 0, 1, "  All don"), WRITES(0, 0, 1, "e! \n"), EXITS(0, 0, 0));
TRACE(longer, WRITES(0, 0, 1, "All done!!\n"), EXITS(0, 0, 0));

#define ENDS_WITH_1                                                        \
    "Main ends with exit code 1 when a process could not be started or "   \
    "did not do its work"
#define WHOLE                                                              \
    "Every line is written whole, also if write() takes a part of it only"
#define GOES_ON                                                            \
    "Main makes an interrupted call again and ends with exit code 0 when " \
    "all processes have ended"

static const struct claim_case cases[] = {
    {&orderly, gives_up, NULL, NULL},
    {&unnoticed, gives_up, ENDS_WITH_1,
     "fork() failed with EAGAIN (injected), and main ended with exit code 0"},
    {&killed, gives_up, ENDS_WITH_1,
     "fork() failed with EAGAIN (injected), and main was killed by SIGTERM"},
    {&no_fault, gives_up, ENDS_WITH_1,
     "No fault was met, and main ended with exit code 0"},
    {&silent, gives_up, "A message on stderr says what went wrong",
     "fork() failed with EAGAIN (injected), and nothing was written to stderr"},
    {&abandoned, gives_up,
     "Main waits for all processes that it has started, also when one could "
     "not be started",
     "fork() failed with EAGAIN (injected), and nobody waited for process 1.1"},
    {&awaited, goes_on, NULL, NULL},
    {&no_fault, goes_on, NULL, NULL},
    {&interrupted, goes_on, GOES_ON,
     "SIGCHLD came in waitpid(-1) (injected), and nobody waited for process "
     "1.1"},
    {&silent, goes_on, GOES_ON,
     "fork() failed with EAGAIN (injected), and main ended with exit code 1"},
    {&mended, whole, NULL, NULL},
    {&torn, whole, WHOLE,
     "write(1) took 7 bytes only (injected), and no line is \"All done!\""},
    {&longer, whole, WHOLE,
     "No fault was met, and no line is \"All done!\""},
};

START_TEST(a_claim_on_faults_holds_or_says_why_not)
{
    claim_case_try(&cases[_i]);
}
END_TEST

SUITE(course_claims_faults)
{
    Suite *suite = suite_create("course_claims_faults");
    TCase *tc = tcase_create("claims");
    tcase_add_loop_test(tc, a_claim_on_faults_holds_or_says_why_not, 0,
                        LENGTH(cases));
    suite_add_tcase(suite, tc);
    return suite;
}
