/* 03-killing/time_limit: timeout(1) in small.
 *
 * The commands are sh, sleep, cat and true, which every system has.  They end
 * at times of their own, or react to SIGTERM in ways of their own; the limit
 * never comes at the same time.  With a clock that is not honest it may come
 * before the command has begun. */
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "course/claim.h"
#include "course/tell.h"

enum { GRACE_MS = 2000, NS_PER_MS = 1000000 };

/* What is expected of a scenario whose end is told by its arguments. */
struct outcome {
    const char *scenario;
    int code;           /* exit code; with from_c the number c as well */
    bool from_c;        /* plus what was drawn for c */
    const char *second; /* ends after the seconds drawn for this, ... */
    int tenths;         /* ... plus so much; */
    bool and_f;         /* plus the tenths that were drawn for f */
};

static const struct outcome outcomes[] = {
    {"ends_itself", 0, true, "a", 0, true},
    {"quick", 0, false, NULL, 0, false},
    {"input", 0, false, NULL, 15, false},
    {"killed_itself", 128, true, "a", 0, false},
    {"sleeps", 124, false, "s", 0, false},
    {"family", 124, false, "s", 0, false},
    {"polite", 124, false, "s", 10, false},
    {"stubborn", 124, false, "s", 20, false},
    {.scenario = NULL},
};

/* The last row, without a name, if the end is left open. */
static const struct outcome *outcome_of(const struct run *run)
{
    const struct outcome *o = outcomes;
    while (o->scenario && strcmp(o->scenario, run->scenario->name) != 0)
        o++;
    return o;
}

static long limit_ms(const struct run *run)
{
    return 1000 * strtol(run->args[1], NULL, 10);
}

static long end_ms(const struct run *run, const struct outcome *o)
{
    return (o->second ? 1000 * drawn_number(run, o->second) : 0) +
           100 * (o->tenths + (o->and_f ? drawn_number(run, "f") : 0));
}

static int command(const struct run *run)
{
    claim_children_of_main(run, 1);
    return trace_child(run->trace, CLAIM_MAIN, 0);
}

/* Whether the arguments of an exec, each ended by a NUL, are those that were
 * given. */
static bool same_arguments(const struct run *run, const struct trace_event *e)
{
    const char *at = e->text;
    for (int i = 2; i < run->argc; i++) {
        size_t len = strlen(run->args[i]) + 1;
        if ((size_t)(e->text + e->len - at) < len ||
            memcmp(at, run->args[i], len) != 0)
            return false;
        at += len;
    }
    return at == e->text + e->len;
}

static void runs_command(const struct run *run)
{
    claim_main_stays(run, "Main stays what it is, to look at the time");
    int proc = command(run);
    long event = trace_find(run->trace, TRACE_EXEC, proc, 0);
    struct text expected;
    tell(&expected,
         "A child of main executes %s, with the arguments that follow it",
         run->args[2]);
    if (event < 0)
        claim_failed(run, trace_find(run->trace, TRACE_EXEC_FAILED, proc, 0),
                     expected.s, "It executed no program");
    if (!same_arguments(run, &run->trace->events[event]))
        claim_failed(run, event, expected.s, "It executed \"%s\" with others",
                     run->trace->events[event].text);
    if (strcmp(run->scenario->name, "input") == 0)
        claim_prints(run, proc, "%s", drawn_word(run, "w"));
}

/* No signal of a set (bit n - 1 is signal n) is blocked, or ignored, when the
 * command begins.  The C library uses the two behind the 31 standard ones for
 * itself, and posix_spawn() ignores them. */
static void claim_none(const struct run *run, long look, uint64_t set,
                       const char *what)
{
    struct text expected, name;
    int sig = ffs((int)(set & 0x7fffffff));
    if (sig == 0)
        return;
    tell(&expected, "The command begins with no signal %s", what);
    claim_failed(run, look, expected.s, "%s was %s in it",
                 tell_signal(&name, sig), what);
}

