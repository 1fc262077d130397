/* 03-killing/graceful_stop: ask first, wait, then use force.
 *
 * The end of input comes at some half second, or at once where a scenario has
 * no steps (standard input is /dev/null then).  Steps and grace take
 * whole seconds, and no step ends together with the grace: so what becomes of
 * a worker follows from the arguments and is never a tie.  With a clock that is
 * not honest a worker may be killed before it has said a word. */
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course/claim.h"

enum { MOST = SCENARIO_ARGS, SLACK_MS = 20, NS_PER_MS = 1000000 };

struct worker {
    char name[64];
    long step_ms;
    int steps;
    enum fate { FINISHES, STOPS, IS_KILLED } fate;
    bool asked; /* still at work at the end of input */
    int done;   /* steps in all */
    long end_ms;
    int proc;
};

struct model {
    int n;
    struct worker worker[MOST];
    long stop_ms, grace_ms, end_ms;
};

/* A worker that is asked makes the step to its end, the first one at least. */
static void foresee(struct worker *w, const struct model *m)
{
    long stop = m->stop_ms;
    w->done = w->steps;
    w->end_ms = w->steps * w->step_ms;
    w->asked = w->end_ms > stop;
    if (w->asked && stop / w->step_ms + 1 < w->steps) {
        w->fate = STOPS;
        w->done = (int)(stop / w->step_ms + 1);
        w->end_ms = w->done * w->step_ms;
    }
    if (w->asked && w->end_ms > stop + m->grace_ms) {
        w->fate = IS_KILLED;
        w->done--;
        w->end_ms = stop + m->grace_ms;
    }
}

/* Where no third worker can be started the first two are stopped at once. */
static bool no_process(const struct run *run)
{
    return strcmp(run->scenario->name, "no_process") == 0;
}

static struct model model_of(const struct run *run)
{
    struct model m = {.n = 0};
    int last = no_process(run) ? 3 : run->argc - 1;
    for (int i = 0; i < SCENARIO_STEPS; i++)
        if (run->scenario->steps[i].kind == STEP_CLOSE && !no_process(run))
            m.stop_ms = run->scenario->steps[i].at_ms;
    m.grace_ms = 1000 * strtol(run->args[1], NULL, 10);
    m.end_ms = m.stop_ms;
    for (int i = 2; i <= last; i++) {
        struct worker *w = &m.worker[m.n++];
        if (sscanf(run->args[i], "%63[^:]:%ld:%d", w->name, &w->step_ms,
                   &w->steps) != 3)
            abort();
        w->step_ms *= 1000;
        foresee(w, &m);
        if (w->end_ms > m.end_ms)
            m.end_ms = w->end_ms;
    }
    return m;
}

static int nth_worker(const struct model *m, int proc)
{
    for (int i = 0; i < m->n; i++)
        if (m->worker[i].proc == proc)
            return i;
    return -1;
}

/* Whose first line this is, or -1. */
static int begun_by(const struct model *m, const char *text)
{
    for (int i = 0; i < m->n; i++) {
        char first[100];
        int len =
            snprintf(first, sizeof first, "[%s] Started.", m->worker[i].name);
        if (strncmp(text, first, (size_t)len) == 0)
            return i;
    }
    return -1;
}

/* The same, with the process of each worker: the child that wrote its first
 * line, or, if a signal came before that, one that is left over. */
static struct model observed(const struct run *run)
{
    struct model m = model_of(run);
    struct trace_lines lines;
    if (trace_lines_of(run->trace, 1, TRACE_NOBODY, &lines) < 0)
        abort();
    for (int i = 0; i < m.n; i++)
        m.worker[i].proc = TRACE_NOBODY;
    for (size_t i = 0; i < lines.n; i++) {
        int nth = begun_by(&m, lines.line[i].text);
        if (nth >= 0)
            m.worker[nth].proc = lines.line[i].proc;
    }
    trace_lines_free(&lines);
    for (int i = 0; i < trace_children(run->trace, CLAIM_MAIN); i++) {
        int child = trace_child(run->trace, CLAIM_MAIN, i);
        int without = nth_worker(&m, TRACE_NOBODY);
        if (without >= 0 && nth_worker(&m, child) < 0)
            m.worker[without].proc = child;
    }
    return m;
}

