/* 04-daemon/heartbeat: a daemon that logs.
 *
 * The log is /dev/stdout, so that its lines are in the trace.  Signals come at
 * some nine tenths of a second, the work takes half a second at most: they
 * never meet, but in the scenario that is about that. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course/claim.h"

enum { PID_FILE = 2, SLACK_NS = 20000000 };
static const int64_t second = 1000000000;

/* The time at which the scenario ends it, in ms; the last step. */
static long term_ms(const struct run *run)
{
    long ms = 0;
    for (int i = 0; i < SCENARIO_STEPS; i++)
        if (run->scenario->steps[i].kind == STEP_SIGNAL)
            ms = run->scenario->steps[i].at_ms;
    return ms;
}

/* Beat n is the nth line of this kind, and at n seconds.  One list for all of
 * them: an hour has many. */
static void beats(const struct run *run)
{
    long want = term_ms(run) / 1000, n = 0;
    char expected[80];
    struct trace_lines lines = claim_lines(run, 1, CLAIM_MAIN);
    for (size_t i = 0; i < lines.n; i++) {
        const struct trace_line *line = &lines.line[i];
        long number;
        if (sscanf(line->text, " Beat %ld", &number) != 1)
            continue;
        snprintf(expected, sizeof expected, "\"Beat %ld\" is written at %ld s",
                 n + 1, n + 1);
        n++;
        int64_t late = line->at_ns - n * second;
        if (number != n || late < 0 || late > SLACK_NS)
            claim_failed(run, (long)line->event, expected,
                         "\"Beat %ld\" was written at %.3f s", number,
                         (double)line->at_ns / 1e9);
    }
    trace_lines_free(&lines);
    snprintf(expected, sizeof expected, "There is a beat each second, %ld",
             want);
    if (n != want)
        claim_failed(run, trace_find(run->trace, TRACE_EXIT, CLAIM_MAIN, 0),
                     expected, "There were %ld", n);
}

static void begins(const struct run *run)
{
    if (strcmp(run->scenario->name, "no_log") == 0) {
        claim_exits(run, CLAIM_MAIN, 1);
        claim_complains(run);
        claim_ends_at(run, CLAIM_MAIN, 0);
        return;
    }
    claim_children_of_main(run, 0);
    claim_prints_once_at(run, CLAIM_MAIN, 0, "Started.");
    claim_prints_at(run, 1000, "Beat 1");
    claim_prints_before(run, "Started.", "Beat 1");
}

/* How often the log was opened in this stretch of time.  No open() is in a
 * trace, but a fault is: in these scenarios each is delayed by 1 ns. */
static int opened(const struct run *run, int64_t from_ns, int64_t to_ns)
{
    int n = 0;
    for (size_t i = 0; i < run->trace->n_events; i++) {
        const struct trace_event *e = &run->trace->events[i];
        n += e->kind == TRACE_FAULT && e->t_ns >= from_ns && e->t_ns <= to_ns &&
             strstr(e->text, "/dev/stdout");
    }
    return n;
}

static void claim_reopened(const struct run *run, int64_t ms)
{
    claim_prints_at(run, (long)ms, "Log reopened.");
    int64_t at = ms * 1000000;
    if (opened(run, at, at + SLACK_NS) == 0)
        claim_failed(run, trace_find(run->trace, TRACE_EXIT, CLAIM_MAIN, 0),
                     "HUP makes the daemon open its log again",
                     "It wrote \"Log reopened.\" at %.3f s and had not called "
                     "open()",
                     (double)ms / 1000);
}

static void reopens(const struct run *run)
{
    int n = 0, want = 0;
    struct trace_lines lines = claim_lines(run, 1, CLAIM_MAIN);
    for (int i = 0; i < SCENARIO_STEPS; i++)
        if (run->scenario->steps[i].signal == SIGHUP) {
            want++;
            claim_reopened(run, run->scenario->steps[i].at_ms);
        }
    for (size_t i = 0; i < lines.n; i++)
        n += strstr(lines.line[i].text, "Log reopened.") != NULL;
    trace_lines_free(&lines);
    if (n != want)
        claim_failed(run, -1, "There is a line \"Log reopened.\" for each HUP",
                     "There were %d HUP and %d lines", want, n);
}

static void goodbye(const struct run *run)
{
    long end = term_ms(run);
    claim_prints_once_at(run, CLAIM_MAIN, end, "Goodbye after %ld beats.",
                         end / 1000);
    claim_exits(run, CLAIM_MAIN, 0);
    claim_ends_at(run, CLAIM_MAIN, end);
    claim_removes_file(run, CLAIM_MAIN, "pid file", run->args[PID_FILE]);
}