static void own_group(const struct run *run)
{
    int proc = command(run);
    long look = trace_last_look(run->trace, proc);
    if (look < 0)
        claim_failed(run, exit_of(run, proc),
                     "The command runs until its time is over",
                     "It had ended after half a second");
    const struct trace_facts *facts = run->trace->events[look].facts;
    if (facts->group != proc)
        claim_failed(run, look,
                     "The command is the leader of a process group of its own",
                     "It was in the group of %s",
                     facts->group == CLAIM_MAIN ? "main" : "another process");
    claim_none(run, look, facts->blocked, "blocked");
    claim_none(run, look, facts->ignored, "ignored");
}

static void exit_status(const struct run *run)
{
    const struct outcome *o = outcome_of(run);
    command(run);
    claim_comes_to_an_end(run);
    claim_exits(run, CLAIM_MAIN,
                o->code + (o->from_c ? (int)drawn_number(run, "c") : 0));
    claim_makespan(run, end_ms(run, o));
}

static void cannot_run(const struct run *run)
{
    bool missing = strcmp(run->scenario->name, "not_found") == 0;
    bool there = strcmp(run->scenario->name, "not_executable") == 0;
    claim_children_of_main(run, missing || there ? 1 : 0);
    claim_signals_stay_inside(run);
    claim_exits(run, CLAIM_MAIN, missing ? 127 : there ? 126 : 125);
    claim_no_grandchildren(run);
    claim_complains(run);
    claim_line_count(run, 0);
}

/* Of those that were there when the time was over. */
static void asks_the_group(const struct run *run)
{
    bool polite = strcmp(run->scenario->name, "polite") == 0;
    long limit = limit_ms(run);
    int leader = command(run);
    claim_signals_stay_inside(run);
    claim_never_signalled(run, CLAIM_MAIN);
    for (int proc = 1; proc < trace_processes(run->trace); proc++) {
        if (trace_born_at(run->trace, proc) >= limit * NS_PER_MS)
            continue;
        claim_sent_at(run, CLAIM_MAIN, proc, SIGTERM, limit);
        if (!polite)
            claim_ends_at(run, proc, limit);
        if (!polite && proc == leader)
            claim_killed_by(run, proc, SIGTERM);
    }
    if (polite)
        claim_exits(run, leader, (int)drawn_number(run, "c"));
    claim_comes_to_an_end(run);
    claim_exits(run, CLAIM_MAIN, 124);
}

/* A stopped command gets SIGTERM only when it goes on; whether main lets it is
 * open, so this one may take any part of the grace time, and a child that
 * ignores SIGTERM as well. */
static void then_kills(const struct run *run)
{
    const struct outcome *o = outcome_of(run);
    bool stubborn = strcmp(run->scenario->name, "stubborn") == 0;
    long limit = limit_ms(run);
    int proc = command(run);
    claim_sent_at(run, CLAIM_MAIN, proc, SIGTERM, limit);
    if (stubborn) {
        claim_sent_at(run, CLAIM_MAIN, proc, SIGKILL, limit + GRACE_MS);
        claim_killed_by(run, proc, SIGKILL);
    }
    claim_nobody_outlives_main(run, "When main ends, nobody is left whom the "
                                    "command has started");
    claim_comes_to_an_end(run);
    claim_exits(run, CLAIM_MAIN, 124);
    if (o->scenario)
        claim_makespan(run, end_ms(run, o));
}

/* Of main: after the command's end, where its time was not over, or when it was
 * reaped, as its number may be somebody else's then. */
static void no_late_signal(const struct run *run)
{
    int proc = command(run);
    struct trace_end end = trace_end_of(run->trace, proc);
    if (end.ended && end.at_ns < limit_ms(run) * NS_PER_MS)
        claim_sends_none_after(run, CLAIM_MAIN, exit_of(run, proc),
                               "Main sends no signal if the command ends in "
                               "time");
    claim_sends_none_after(run, CLAIM_MAIN, reap_of(run, proc),
                           "Main sends no signal to the group when it has "
                           "reaped the command");
    if (strcmp(run->scenario->name, "leaves_a_child") == 0)
        claim_exits(run, trace_child(run->trace, proc, 0), 0);
}