static void child_each(const struct run *run)
{
    struct model m = model_of(run);
    claim_children_of_main(run, m.n);
    claim_no_grandchildren(run);
    for (int i = 0; i < m.n; i++) {
        m.worker[i].proc =
            claim_writer_of(run, "[%s] Started.", m.worker[i].name);
        if (trace_parent(run->trace, m.worker[i].proc) != CLAIM_MAIN)
            claim_failed(run, -1, "A child of main writes a worker's lines",
                         "Main wrote \"[%s] Started.\"", m.worker[i].name);
        for (int j = 0; j < i; j++)
            if (m.worker[j].proc == m.worker[i].proc)
                claim_failed(run, -1, "Every worker is a process of its own",
                             "One process wrote the lines of %s and %s",
                             m.worker[j].name, m.worker[i].name);
    }
}

static void claim_step(const struct run *run, const struct worker *w, int step)
{
    claim_prints(run, w->proc, "[%s] Step %d of %d done.", w->name, step,
                 w->steps);
    claim_prints_at(run, step * w->step_ms, "[%s] Step %d of %d done.", w->name,
                    step, w->steps);
}

/* What a worker does while nobody wants it to stop. */
static void steps(const struct run *run)
{
    child_each(run);
    struct model m = observed(run);
    for (int i = 0; i < m.n; i++) {
        const struct worker *w = &m.worker[i];
        claim_prints_at(run, 0, "[%s] Started.", w->name);
        for (int k = 1; k <= w->done && k * w->step_ms < m.stop_ms; k++)
            claim_step(run, w, k);
        if (w->asked)
            continue;
        claim_prints(run, w->proc, "[%s] Finished.", w->name);
        claim_ends_at(run, w->proc, w->end_ms);
        claim_exits(run, w->proc, 0);
    }
}

/* Whether a worker had the time to say that it has done a step. */
static bool made_step(const struct run *run, const struct worker *w, int step)
{
    struct trace_lines lines;
    char said[100];
    bool found = false;
    snprintf(said, sizeof said, "Step %d ", step);
    if (trace_lines_of(run->trace, 1, w->proc, &lines) < 0)
        abort();
    for (size_t i = 0; i < lines.n; i++)
        found |= strstr(lines.line[i].text, said) != NULL;
    trace_lines_free(&lines);
    return found;
}

static void finishes_step(const struct run *run)
{
    struct model m = observed(run);
    for (int i = 0; i < m.n; i++) {
        const struct worker *w = &m.worker[i];
        char last[100];
        if (!w->asked || w->fate == IS_KILLED)
            continue;
        if (!made_step(run, w, w->done))
            claim_ends_at(run, w->proc, w->end_ms);
        claim_step(run, w, w->done);
        if (w->fate == STOPS)
            snprintf(last, sizeof last, "[%s] Stopped after %d steps.", w->name,
                     w->done);
        else
            snprintf(last, sizeof last, "[%s] Finished.", w->name);
        claim_prints(run, w->proc, "%s", last);
        claim_prints_at(run, w->end_ms, "%s", last);
    }
}

/* The event by which proc removed the worker's file, or -1. */
static long removal(const struct run *run, int proc, const struct worker *w)
{
    char file[80];
    snprintf(file, sizeof file, "%s.part", w->name);
    return trace_removal(run->trace, proc, file);
}

static void removes_file(const struct run *run)
{
    struct model m = observed(run);
    for (int i = 0; i < m.n; i++) {
        const struct worker *w = &m.worker[i];
        char expected[200];
        if (w->fate == IS_KILLED || removal(run, w->proc, w) >= 0)
            continue;
        snprintf(expected, sizeof expected,
                 "%s removes its file %s.part before it ends", w->name,
                 w->name);
        claim_failed(run, trace_find(run->trace, TRACE_EXIT, w->proc, 0),
                     expected,
                     removal(run, CLAIM_MAIN, w) >= 0
                         ? "Main did so, when the worker was gone"
                         : "It ended and left the file behind, or never had "
                           "one");
    }
}

