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

enum { MOST = SCENARIO_ARGS, WORDS = 120 };

/* A command, and what became of it as main's line tells. */
struct command {
    char verb[8], file[40];
    enum fate { STARTS, IS_THERE, ENDS, IS_NOT_THERE } fate;
    long event;  /* of main's line, or -1 */
    int proc;    /* the daemon it is about, TRACE_NOBODY if there is none */
    int starter; /* index of the command that started it */
};

struct model {
    int n;
    struct command command[MOST];
    bool all_well;
};

/* The command that started the daemon that has this file before the nth. */
static int running(const struct model *m, int nth)
{
    for (int i = nth - 1; i >= 0; i--) {
        const struct command *c = &m->command[i];
        if (strcmp(c->file, m->command[nth].file) != 0)
            continue;
        if (c->fate == STARTS)
            return i;
        if (c->fate == ENDS)
            return -1;
    }
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
        m.all_well &= c->fate == STARTS || c->fate == ENDS;
        if (c->fate == STARTS)
            c->starter = i;
        c->proc = TRACE_NOBODY;
        c->event = -1;
    }
    return m;
}

/* The line of a command up to the pid. */
static void words_of(const struct command *c, char words[WORDS])
{
    static const char *const says[] = {"started as process ",
                                       "already running as process ", "",
                                       "not running"};
    const char *end = strcmp(c->verb, "kill") == 0 ? "killed" : "stopped";
    snprintf(words, WORDS, "%s: %s", c->file,
             c->fate == ENDS ? end : says[c->fate]);
}

static const char *bare(const char *text)
{
    return text + strspn(text, " \t");
}

/* The number behind the words; -1 if the line is another one. */
static long number_behind(const char *text, const char *words)
{
    size_t len = strlen(words);
    char *end;
    text = bare(text);
    if (strncmp(text, words, len) != 0)
        return -1;
    if (words[len - 1] != ' ')
        return text[len + strspn(text + len, " \t\r")] == '\0' ? 0 : -1;
    long number = strtol(text + len, &end, 10);
    return end > text + len && *bare(end) == '\0' && number > 0 ? number : -1;
}

static void claim_line(const struct run *run, struct model *m, int nth,
                       const struct trace_line *line)
{
    struct command *c = &m->command[nth];
    char words[WORDS], expected[2 * WORDS];
    words_of(c, words);
    snprintf(expected, sizeof expected, "Line %d of main is \"%s%s\"", nth + 1,
             words, c->fate <= IS_THERE ? "PID" : "");
    if (!line)
        claim_failed(run, trace_find(run->trace, TRACE_EXIT, CLAIM_MAIN, 0),
                     expected, "Main wrote %d line%s", nth,
                     nth == 1 ? "" : "s");
    long number = number_behind(line->text, words);
    if (number < 0)
        claim_failed(run, (long)line->event, expected, "It was \"%.80s\"",
                     line->text);
    c->event = (long)line->event;
    if (c->fate <= IS_THERE)
        c->proc = trace_by_pid(run->trace, (int)number, line->event);
    else if (c->fate == ENDS)
        c->proc = m->command[c->starter].proc;
    if (c->fate <= IS_THERE && c->proc == TRACE_NOBODY)
        claim_failed(run, c->event, "Main names the process that is the daemon",
                     "There was no process %ld when it wrote \"%.80s\"", number,
                     line->text);
}

/* The model with who is who; fails unless main's lines are as they must be. */
static struct model observed(const struct run *run)
{
    struct model m = model_of(run);
    struct trace_lines lines;
    if (trace_lines_of(run->trace, 1, TRACE_NOBODY, &lines) < 0)
        abort();
    for (int i = 0; i < m.n; i++)
        claim_line(run, &m, i, (size_t)i < lines.n ? &lines.line[i] : NULL);
    trace_lines_free(&lines);
    return m;
}

/* Whether nobody ends this daemon. */
static bool stays(const struct model *m, int nth)
{
    for (int i = nth + 1; i < m->n; i++)
        if (m->command[i].fate == ENDS && m->command[i].starter == nth)
            return false;
    return m->command[nth].fate == STARTS;
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
        if (stays(&m, i) && trace_end_of(run->trace, c->proc).ended)
            claim_failed(run, trace_find(run->trace, TRACE_EXIT, c->proc, 0),
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
        if (!stays(&m, i))
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
        if (!stays(&m, i))
            continue;
        claim_directory(run, m.command[i].proc, "/");
        claim_umask(run, m.command[i].proc, 0);
        claim_null_streams(run, m.command[i].proc);
        claim_descriptors(run, m.command[i].proc, &file, 1);
    }
}

/* Something that a daemon has to do before it is ready. */
static bool prepares(const struct trace_event *e)
{
    return e->kind == TRACE_SESSION || e->kind == TRACE_BORN ||
           (e->kind == TRACE_HANDLER && e->a == SIGTERM) ||
           (e->kind == TRACE_CALL && strncmp(e->text, "unlink", 6) != 0);
}

static const char *what(const struct trace_event *e)
{
    return e->kind == TRACE_SESSION   ? "setsid()"
           : e->kind == TRACE_BORN    ? "fork()"
           : e->kind == TRACE_HANDLER ? "its handler for SIGTERM"
                                      : e->text;
}