static const struct scenario scenarios[] = {
    {"ends_itself", "a command that ends by itself, in time",
     .args = {"{s:5-9}", "sh", "-c",
              "echo working; sleep {a:1-3}.{f:3-7}; exit {c:3-99}"}},
    {"quick", "a command that ends at once", .args = {"{s:2-9}", "true"}},
    {"input", "a command that copies its input", .args = {"{s:5-9}", "cat"},
     .steps = {INPUT(500, "{w:ant,bee,cow,dog,elk,fox}\n"), CLOSE_INPUT(1500)}},
    {"killed_itself", "a command that a signal kills before its time is over",
     .args = {"{s:5-9}", "sh", "-c", "sleep {a:1-3}; kill -{c:1,9,10,15} $$"}},
    {"leaves_a_child", "a command that ends in time and leaves a child behind",
     .args = {"{s:5-6}", "sh", "-c",
              "sleep {b:8-12} & sleep {a:1-3}; exit {c:3-99}"}},
    {"sleeps", "a command that takes longer than it may",
     .args = {"{s:2-5}", "sleep", "{h:50-90}"}, .steps = {LOOK(500)}},
    {"family", "a command with children and a grandchild, all too slow",
     .args = {"{s:2-5}", "sh", "-c",
              "sleep 50 & sh -c 'sleep 60; exit 1' & sleep 70; exit 2"}},
    {"polite", "a command that tidies up for a second when it gets SIGTERM",
     .args = {"{s:2-5}", "sh", "-c",
              "trap 'sleep 1; exit {c:3-99}' TERM; sleep 60 & wait"}},
    {"stubborn", "a command that ignores SIGTERM",
     .args = {"{s:2-5}", "sh", "-c", "trap '' TERM; sleep 50; sleep 60"}},
    {"stubborn_child", "a command that ends, with a child that ignores SIGTERM",
     .args = {"{s:2-5}", "sh", "-c",
              "sh -c \"trap '' TERM; sleep 50; sleep 60\" & wait; exit 1"}},
    {"stopped", "a command that stops itself, as Ctrl-Z would",
     .args = {"{s:2-5}", "sh", "-c", "kill -STOP $$; exit 1"}},
    {"not_found", "a command that does not exist",
     .args = {"{s:2-5}", "no_such_{w:ant,bee,cow}", "x"}},
    {"not_executable", "a file that is no program",
     .args = {"{s:2-5}", "/etc/passwd"}},
    {"no_process", "no process can be started",
     .args = {"{s:2-5}", "sleep", "1"},
     .inject = {"fork:error=EAGAIN:process=main"}},
    {"bad_word", "a word instead of the seconds",
     .args = {"{w:soon,later,x}", "sleep", "1"}},
    {"bad_tail", "something behind the seconds",
     .args = {"{s:2-5}s", "sleep", "1"}},
    {"bad_zero", "no time at all", .args = {"0", "sleep", "1"}},
    {"bad_huge", "more than 3600 seconds",
     .args = {"{s:3601-9999}", "sleep", "1"}},
    {"no_command", "no command", .args = {"{s:2-5}"}},
    {.name = NULL},
};