static void ends_by_sigterm(const struct run *run)
{
    struct model m = observed(run);
    for (int i = 0; i < m.n; i++) {
        const struct worker *w = &m.worker[i];
        if (w->fate == STOPS)
            claim_killed_by(run, w->proc, SIGTERM);
        else if (w->fate == FINISHES)
            claim_exits(run, w->proc, 0);
    }
}

/* The first time that main sent this signal to proc, or -1. */
static long sent(const struct run *run, int proc, int signal)
{
    for (size_t i = 0; i < run->trace->n_events; i++) {
        const struct trace_event *e = &run->trace->events[i];
        if (e->kind == TRACE_SIGNAL && e->proc == CLAIM_MAIN &&
            e->other == proc && e->a == signal)
            return (long)i;
    }
    return -1;
}

static void asks_first(const struct run *run)
{
    struct model m = observed(run);
    claim_signals_stay_inside(run);
    for (int i = 0; i < m.n; i++) {
        const struct worker *w = &m.worker[i];
        if (w->asked)
            claim_sent_at(run, CLAIM_MAIN, w->proc, SIGTERM, m.stop_ms);
        else
            claim_never_signalled(run, w->proc);
    }
    claim_never_signalled(run, CLAIM_MAIN);
}

static void claim_killed(const struct run *run, const struct worker *w)
{
    claim_sent_at(run, CLAIM_MAIN, w->proc, SIGKILL, w->end_ms);
    claim_killed_by(run, w->proc, SIGKILL);
    claim_ends_at(run, w->proc, w->end_ms);
    claim_prints(run, CLAIM_MAIN, "%s did not stop in time!", w->name);
}

static void claim_spared(const struct run *run, const struct worker *w)
{
    char line[100];
    long event = sent(run, w->proc, SIGKILL);
    if (event >= 0)
        claim_failed(run, event,
                     "SIGKILL goes only to a worker that is still there when "
                     "the grace time is over",
                     "Main sent it to %s, which ends by itself at %.3f s",
                     w->name, (double)w->end_ms / 1000);
    snprintf(line, sizeof line, "%s did not stop in time!", w->name);
    claim_never_prints(run, line);
}

static void escalates(const struct run *run)
{
    struct model m = observed(run);
    for (int i = 0; i < m.n; i++) {
        if (m.worker[i].fate == IS_KILLED)
            claim_killed(run, &m.worker[i]);
        else
            claim_spared(run, &m.worker[i]);
    }
}

/* Main removes what a killed worker has left behind, when it is dead. */
static void claim_removed_by_main(const struct run *run, const struct worker *w)
{
    long event = removal(run, CLAIM_MAIN, w);
    long end = trace_find(run->trace, TRACE_EXIT, w->proc, 0);
    char expected[200];
    snprintf(expected, sizeof expected,
             "Main removes %s.part, as %s was killed and cannot", w->name,
             w->name);
    if (event < 0)
        claim_failed(run, trace_find(run->trace, TRACE_EXIT, CLAIM_MAIN, 0),
                     expected, "The file was still there when main ended");
    if (event < end)
        claim_failed(run, event, expected,
                     "It did so while the worker was alive");
}

static void reports(const struct run *run)
{
    struct model m = observed(run);
    char before[100] = "Stopping...";
    claim_comes_to_an_end(run);
    claim_prints(run, CLAIM_MAIN, "%s", before);
    for (int i = 0; i < m.n; i++) {
        const struct worker *w = &m.worker[i];
        static const int codes[] = {0, -SIGTERM, -SIGKILL};
        char line[100];
        claim_reaped_by(run, w->proc, CLAIM_MAIN);
        if (w->fate == IS_KILLED)
            claim_removed_by_main(run, w);
        snprintf(line, sizeof line, "%s exit code: %d", w->name,
                 codes[w->fate]);
        claim_prints(run, CLAIM_MAIN, "%s", line);
        claim_prints_before(run, before, line);
        snprintf(before, sizeof before, "%s", line);
    }
    claim_exits(run, CLAIM_MAIN, no_process(run) ? 1 : 0);
    claim_makespan(run, m.end_ms);
    if (no_process(run))
        claim_complains(run);
}

