#include "tests/results.h"

#include <check.h>
#include <stdlib.h>

#define TEXT(literal) ((char *)(literal))
#define N(array) (sizeof(array) / sizeof *(array))

static struct check_result good_checks[] = {
    {.id = "born", .title = "every worker is born", .lesson = "birth",
     .points = 2, .max_points = 2, .verdict = VERDICT_PASS},
    {.id = "reaped", .title = "every worker is reaped", .lesson = "death",
     .points = 3, .max_points = 3, .verdict = VERDICT_PASS},
};

static struct forced_choice decisions[] = {
    {3, 1, TEXT("main goes on before File2 (1.2) has begun")},
    {17, 0, TEXT("File1 (1.1) ends before main waits in waitpid(-1)")},
};

static struct check_result bad_checks[] = {
    {.id = "sigterm", .title = "a cancelled download is ended by SIGTERM",
     .hint = "Send SIGTERM to the pid that fork() returned.",
     .lesson = "sigterm-first", .max_points = 3, .verdict = VERDICT_FAIL,
     .expected = TEXT("Main sends SIGTERM to File2 (1.2)"),
     .seen = TEXT("Main sent SIGKILL to File2 (1.2) at 2.000 s"),
     .where = TEXT("cancel.c:57"), .scenario = TEXT("middle"),
     .schedule = TEXT("child-first+3:1+17:0"), .command = TEXT("./cancel File1:2"),
     .program = TEXT("sha256:00112233445566"), .n_decisions = 2, .decisions = decisions,
     .event = 8},
    {.id = "status", .title = "its status is reported", .hint = "Decode it.",
     .lesson = "status", .max_points = 1, .verdict = VERDICT_SKIP,
     .seen = TEXT("needs: a cancelled download is ended by SIGTERM")},
    {.id = "lines", .title = "every download writes its lines itself",
     .hint = "Print in the child.", .lesson = "lines", .max_points = 2,
     .verdict = VERDICT_FAIL,
     .expected = TEXT("File1 (1.1) writes the line \"[File1] begins\", once"),
     .seen = TEXT("Another process wrote it: \"[File1] begins\" by main at "
                  "0.000 s")},
    {.id = "others", .title = "the others are left alone", .points = 4,
     .lesson = "others", .max_points = 4, .verdict = VERDICT_PASS},
};

static struct check_result unbuilt_checks[] = {
    {.id = "daemon", .title = "it is a daemon", .lesson = "daemon",
     .max_points = 5, .verdict = VERDICT_SKIP,
     .seen = TEXT("04-daemon/daemonize.c does not compile: mend it.")},
    {.id = "pidfile", .title = "it has a pid file", .lesson = "daemon",
     .max_points = 1, .verdict = VERDICT_SKIP,
     .seen = TEXT("04-daemon/daemonize.c does not compile: mend it.")},
};

static struct diagnostic errors[] = {
    {TEXT("04-daemon/daemonize.c"), TEXT("error"),
     TEXT("‘pid’ undeclared (first use in this function)"), 12, 5},
    {TEXT("04-daemon/daemonize.c"), TEXT("warning"), TEXT("never mind"), 3, 1},
};

static struct check_result error_checks[] = {
    {.id = "late", .title = "it is on time", .lesson = "late",
     .max_points = 6, .verdict = VERDICT_ERROR,
     .seen = TEXT("Real time ran out.")},
};

static struct transcript_line lines[] = {
    {0, TEXT("File1 (1.1)"), TEXT("[File1] begins")},
    {2000, TEXT("main"), TEXT("User cancelled File2!")},
};
static struct process_result processes[] = {
    {TEXT("1"), TEXT("cancel"), 0, 5000, 0, 0},
    {TEXT("1.2"), TEXT("File2"), 0, -1, 0, 15},
};
static struct run_result runs[] = {
    {.scenario = "middle", .schedule = TEXT("parent-first"),
     .outcome = "ended", .virtual_ms = 5000, .n_lines = N(lines),
     .lines = lines, .n_processes = N(processes), .processes = processes,
     .left_out = 3},
};

static struct exercise_result mixed[] = {
    {.id = "01-naming/workers", .title = "Workers", .built = true,
     .n_checks = N(good_checks), .checks = good_checks},
    {.id = "03-killing/cancel", .title = "Downloads that can be cancelled",
     .built = true, .n_checks = N(bad_checks), .checks = bad_checks,
     .n_runs = N(runs), .runs = runs},
    {.id = "04-daemon/daemonize", .title = "A daemon",
     .build_problem = TEXT("04-daemon/daemonize.c does not compile: mend it."),
     .n_diagnostics = N(errors), .diagnostics = errors,
     .n_checks = N(unbuilt_checks), .checks = unbuilt_checks},
    {.id = "05-x/late", .title = "On time", .built = true,
     .n_checks = N(error_checks), .checks = error_checks},
};
const struct result result_mixed = {
    .submission = TEXT("alice"), .seed = 7, .schedules = 4,
    .course = "sha256:11", .n_exercises = N(mixed), .exercises = mixed,
};
const struct result result_full = {
    .submission = TEXT("solutions"), .seed = UINT64_MAX, .schedules = 1,
    .course = "sha256:11", .n_exercises = 1, .exercises = mixed,
};

/* ]]> ends CDATA, " # SKIP" a TAP line, ESC moves a cursor, U+202E turns text
 * round, 0xff is no UTF-8, U+FFFE no XML. */
#define NASTY                                                               \
    "<a b=\"c\" d='e'>&amp;]]>\n# SKIP\\ \x1b[2J\x07\x7f\xff "              \
    "\xe2\x80\xae\xef\xbf\xbe end"

static struct check_result nasty_checks[] = {
    {.id = "nasty", .title = NASTY, .hint = NASTY, .lesson = "l",
     .max_points = 1, .verdict = VERDICT_FAIL, .expected = TEXT(NASTY),
     .seen = TEXT(NASTY), .where = TEXT(NASTY), .scenario = TEXT(NASTY),
     .schedule = TEXT(NASTY)},
    {.id = "nasty_skip", .title = NASTY, .max_points = 1,
     .verdict = VERDICT_SKIP, .seen = TEXT(NASTY)},
};
static struct diagnostic nasty_diagnostics[] = {
    {TEXT("x/y.c"), TEXT("warning"), TEXT(NASTY), 1, 1},
};
static struct exercise_result nasty[] = {
    {.id = "x/y", .title = NASTY, .built = true,
     .n_diagnostics = N(nasty_diagnostics), .diagnostics = nasty_diagnostics,
     .n_checks = N(nasty_checks), .checks = nasty_checks},
};
const struct result result_hostile = {
    .submission = TEXT(NASTY), .n_exercises = 1, .exercises = nasty,
};

char *result_written(const struct result *result,
                     int (*write)(const struct result *, FILE *))
{
    char *text = NULL;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    ck_assert_ptr_nonnull(out);
    ck_assert_int_eq(write(result, out), 0);
    fclose(out);
    return text;
}
