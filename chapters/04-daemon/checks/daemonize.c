/* 04-daemon/daemonize: the Unix daemon.
 *
 * Main says on standard output what became of each command, in order, and
 * which process a daemon is: who that is among the processes of the tree
 * follows from there.  What a daemon has and where it is was looked at when
 * main was gone; it waits without a deadline then. */
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course/claim.h"
#include "course/tell.h"

enum { MOST = SCENARIO_ARGS };

/* A command, and what became of it as main's line tells. */
struct command {
    char verb[8], file[40];
    enum fate { STARTS, IS_THERE, ENDS, IS_NOT_THERE } fate;
    long event;  /* of main's line */
    int proc;    /* the daemon it is about, TRACE_NOBODY if there is none */
    int starter; /* index of the command that started it */
    bool stays;  /* nobody ends what it starts */
};

struct model {
    int n;
    struct command command[MOST];
    bool all_well;
};

/* The command that started the daemon that has this file before the nth. */
static int running(const struct model *m, int nth)
{
    for (int i = 0; i < nth; i++)
        if (m->command[i].stays &&
            strcmp(m->command[i].file, m->command[nth].file) == 0)
            return i;
    return -1;
}

static struct model model_of(const struct run *run)
{
    struct model m = {.n = run->argc - 1, .all_well = true};
    for (int i = 0; i < m.n; i++) {
        struct command *c = &m.command[i];
        if (sscanf(run->args[i + 1], "%7[^:]:%39s", c->verb, c->file) != 2)
            abort();
        bool start = strcmp(c->verb, "start") == 0;
        c->starter = running(&m, i);
        c->fate = c->starter >= 0 ? (start ? IS_THERE : ENDS)
                                  : (start ? STARTS : IS_NOT_THERE);
        c->stays = c->fate == STARTS;
        if (c->fate == STARTS)
            c->starter = i;
        if (c->fate == ENDS)
            m.command[c->starter].stays = false;
        m.all_well &= c->fate == STARTS || c->fate == ENDS;
        c->proc = TRACE_NOBODY;
    }
    return m;
}

/* What main says of a command. */
static const char *line_of(const struct command *c, const char *pid,
                           struct text *line)
{
    bool kill = strcmp(c->verb, "kill") == 0;
    const char *const says[] = {"started as process ",
                                "already running as process ",
                                kill ? "killed" : "stopped", "not running"};
    return tell(line, "%s: %s%s", c->file, says[c->fate],
                c->fate <= IS_THERE ? pid : "");
}

/* Who the line is about; fails unless it is as it must be. */
static void claim_line(const struct run *run, struct model *m, int nth,
                       const struct trace_line *line)
{
    struct command *c = &m->command[nth];
    struct text want, expected, pid, have;
    tell(&expected, "Line %d of main is \"%s\"", nth + 1,
         line_of(c, "PID", &want));
    if (!line)
        claim_failed(run, exit_of(run, CLAIM_MAIN), expected.s,
                     "Main wrote %d line%s", nth, nth == 1 ? "" : "s");
    const char *process = strstr(line->text, "process ");
    int number = process ? (int)strtol(strchr(process, ' '), NULL, 10) : 0;
    tell(&pid, "%d", number);
    tell_quoted(&have, line->text, line->len);
    c->event = (long)line->event;
    if (!claim_line_is(line, line_of(c, pid.s, &want)) ||
        (c->fate <= IS_THERE && number <= 0))
        claim_failed(run, c->event, expected.s, "It was %s", have.s);
    if (c->fate == ENDS)
        c->proc = m->command[c->starter].proc;
    else if (c->fate <= IS_THERE)
        c->proc = trace_by_pid(run->trace, number, line->event);
    if (c->fate <= IS_THERE && c->proc == TRACE_NOBODY)
        claim_failed(run, c->event, "Main names the process that is the daemon",
                     "There was no process %d when it wrote %s", number,
                     have.s);
}

/* The model with who is who; fails unless main's lines are as they must be. */
static struct model observed(const struct run *run)
{
    struct model m = model_of(run);
    struct trace_lines lines = claim_lines(run, 1, TRACE_NOBODY);
    for (int i = 0; i < m.n; i++)
        claim_line(run, &m, i, (size_t)i < lines.n ? &lines.line[i] : NULL);
    trace_lines_free(&lines);
    return m;
}

/* Who is born on the way to a daemon ends, and main takes its status. */
static void claim_helpers_reaped(const struct run *run, const struct model *m)
{
    for (int k = 0; k < trace_children(run->trace, CLAIM_MAIN); k++) {
        int child = trace_child(run->trace, CLAIM_MAIN, k);
        bool daemon = false;
        for (int i = 0; i < m->n; i++)
            daemon |= m->command[i].proc == child;
        if (!daemon)
            claim_reaped_by(run, child, CLAIM_MAIN);
    }
}