static const struct scenario scenarios[] = {
    {
        .name = "one",
        .title = "one worker, asked to stop in the middle of a step",
        .args = {"{g:5-9}", "{n:Backup,Index,Mail}:{a:2-4}:{s:40-60}"},
        .steps = {CLOSE_INPUT(4500)},
    },
    {
        .name = "in_time",
        .title = "three workers that stop in time, one of them at the end of "
                 "its work",
        .args = {"{g:5-9}", "{n:Backup,Index,Mail}1:{a:1-4}:{s:40-60}",
                 "{n}2:3:3", "{n}3:{c:1-4}:{t:40-60}"},
        .steps = {CLOSE_INPUT(7500)},
    },
    {
        .name = "too_slow",
        .title = "two steps that take longer than the grace time, and one that "
                 "does not",
        .args = {"{g:2-4}", "{n:Backup,Index,Mail}1:{a:11-14}:{s:5-9}",
                 "{n}2:1:{t:40-60}", "{n}3:{c:11-14}:{s}"},
        .steps = {CLOSE_INPUT(2500)},
    },
    {
        .name = "all_done",
        .title = "all have finished before the end of input",
        .args = {"{g:2-4}", "{n:Backup,Index,Mail}1:{a:1-2}:{s:2-4}",
                 "{n}2:{b:1-2}:{t:2-4}"},
        .steps = {CLOSE_INPUT(9500)},
    },
    {
        .name = "at_once",
        .title = "the input ends at once: SIGTERM comes to workers that have "
                 "just been started",
        .args = {"{g:4-6}", "{n:Backup,Index,Mail}1:{a:1-3}:{s:5-9}",
                 "{n}2:{b:1-3}:{t:5-9}"},
    },
    {
        .name = "text",
        .title = "text comes before the input ends; it means nothing",
        .args = {"{g:2-3}", "{n:Backup,Index,Mail}1:1:{s:40-60}",
                 "{n}2:{b:20-30}:2"},
        .steps = {INPUT(1500, "stop\n"), INPUT(2500, "now\nplease"),
                  CLOSE_INPUT(5500)},
    },
    {
        .name = "no_process",
        .title = "the third worker cannot be started, the input stays open",
        .args = {"{g:4-6}", "{n:Backup,Index,Mail}1:{a:1-3}:{s:5-9}",
                 "{n}2:{b:7-9}:{t:5-9}", "{n}3:1:1"},
        .steps = {CLOSE_INPUT(60000)},
        .inject = {"fork:error=EAGAIN:when=3:process=main"},
    },
    {
        .name = "none",
        .title = "no worker at all",
        .args = {"{g:2-9}"},
        .steps = {CLOSE_INPUT(1500)},
    },
    {.name = NULL},
};

#define IN_TIME "one in_time at_once"
#define TOO_SLOW "too_slow text"
#define ALL IN_TIME " " TOO_SLOW " all_done"

