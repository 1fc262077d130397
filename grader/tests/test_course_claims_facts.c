/* Claims about what a process has and where it is: each one holding and
 * failing, with the message word by word. */

#include <stdlib.h>
#include <string.h>

#include "tests/claims.h"
#include "trace/facts_table.h"

#define THREE (&trace_facts_of_three)

enum { MAIN, CHILD, DAEMON };

static const char *const pid_file[] = {"daemon.pid", "other"};
static const char *const pid_path[] = {"/run/daemon.pid"};
static const char *const part_of_path[] = {"run/daemon.pid"};

CLAIM(main_left, claim_left_session(run, MAIN))
CLAIM(daemon_left, claim_left_session(run, DAEMON))
CLAIM(main_leads, claim_session_leader(run, MAIN))
CLAIM(child_leads, claim_session_leader(run, CHILD))
CLAIM(daemon_leads, claim_session_leader(run, DAEMON))
CLAIM(child_leads_not, claim_no_session_leader(run, CHILD))
CLAIM(daemon_leads_not, claim_no_session_leader(run, DAEMON))
CLAIM(child_has_no_terminal, claim_no_terminal(run, CHILD))
CLAIM(daemon_has_no_terminal, claim_no_terminal(run, DAEMON))
CLAIM(daemon_in_root, claim_directory(run, DAEMON, "/"))
CLAIM(main_in_root, claim_directory(run, MAIN, "/"))
CLAIM(child_in_root, claim_directory(run, CHILD, "/"))
CLAIM(daemon_masks_nothing, claim_umask(run, DAEMON, 0))
CLAIM(child_title,
      claim_command_line(run, CHILD, 1000, "child \x1b with a title"))
CLAIM(child_other, claim_command_line(run, CHILD, 1000, "child"))
CLAIM(main_title, claim_command_line(run, MAIN, 1000, "x"))
CLAIM(main_late, claim_command_line(run, MAIN, 2000, "x"))
CLAIM(main_masks_nothing, claim_umask(run, MAIN, 0))
CLAIM(daemon_null, claim_null_streams(run, DAEMON))
CLAIM(main_null, claim_null_streams(run, MAIN))
CLAIM(child_null, claim_null_streams(run, CHILD))
CLAIM(daemon_nothing_else, claim_descriptors(run, DAEMON, NULL, 0))
CLAIM(daemon_pid_file, claim_descriptors(run, DAEMON, pid_file, 2))
CLAIM(daemon_pid_path, claim_descriptors(run, DAEMON, pid_path, 1))
CLAIM(daemon_part, claim_descriptors(run, DAEMON, part_of_path, 1))
CLAIM(child_nothing_else, claim_descriptors(run, CHILD, NULL, 0))
CLAIM(first_masks_nothing, claim_umask(run, 1, 0))

static struct trace_descriptor write_only[] = {
    {0, TRACE_NULL_DEVICE, TRACE_WRITES, false, 0, (char *)"/dev/null"},
    {1, TRACE_NULL_DEVICE, TRACE_WRITES, false, 0, (char *)"/dev/null"},
    {2, TRACE_NULL_DEVICE, TRACE_READS, false, 0, (char *)"/dev/null"},
};
static struct trace_facts wrong_way = {
    .parent = TRACE_OUTSIDE,
    .group = 0,
    .session = 0,
    .n_descriptors = LENGTH(write_only),
    .descriptors = write_only,
};
static struct trace_event wrong_way_events[] = {START(100),
                                                LOOKS(S, 0, wrong_way)};
static const struct trace null_the_wrong_way =
    TRACE_OF(TRACE_DEADLOCK, S, wrong_way_events);