static void claim_ready(const struct run *run, const struct command *c)
{
    for (size_t i = (size_t)c->event + 1; i < run->trace->n_events; i++) {
        const struct trace_event *e = &run->trace->events[i];
        if (e->proc == c->proc && e->kind == TRACE_DELIVER)
            return;
        if (e->proc == c->proc && prepares(e))
            claim_failed(run, c->event,
                         "Main says that the daemon is started when it is "
                         "ready",
                         "The daemon had still to do %s", what(e));
    }
}

static void ready(const struct run *run)
{
    struct model m = observed(run);
    for (int i = 0; i < m.n; i++)
        if (m.command[i].fate == STARTS)
            claim_ready(run, &m.command[i]);
}

static void one_a_file(const struct run *run)
{
    struct model m = observed(run);
    for (int i = 0; i < m.n; i++) {
        const struct command *c = &m.command[i];
        if (c->fate == IS_THERE && c->proc != m.command[c->starter].proc)
            claim_failed(run, c->event,
                         "A start that is refused names the daemon that has "
                         "the pid file",
                         "Main named another process");
    }
    for (int proc = 1; proc < trace_processes(run->trace); proc++) {
        bool known = trace_end_of(run->trace, proc).ended;
        for (int i = 0; i < m.n; i++)
            known |= m.command[i].proc == proc && stays(&m, i);
        if (!known)
            claim_failed(run, trace_find(run->trace, TRACE_BORN, proc, 0),
                         "Nothing is left of a start that is refused",
                         "This process was still there at the end");
    }
    claim_exits(run, CLAIM_MAIN, m.all_well ? 0 : 1);
}

static void claim_stopped(const struct run *run, const struct command *c)
{
    long end = trace_find(run->trace, TRACE_EXIT, c->proc, 0);
    claim_sent(run, CLAIM_MAIN, c->proc, SIGTERM);
    if (end < 0)
        claim_failed(run, c->event, "SIGTERM ends the daemon",
                     "It was still there at the end of the run");
    claim_exits(run, c->proc, 0);
    if (trace_removal(run->trace, c->proc, c->file) < 0)
        claim_failed(run, end, "The daemon removes its pid file before it ends",
                     "It ended and left the file behind");
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
    for (int proc = 1; proc < trace_processes(run->trace); proc++)
        if (!trace_end_of(run->trace, proc).ended)
            claim_failed(run, trace_find(run->trace, TRACE_BORN, proc, 0),
                         "Nothing is left of a start that has failed",
                         "This process was still there at the end");
}

#define A "{f:web,mail,print,clock}.pid"
#define B "{g:web,mail,print,clock}.pid"

static const struct scenario scenarios[] = {
    {
        .name = "one",
        .title = "one daemon",
        .args = {"start:" A},
        .steps = {LOOK(2000)},
        .watch_ms = 3000,
    },
    {
        .name = "two",
        .title = "two daemons, each with its pid file",
        .args = {"start:" A, "start:" B},
        .steps = {LOOK(2000)},
        .watch_ms = 3000,
    },
    {
        .name = "twice",
        .title = "the second start of a daemon is refused",
        .args = {"start:" A, "start:" A, "start:" B, "start:" A},
        .steps = {LOOK(2000)},
        .watch_ms = 3000,
    },
    {
        .name = "stopped",
        .title = "started and stopped",
        .args = {"start:" A, "start:" B, "stop:" A, "stop:" B},
        .watch_ms = 3000,
    },
    {
        .name = "again",
        .title = "started again when it was stopped",
        .args = {"stop:" A, "start:" A, "stop:" A, "start:" A, "start:" A,
                 "stop:" A, "stop:" A},
        .watch_ms = 3000,
    },
    {
        .name = "killed",
        .title = "killed by SIGKILL, and started again",
        .args = {"start:" A, "kill:" A, "start:" A, "start:" A},
        .steps = {LOOK(2000)},
        .watch_ms = 3000,
    },
    {
        .name = "left",
        .title = "killed by SIGKILL, and stopped after that",
        .args = {"start:" A, "kill:" A, "stop:" A},
        .watch_ms = 3000,
    },
    {
        .name = "no_child",
        .title = "main cannot start a process",
        .args = {"start:" A},
        .inject = {"fork:error=EAGAIN:process=main"},
        .watch_ms = 3000,
    },
    {
        .name = "no_grandchild",
        .title = "main's child cannot start a process",
        .args = {"start:" A},
        .inject = {"fork:error=EAGAIN:process=1.1"},
        .watch_ms = 3000,
    },
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
        .title =
            "a daemon is in /, has umask 0, and nothing open but /dev/null "
            "and its pid file",
        .judge = surroundings,
        .scenarios = "one two",
        .why = "What a daemon keeps open or in use it keeps for months: a "
               "disk that cannot be unmounted, a pipe that never ends.",
        .hint =
            "chdir(\"/\") and umask(0); the pid file's name must be made "
            "absolute before. Open /dev/null for reading and writing, dup2() "
            "it to 0, 1 and 2, and close what is left, also the pipe to main "
            "when main has been told.",
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