static const struct check checks[] = {
    {
        .id = "graceful_steps",
        .points = 1,
        .title =
            "every worker is a child of main's own, and goes through all its "
            "steps if nobody stops it",
        .judge = steps,
        .scenarios = "one in_time too_slow all_done",
        .why = "Who is not asked to stop must not notice that others are.",
        .hint =
            "One fork() for each argument, in a loop that only main stays "
            "in. The child prints each line when it is true and flushes it. "
            "Compare the lines with the contract letter by letter.",
        .lesson = "task-graceful_stop",
        .clock = CLOCK_HONEST,
    },
    {
        .id = "graceful_asks_first",
        .points = 1,
        .title = "main sends SIGTERM to each worker that is still at work, to "
                 "nobody else, at the end of input",
        .judge = asks_first,
        .scenarios = "one in_time all_done " TOO_SLOW,
        .why = "SIGTERM lets a worker finish what it has in hand; SIGKILL "
               "leaves half a file.",
        .hint = "read() until it returns 0. Then kill(pid, SIGTERM) for each "
                "child that waitpid(pid, &status, WNOHANG) says is still "
                "there. SIGKILL leaves a worker no chance to tidy up.",
        .lesson = "sigterm-first",
        .clock = CLOCK_HONEST,
        .depends = "graceful_steps",
    },
    {
        .id = "graceful_finishes_step",
        .points = 1,
        .title = "a worker that gets SIGTERM finishes its step, then stops",
        .judge = finishes_step,
        .scenarios = IN_TIME,
        .why = "A handler interrupts anything anywhere: what it may do "
               "safely is next to nothing, but a flag is enough.",
        .hint =
            "The handler only sets a flag; the worker looks at it after "
            "each step. A signal ends a sleep early: go on for what is left, "
            "which nanosleep(&left, &left) tells exactly. SIGTERM may come "
            "before the handler is there: block it before fork() and "
            "unblock it in the worker.",
        .lesson = "the-step-that-a-signal-cut-short",
        .clock = CLOCK_HONEST,
        .depends = "graceful_asks_first",
    },
    {
        .id = "graceful_removes_file",
        .points = 1,
        .title = "a worker removes its file before it ends",
        .judge = removes_file,
        .scenarios = IN_TIME " all_done",
        .why = "What a program leaves behind when it is stopped is in the "
               "way when it starts again.",
        .hint = "Create NAME.part in the working directory when the worker "
                "starts; unlink() it on both ways out, finished and stopped.",
        .lesson = "task-graceful_stop",
        .clock = CLOCK_HONEST,
        .depends = "graceful_finishes_step",
    },
    {
        .id = "graceful_ends_by_sigterm",
        .points = 1,
        .title = "a worker that was stopped shows it in its wait status",
        .judge = ends_by_sigterm,
        .scenarios = IN_TIME " all_done",
        .why = "The parent asks the wait status whether the work is done. "
               "Exit code 0 would say that it is.",
        .hint = "When all is tidy, set the default action again and send "
                "yourself the signal: signal(SIGTERM, SIG_DFL); "
                "raise(SIGTERM);",
        .lesson = "stopped-or-finished",
        .clock = CLOCK_HONEST,
        .depends = "graceful_finishes_step",
    },
    {
        .id = "graceful_escalates",
        .points = 1,
        .title = "SIGKILL ends those that are left when the grace time is "
                 "over, and nobody else",
        .judge = escalates,
        .scenarios = ALL,
        .why = "Somebody always hangs. One deadline for all is what the "
               "user waits at most.",
        .hint = "One deadline for all: the end of input plus GRACE_SECONDS. "
                "Wait for SIGCHLD or the deadline, whichever comes first, and "
                "reap in between; whoever is left then gets SIGKILL.",
        .lesson = "one-deadline-for-all",
        .clock = CLOCK_HONEST,
        .depends = "graceful_finishes_step",
    },
    {
        .id = "graceful_reports",
        .points = 1,
        .title = "main reaps all, removes what killed workers left behind, and "
                 "reports",
        .judge = reports,
        .scenarios = ALL " none no_process",
        .why = "Who is killed cannot tidy up: that is left to whoever "
               "killed it, and knows it by a wait.",
        .hint = "waitpid() for each, also for the killed ones; then unlink() "
                "the file of each that SIGKILL ended. The code is "
                "WEXITSTATUS(status), or minus WTERMSIG(status). If fork() "
                "fails stop what is there, and end with exit code 1.",
        .lesson = "killed-is-not-reaped",
        .clock = CLOCK_HONEST,
        .depends = "graceful_ends_by_sigterm graceful_escalates",
    },
    {.id = NULL},
};

EXERCISE(graceful_stop) = {
    .id = "03-killing/graceful_stop",
    .title = "Workers that stop when asked",
    .usage = "GRACE_SECONDS NAME:STEP_SECONDS:STEPS ...",
    .place = 1,
    .scenarios = scenarios,
    .checks = checks,
};