static const struct claim_case cases[] = {
    {THREE, daemon_left, NULL, NULL},
    {THREE, main_left,
     "Main has left the session in which the program was started",
     "It was still in it at 1.000 s"},
    {THREE, child_leads, NULL, NULL},
    {THREE, main_leads, "Main is the leader of its session",
     "At 1.000 s it was in the session of whoever started the program"},
    {THREE, daemon_leads, "Process 1.1.1 is the leader of its session",
     "At 2.000 s it was in the session of odd?name (1.1)"},
    {THREE, daemon_leads_not, NULL, NULL},
    {THREE, child_leads_not, "odd?name (1.1) is not the leader of its session",
     "It was at 1.000 s, so opening a terminal could make that its own"},
    {THREE, daemon_has_no_terminal, NULL, NULL},
    {THREE, child_has_no_terminal, "odd?name (1.1) has no controlling terminal",
     "It had one at 1.000 s"},
    {THREE, daemon_in_root, NULL, NULL},
    {THREE, main_in_root, "The working directory of main is \"/\"",
     "At 1.000 s it was \"/tmp/lab\""},
    {THREE, child_in_root, "The working directory of odd?name (1.1) is \"/\"",
     "At 1.000 s it was \"/tmp/odd \\xff\\n\\x1b name\""},
    {THREE, daemon_masks_nothing, NULL, NULL},
    {THREE, main_masks_nothing, "The umask of main is 000",
     "At 1.000 s it was 022"},
    {THREE, child_title, NULL, NULL},
    {THREE, child_other,
     "At 1.000 s ps -f shows \"child\" as the command line of odd?name (1.1)",
     "It shows \"child \\x1b with a title\""},
    {THREE, main_title,
     "At 1.000 s ps -f shows \"x\" as the command line of main",
     "It is not known"},
    {THREE, main_late,
     "At 2.000 s ps -f shows \"x\" as the command line of main",
     "It was not there then: it ended with exit code 0 at 1.000 s"},
    {THREE, daemon_null, NULL, NULL},
    {THREE, main_null, "Descriptors 0, 1 and 2 of main are /dev/null",
     "At 1.000 s descriptor 1 was the standard output that the program was "
     "started with, descriptor 2 was the standard error that the program was "
     "started with"},
    {THREE, child_null,
     "Descriptors 0, 1 and 2 of odd?name (1.1) are /dev/null",
     "At 1.000 s descriptor 0 was a pipe, descriptor 1 was closed, descriptor "
     "2 was closed"},
    {&null_the_wrong_way, main_null,
     "Descriptors 0, 1 and 2 of main are /dev/null",
     "At 1.000 s descriptor 0 was \"/dev/null\", not open for reading, "
     "descriptor 2 was \"/dev/null\", not open for writing; then the run was "
     "stopped: deadlock"},
    {THREE, daemon_pid_file, NULL, NULL},
    {THREE, daemon_pid_path, NULL, NULL},
    {THREE, daemon_nothing_else,
     "Process 1.1.1 has only descriptors 0 to 2 open",
     "At 2.000 s also open: 3 is \"/run/daemon.pid\""},
    {THREE, daemon_part,
     "Process 1.1.1 has only descriptors 0 to 2 open, and run/daemon.pid",
     "At 2.000 s also open: 3 is \"/run/daemon.pid\""},
    {THREE, child_nothing_else,
     "odd?name (1.1) has only descriptors 0 to 2 open",
     "At 1.000 s also open: 3 is a terminal, 4 is a socket, 5 is "
     "\"/tmp/lab/fifo\", 6 is \"eventfd\", 7 is \"/\", and there are 1 more"},
    {&trace_three_sleepers, first_masks_nothing,
     "The umask of File1 (1.1) is 000",
     "When the processes were looked at, File1 (1.1) was not there: it ended "
     "with exit code 1 at 1.000 s"},
};

START_TEST(a_claim_holds_or_says_why_not)
{
    claim_case_try(&cases[_i]);
}
END_TEST

static const char table[] =
    "At 1.000 s\n"
    "  process             pid   ppid   pgid    sid  tty     uid nice umask  "
    "directory\n"
    "  prog (1)            100      -    100      -  none   1000    0   022  "
    "/tmp/lab\n";

START_TEST(a_table_of_facts)
{
    char *text = facts_table_draw(THREE, false);
    ck_assert_ptr_nonnull(text);
    ck_assert_msg(strncmp(text, table, sizeof table - 1) == 0, "%s", text);
    ck_assert_ptr_nonnull(strstr(
        text, "      4w   pipe 1; close-on-exec; also open: 0r in 1.1\n"));
    ck_assert_ptr_nonnull(strstr(text, "      ignores SIGHUP, SIGPIPE\n"));
    ck_assert_ptr_nonnull(strstr(text, "      blocks signal 64\n"));
    ck_assert_ptr_nonnull(strstr(text, " /tmp/odd ??? name\n"));
    ck_assert_ptr_nonnull(strstr(text, "      command child ? with a title\n"));
    ck_assert_ptr_nonnull(strstr(text, "At 2.000 s\n"));
    ck_assert_ptr_null(strchr(text, '\x1b'));
    free(text);
}
END_TEST

START_TEST(no_facts_no_table)
{
    char *text = facts_table_draw(&trace_three_sleepers, false);
    ck_assert_str_eq(text, "");
    free(text);
}
END_TEST

SUITE(course_claims_facts)
{
    Suite *suite = suite_create("course_claims_facts");
    TCase *tc = tcase_create("claims");
    tcase_add_loop_test(tc, a_claim_holds_or_says_why_not, 0, LENGTH(cases));
    tcase_add_test(tc, a_table_of_facts);
    tcase_add_test(tc, no_facts_no_table);
    suite_add_tcase(suite, tc);
    return suite;
}