static const struct check checks[] = {
    {
        .id = "limit_runs_command",
        .points = 1,
        .title = "the command runs in a child, with its own arguments and "
                 "input",
        .judge = runs_command,
        .scenarios = "ends_itself quick input sleeps",
        .why = "A tool that runs other programs must not be felt by them: "
               "not in their arguments, not in their input.",
        .hint = "execvp(argv[2], argv + 2) in a child: argv ends with NULL "
                "already, so its tail is the command's argv.",
        .lesson = "task-time_limit",
        .clock = CLOCK_HONEST,
    },
    {
        .id = "limit_exit_status",
        .points = 1,
        .title = "a command that ends in time hands on how it ended, at once",
        .judge = exit_status,
        .scenarios = "ends_itself quick input killed_itself",
        .why = "Scripts put such a tool in front of a command and go on as "
               "if it was not there.",
        .hint = "WEXITSTATUS(status), or 128 + WTERMSIG(status) after a "
                "signal. Main ends when the command does: wait for SIGCHLD "
                "or the time, whichever comes first, and do not miss one that "
                "came before you began to wait.",
        .lesson = "a-wake-up-that-is-lost",
        .clock = CLOCK_HONEST,
        .depends = "limit_runs_command",
    },
    {
        .id = "limit_cannot_run",
        .points = 1,
        .title =
            "what cannot be run gives 127 or 126, a bad argument or a fork() "
            "that fails 125",
        .judge = cannot_run,
        .scenarios = "not_found not_executable no_process bad_word bad_tail "
                     "bad_zero bad_huge no_command",
        .why = "Scripts tell by 125, 126 and 127 whether the tool failed, "
               "or the command, or the typist.",
        .hint =
            "execvp() returns only if it failed. Then the child says why on "
            "stderr and ends with _exit(127) if errno is ENOENT, else "
            "_exit(126). A fork() that fails returns -1, which is no pid to "
            "wait for, or to kill. Arguments are checked before: strtol() "
            "stores where it stopped reading, which must be the end.",
        .lesson = "task-time_limit",
        .clock = CLOCK_HONEST,
        .depends = "limit_exit_status",
    },
    {
        .id = "limit_own_group",
        .points = 1,
        .title = "the command begins in a group of its own, with no signal "
                 "blocked or ignored",
        .judge = own_group,
        .scenarios = "sleeps",
        .why = "Only a group can be signalled as a whole. And a blocked "
               "signal survives exec: the command could never be stopped "
               "by it.",
        .hint = "setpgid(0, 0) in the child before execvp(). The mask and "
                "ignored signals outlive exec: put back what main has changed "
                "before you execute the command.",
        .lesson = "what-survives-exec",
        .clock = CLOCK_HONEST,
        .depends = "limit_runs_command",
    },
    {
        .id = "limit_asks_the_group",
        .points = 1,
        .title = "when the time is over the whole group gets SIGTERM, and main "
                 "ends with 124",
        .judge = asks_the_group,
        .scenarios = "sleeps family polite",
        .why = "A command's children do not end with it. Who kills the "
               "shell alone leaves what it started.",
        .hint = "kill(-pid, SIGTERM): a negative number is a process group. "
                "Then wait for the command's end. The status is 124, however "
                "it ended then.",
        .lesson = "the-whole-family",
        .clock = CLOCK_HONEST,
        .depends = "limit_own_group",
    },
    {
        .id = "limit_then_kills",
        .points = 1,
        .title = "nobody of the group outlives main: SIGKILL ends those who do "
                 "not react",
        .judge = then_kills,
        .scenarios = "stubborn stubborn_child stopped sleeps family polite",
        .why = "A program may ignore SIGTERM, or be stopped. After the "
               "grace time there must be nobody left.",
        .hint = "kill(-pid, SIGKILL) when the command has ended or two seconds "
                "are over, whichever comes first. A child of the command may "
                "ignore SIGTERM although the command does not.",
        .lesson = "the-whole-family",
        .clock = CLOCK_HONEST,
        .depends = "limit_exit_status limit_asks_the_group",
    },
    {
        .id = "limit_no_late_signal",
        .points = 1,
        .title = "no signal goes to a command that has ended in time or was "
                 "reaped",
        .judge = no_late_signal,
        .scenarios = "ends_itself quick killed_itself leaves_a_child family "
                     "stubborn stubborn_child",
        .why = "A pid that was reaped can be given to a stranger at once: "
               "the signal then hits that one.",
        .hint = "A group's number is its leader's pid: reap the leader last. "
                "waitid() with WNOWAIT tells that it has ended and leaves it a "
                "zombie.",
        .lesson = "a-reaped-pid-is-not-yours",
        .clock = CLOCK_HONEST,
        .depends = "limit_exit_status",
    },
    {.id = NULL},
};

EXERCISE(time_limit) = {
    .id = "03-killing/time_limit",
    .title = "A command that may not take too long",
    .usage = "SECONDS COMMAND [ARG...]",
    .place = 2,
    .scenarios = scenarios,
    .checks = checks,
};