static void starts(const struct run *run)
{
    struct model m = observed(run);
    claim_line_count(run, m.n);
    for (int i = 0; i < m.n; i++) {
        const struct command *c = &m.command[i];
        if (c->fate != STARTS)
            continue;
        if (c->proc == CLAIM_MAIN)
            claim_failed(run, c->event, "A daemon is a process of its own",
                         "Main named itself");
        if (!trace_alive_at_event(run->trace, c->proc, (size_t)c->event))
            claim_failed(run, c->event, "The daemon is there when main says so",
                         "The process that main named had ended");
        if (c->stays && trace_end_of(run->trace, c->proc).ended)
            claim_failed(run, exit_of(run, c->proc),
                         "A daemon stays when main has ended",
                         "It ended, and nobody had stopped it");
    }
    claim_helpers_reaped(run, &m);
    claim_exits(run, CLAIM_MAIN, 0);
}

static void new_session(const struct run *run)
{
    struct model m = observed(run);
    for (int i = 0; i < m.n; i++) {
        int proc = m.command[i].proc;
        if (!m.command[i].stays)
            continue;
        claim_left_session(run, proc);
        claim_no_session_leader(run, proc);
        claim_no_terminal(run, proc);
        if (trace_parent(run->trace, proc) == CLAIM_MAIN)
            claim_failed(run, trace_find(run->trace, TRACE_BORN, proc, 0),
                         "A daemon is no child of main's",
                         "Main made it by its own fork()");
    }
}

static void surroundings(const struct run *run)
{
    struct model m = observed(run);
    for (int i = 0; i < m.n; i++) {
        const char *file = m.command[i].file;
        if (!m.command[i].stays)
            continue;
        claim_directory(run, m.command[i].proc, "/");
        claim_umask(run, m.command[i].proc, 0);
        claim_null_streams(run, m.command[i].proc);
        claim_descriptors(run, m.command[i].proc, &file, 1);
    }
}

static void ready(const struct run *run)
{
    struct model m = observed(run);
    for (int i = 0; i < m.n; i++)
        if (m.command[i].fate == STARTS)
            claim_ready(run, m.command[i].proc, m.command[i].event,
                        "Main says that the daemon is started when it is "
                        "ready");
}

static void one_a_file(const struct run *run)
{
    struct model m = observed(run);
    int daemons[MOST], n = 0;
    for (int i = 0; i < m.n; i++) {
        const struct command *c = &m.command[i];
        if (c->stays)
            daemons[n++] = c->proc;
        if (c->fate == IS_THERE && c->proc != m.command[c->starter].proc)
            claim_failed(run, c->event,
                         "A start that is refused names the daemon that has "
                         "the pid file",
                         "Main named another process");
    }
    claim_all_ended(run, daemons, n,
                    "Nothing is left of a start that is refused");
    claim_exits(run, CLAIM_MAIN, m.all_well ? 0 : 1);
}

static void claim_stopped(const struct run *run, const struct command *c)
{
    long end = exit_of(run, c->proc);
    claim_sent(run, CLAIM_MAIN, c->proc, SIGTERM);
    if (end < 0)
        claim_failed(run, c->event, "SIGTERM ends the daemon",
                     "It was still there at the end of the run");
    claim_exits(run, c->proc, 0);
    claim_removes_file(run, c->proc, "pid file", c->file);
    if (end > c->event)
        claim_failed(run, c->event,
                     "Main says that the daemon is stopped when it has ended",
                     "It had not ended yet");
}

static void stops(const struct run *run)
{
    struct model m = observed(run);
    for (int i = 0; i < m.n; i++) {
        const struct command *c = &m.command[i];
        if (c->fate != ENDS)
            continue;
        if (strcmp(c->verb, "stop") == 0)
            claim_stopped(run, c);
        else
            claim_killed_by(run, c->proc, SIGKILL);
    }
    claim_exits(run, CLAIM_MAIN, m.all_well ? 0 : 1);
}

/* A daemon that does not come to be: main says so and nothing is left. */
static void when_calls_fail(const struct run *run)
{
    claim_signals_stay_inside(run);
    claim_gives_up(run);
    claim_never_prints(run, "started as process");
    claim_all_ended(run, NULL, 0, "Nothing is left of a start that has failed");
}

#define A "{f:web,mail,print,clock}.pid"
#define B "{g:web,mail,print,clock}.pid"

static const struct scenario scenarios[] = {
    {"one", "one daemon", .args = {"start:" A}, .steps = {LOOK(2000)},
     .watch_ms = 3000},
    {"two", "two daemons, each with its pid file",
     .args = {"start:" A, "start:" B}, .steps = {LOOK(2000)}, .watch_ms = 3000},
    {"twice", "the second start of a daemon is refused",
     .args = {"start:" A, "start:" A, "start:" B, "start:" A},
     .steps = {LOOK(2000)}, .watch_ms = 3000},
    {"stopped", "started and stopped",
     .args = {"start:" A, "start:" B, "stop:" A, "stop:" B}, .watch_ms = 3000},
    {"again", "started again when it was stopped",
     .args = {"stop:" A, "start:" A, "stop:" A, "start:" A, "start:" A,
              "stop:" A, "stop:" A},
     .watch_ms = 3000},
    {"killed", "killed by SIGKILL, and started again",
     .args = {"start:" A, "kill:" A, "start:" A, "start:" A},
     .steps = {LOOK(2000)}, .watch_ms = 3000},
    {"left", "killed by SIGKILL, and stopped after that",
     .args = {"start:" A, "kill:" A, "stop:" A}, .watch_ms = 3000},
    {"no_child", "main cannot start a process", .args = {"start:" A},
     .inject = {"fork:error=EAGAIN:process=main"}, .watch_ms = 3000},
    {"no_grandchild", "main's child cannot start a process",
     .args = {"start:" A}, .inject = {"fork:error=EAGAIN:process=1.1"},
     .watch_ms = 3000},
    {.name = NULL},
};