#define ARGS .args = {"/dev/stdout", "{f:beat,pulse,tick}.pid", "{w:100-500}"}

static const struct scenario scenarios[] = {
    {
        .name = "plain",
        .title = "some beats, then TERM",
        ARGS,
        .steps = {SEND(7900, SIGTERM)},
    },
    {
        .name = "no_beat",
        .title = "TERM comes before the first beat",
        ARGS,
        .steps = {SEND(900, SIGTERM)},
    },
    {
        .name = "hups",
        .title = "HUP comes twice",
        ARGS,
        .steps = {SEND(1900, SIGHUP), SEND(2850, SIGHUP), SEND(6900, SIGTERM)},
        .inject = {"open:delay_enter=1ns:process=main"},
    },
    {
        .name = "hup_at_work",
        .title = "HUP comes while the daemon works",
        .args = {"/dev/stdout", "{f:beat,pulse,tick}.pid", "{w:300-500}"},
        .steps = {SEND(2100, SIGHUP), SEND(5900, SIGTERM)},
    },
    {
        .name = "hour",
        .title = "an hour",
        ARGS,
        .steps = {SEND(3600900, SIGTERM)},
        .limit_ms = 4000000,
    },
    {
        .name = "no_log",
        .title = "the log is in a directory that is not there",
        .args = {"no/such/{l:place,room,shelf}", "{f:beat,pulse,tick}.pid",
                 "{w:100-500}"},
        .steps = {SEND(2900, SIGTERM)},
    },
    {.name = NULL},
};

static const struct check checks[] = {
    {
        .id = "heartbeat_begins",
        .points = 1,
        .title =
            "main itself is the daemon, and its log begins at once, if it can",
        .judge = begins,
        .scenarios = "plain hups no_log",
        .why = "Whoever looks at a log after a crash sees what was "
               "written, not what was in a buffer.",
        .hint =
            "Open LOG for appending, and look at what open() returns; write "
            "\"Started.\" into it, then a line a second. Each line is written "
            "at once: write(), dprintf(), or fflush() after it.",
        .lesson = "task-heartbeat",
        .clock = CLOCK_HONEST,
    },
    {
        .id = "heartbeat_reopens",
        .points = 1,
        .title = "HUP makes the daemon open its log again, at once",
        .judge = reopens,
        .scenarios = "hups",
        .why = "Logs are renamed every night; a daemon that keeps the old "
               "one writes where nobody looks, until the disk is full.",
        .hint = "SIGHUP ends a process that has nothing arranged for it. The "
                "handler only notes that it came; the main loop wakes up, "
                "opens LOG again, closes the old one and says \"Log "
                "reopened.\"",
        .lesson = "hup-and-the-log",
        .clock = CLOCK_HONEST,
        .depends = "heartbeat_begins",
    },
    {
        .id = "heartbeat_on_time",
        .points = 1,
        .title = "the beats are on time for an hour, whatever work and signals "
                 "take",
        .judge = beats,
        .scenarios = "plain hour hups hup_at_work",
        .why = "What is late by a millisecond each second is late by more "
               "than a minute a day.",
        .hint =
            "Sleep until a point in time, not for a second: the next point "
            "is the last one plus a second. clock_nanosleep() with "
            "TIMER_ABSTIME, a timerfd, or compute what is left. A signal ends "
            "a sleep early; that is no beat: sleep on until the same point.",
        .lesson = "a-second-is-not-sleep1",
        .clock = CLOCK_HONEST,
        .depends = "heartbeat_reopens",
    },
    {
        .id = "heartbeat_goodbye",
        .points = 1,
        .title =
            "TERM makes the daemon say goodbye, remove its pid file and end",
        .judge = goodbye,
        .scenarios = "plain no_beat",
        .why = "A log without a last line, or a pid file without a "
               "process, looks like a crash.",
        .hint =
            "A line with the number of beats, unlink() of PIDFILE, then exit "
            "code 0, all at once. Not in the handler: printf() is not safe "
            "there.",
        .lesson = "task-heartbeat",
        .clock = CLOCK_HONEST,
        .depends = "heartbeat_begins",
    },
    {.id = NULL},
};

EXERCISE(heartbeat) = {
    .id = "04-daemon/heartbeat",
    .title = "A daemon that logs",
    .usage = "LOG PIDFILE WORK_MS",
    .place = 2,
    .scenarios = scenarios,
    .checks = checks,
};