static const struct check checks[] = {
    {
        .id = "daemonize_starts",
        .points = 1,
        .title = "main starts a process that stays when main has ended",
        .judge = starts,
        .scenarios = "one two",
        .why = "A service that ends with the shell that started it is "
               "none.",
        .hint = "Two forks: main's child makes the daemon and ends, main reaps "
                "the child. The daemon tells main its pid through a pipe, "
                "then waits for SIGTERM.",
        .lesson = "task-daemonize",
    },
    {
        .id = "daemonize_session",
        .points = 1,
        .title = "a daemon has left main's session and leads none",
        .judge = new_session,
        .scenarios = "one two",
        .why = "Whoever stays in the session gets its Ctrl-C and its "
               "SIGHUP; a leader can get a terminal by opening one.",
        .hint = "fork(), setsid() in the child, fork() again there, and the "
                "child ends: its child is in the new session and not its "
                "leader, so it can never get a terminal.",
        .lesson = "two-forks",
        .depends = "daemonize_starts",
    },
    {
        .id = "daemonize_surroundings",
        .points = 1,
        .title = "a daemon is in /, has umask 0, and nothing open but "
                 "/dev/null and its pid file",
        .judge = surroundings,
        .scenarios = "one two",
        .why = "What a daemon keeps open or in use it keeps for months: a "
               "disk that cannot be unmounted, a pipe that never ends.",
        .hint = "chdir(\"/\") and umask(0); the pid file's name must be made "
                "absolute before. Open /dev/null for reading and writing, "
                "dup2() it to 0, 1 and 2, and close what is left, also the "
                "pipe to main when main has been told.",
        .lesson = "what-a-daemon-inherits",
        .depends = "daemonize_starts",
    },
    {
        .id = "daemonize_ready",
        .points = 1,
        .title = "main says that a daemon is started when it is ready",
        .judge = ready,
        .why = "Whoever starts a service wants to use it next. Started is "
               "not ready.",
        .hint = "Main reads from a pipe; the daemon writes into it as the last "
                "step of its preparations.",
        .scenarios = "one two",
        .lesson = "started-is-not-ready",
        .depends = "daemonize_starts",
    },
    {
        .id = "daemonize_second_start",
        .points = 1,
        .title = "a second start is refused, but not by a file that a killed "
                 "daemon left",
        .judge = one_a_file,
        .scenarios = "twice killed",
        .why = "Two daemons on one file destroy it. A pid in a file proves "
               "nothing, a lock does.",
        .hint = "Lock the file: flock(fd, LOCK_EX | LOCK_NB), by the daemon "
                "itself and until it ends. The kernel takes the lock away "
                "when the process is gone, however it ended; a file that is "
                "there says nothing.",
        .lesson = "a-file-is-no-lock",
        .depends = "daemonize_starts",
    },
    {
        .id = "daemonize_stops",
        .points = 1,
        .title = "SIGTERM ends a daemon, which removes its pid file; SIGKILL "
                 "just ends it",
        .judge = stops,
        .scenarios = "stopped again left",
        .why = "The machine asks with SIGTERM when it goes down, and what "
               "is left behind is in the way of the next start.",
        .hint = "Block SIGTERM before the daemon says that it is ready, and "
                "take it with sigwait(). The file's name must be absolute: the "
                "daemon is in /.",
        .lesson = "what-a-daemon-inherits",
        .depends = "daemonize_second_start",
    },
    {
        .id = "daemonize_when_calls_fail",
        .points = 1,
        .title = "a daemon that does not come to be is not announced",
        .judge = when_calls_fail,
        .scenarios = "no_child no_grandchild",
        .why = "A daemon has no terminal to complain on: if its starter "
               "does not say that it failed, nobody does.",
        .hint = "Look at what both fork() return. Main's read() from the pipe "
                "gives 0, the end, if nobody is left who could write into it: "
                "so close your own write end, and look at what read() "
                "returns.",
        .lesson = "calls-that-fail",
        .depends = "daemonize_session",
    },
    {.id = NULL},
};

EXERCISE(daemonize) = {
    .id = "04-daemon/daemonize",
    .title = "A Unix daemon",
    .usage = "start:PIDFILE|stop:PIDFILE|kill:PIDFILE ...",
    .place = 1,
    .scenarios = scenarios,
    .checks = checks,
};
