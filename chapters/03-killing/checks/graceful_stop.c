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
#include "course/tell.h"

enum { MOST = SCENARIO_ARGS };

struct worker {
    char name[64];
    long step_ms;
    int steps, done; /* how many there are, and are made */
    enum fate { FINISHES, STOPS, IS_KILLED } fate;
    bool asked; /* still at work at the end of input */
    long end_ms;
    int proc;
};

struct model {
    int n;
    struct worker worker[MOST];
    struct text first[MOST], file[MOST]; /* the first line and file of each */
    long stop_ms, grace_ms, end_ms;
};

/* A worker that is asked makes the step to its end, the first one at least. */
static void foresee(struct worker *w, const struct model *m)
{
    w->done = w->steps;
    w->end_ms = w->steps * w->step_ms;
    w->asked = w->end_ms > m->stop_ms;
    if (w->asked && m->stop_ms / w->step_ms + 1 < w->steps) {
        w->fate = STOPS;
        w->done = (int)(m->stop_ms / w->step_ms + 1);
        w->end_ms = w->done * w->step_ms;
    }
    if (w->asked && w->end_ms > m->stop_ms + m->grace_ms) {
        w->fate = IS_KILLED;
        w->done--;
        w->end_ms = m->stop_ms + m->grace_ms;
    }
}

/* Where no third worker can be started the first two are stopped at once. */
static bool no_process(const struct run *run)
{
    return strcmp(run->scenario->name, "no_process") == 0;
}

static struct model model_of(const struct run *run)
{
    struct model m = {.stop_ms = no_process(run) ? 0 : typed_end_ms(run)};
    int last = no_process(run) ? 3 : run->argc - 1;
    m.grace_ms = 1000 * strtol(run->args[1], NULL, 10);
    m.end_ms = m.stop_ms;
    for (int i = 2; i <= last; i++) {
        struct worker *w = &m.worker[m.n];
        if (sscanf(run->args[i], "%63[^:]:%ld:%d", w->name, &w->step_ms,
                   &w->steps) != 3)
            abort();
        w->step_ms *= 1000;
        tell(&m.file[m.n], "%s.part", w->name);
        tell(&m.first[m.n++], "[%s] Started.", w->name);
        foresee(w, &m);
        if (w->end_ms > m.end_ms)
            m.end_ms = w->end_ms;
    }
    int procs[MOST];
    claim_match_children(run, m.n, m.first, procs);
    for (int i = 0; i < m.n; i++)
        m.worker[i].proc = procs[i];
    return m;
}

static void claim_step(const struct run *run, const struct worker *w, int step)
{
    claim_prints_once_at(run, w->proc, step * w->step_ms,
                         "[%s] Step %d of %d done.", w->name, step, w->steps);
}

/* What a worker does while nobody wants it to stop. */
static void steps(const struct run *run)
{
    struct model m = model_of(run);
    int procs[MOST];
    claim_children_of_main(run, m.n);
    claim_no_grandchildren(run);
    for (int i = 0; i < m.n; i++) {
        const struct worker *w = &m.worker[i];
        claim_own_writer(run, "worker", i, m.first[i].s, procs);
        claim_prints_at(run, 0, "%s", m.first[i].s);
        for (int k = 1; k <= w->done && k * w->step_ms < m.stop_ms; k++)
            claim_step(run, w, k);
        if (w->asked)
            continue;
        claim_prints(run, w->proc, "[%s] Finished.", w->name);
        claim_ends_at(run, w->proc, w->end_ms);
        claim_exits(run, w->proc, 0);
    }
}

static void claim_finishes_step(const struct run *run, const struct worker *w)
{
    struct text said;
    if (!claim_says(run, 1, w->proc, tell(&said, "Step %d ", w->done)))
        claim_ends_at(run, w->proc, w->end_ms);
    claim_step(run, w, w->done);
    if (w->fate == STOPS)
        tell(&said, "[%s] Stopped after %d steps.", w->name, w->done);
    else
        tell(&said, "[%s] Finished.", w->name);
    claim_prints_once_at(run, w->proc, w->end_ms, "%s", said.s);
}

static void finishes_step(const struct run *run)
{
    struct model m = model_of(run);
    for (int i = 0; i < m.n; i++)
        if (m.worker[i].asked && m.worker[i].fate != IS_KILLED)
            claim_finishes_step(run, &m.worker[i]);
}

static void removes_file(const struct run *run)
{
    struct model m = model_of(run);
    for (int i = 0; i < m.n; i++)
        if (m.worker[i].fate != IS_KILLED)
            claim_removes_file(run, m.worker[i].proc, "file", m.file[i].s);
}

static void ends_by_sigterm(const struct run *run)
{
    struct model m = model_of(run);
    for (int i = 0; i < m.n; i++) {
        const struct worker *w = &m.worker[i];
        if (w->fate == STOPS)
            claim_killed_by(run, w->proc, SIGTERM);
        else if (w->fate == FINISHES)
            claim_exits(run, w->proc, 0);
    }
}

static void asks_first(const struct run *run)
{
    struct model m = model_of(run);
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
    struct text line, expected, at;
    tell(&expected,
         "SIGKILL goes only to a worker that is still there when the grace "
         "time is over; %s ends by itself at %s",
         w->name, tell_time(&at, w->end_ms * 1000000));
    claim_sends_at_most(run, CLAIM_MAIN, w->proc, SIGKILL, 0, expected.s);
    claim_never_prints(run, tell(&line, "%s did not stop in time!", w->name));
}

static void escalates(const struct run *run)
{
    struct model m = model_of(run);
    for (int i = 0; i < m.n; i++) {
        if (m.worker[i].fate == IS_KILLED)
            claim_killed(run, &m.worker[i]);
        else
            claim_spared(run, &m.worker[i]);
    }
}

/* Main removes what a killed worker has left behind, when it is dead. */
static void claim_removed_by_main(const struct run *run, const struct worker *w,
                                  const char *file)
{
    struct text expected;
    long event = trace_removal(run->trace, CLAIM_MAIN, file);
    tell(&expected, "Main removes %s, as %s was killed and cannot", file,
         w->name);
    if (event < 0)
        claim_failed(run, exit_of(run, CLAIM_MAIN), expected.s,
                     "The file was still there when main ended");
    if (event < exit_of(run, w->proc))
        claim_failed(run, event, expected.s,
                     "It did so while the worker was alive");
}

static void reports(const struct run *run)
{
    static const int codes[] = {0, -SIGTERM, -SIGKILL};
    struct model m = model_of(run);
    struct text line[MOST + 1] = {{"Stopping..."}};
    claim_comes_to_an_end(run);
    for (int i = 0; i < m.n; i++) {
        const struct worker *w = &m.worker[i];
        claim_reaped_by(run, w->proc, CLAIM_MAIN);
        if (w->fate == IS_KILLED)
            claim_removed_by_main(run, w, m.file[i].s);
        tell(&line[i + 1], "%s exit code: %d", w->name, codes[w->fate]);
    }
    claim_prints_in_order(run, CLAIM_MAIN, line, m.n + 1);
    claim_exits(run, CLAIM_MAIN, no_process(run) ? 1 : 0);
    claim_makespan(run, m.end_ms);
    if (no_process(run))
        claim_complains(run);
}

static const struct scenario scenarios[] = {
    {"one", "one worker, asked to stop in the middle of a step",
     .args = {"{g:5-9}", "{n:Backup,Index,Mail}:{a:2-4}:{s:40-60}"},
     .steps = {CLOSE_INPUT(4500)}},
    {"in_time",
     "three workers that stop in time, one of them at the end of "
     "its work",
     .args = {"{g:5-9}", "{n:Backup,Index,Mail}1:{a:1-4}:{s:40-60}", "{n}2:3:3",
              "{n}3:{c:1-4}:{t:40-60}"},
     .steps = {CLOSE_INPUT(7500)}},
    {"too_slow",
     "two steps that take longer than the grace time, and one that "
     "does not",
     .args = {"{g:2-4}", "{n:Backup,Index,Mail}1:{a:11-14}:{s:5-9}",
              "{n}2:1:{t:40-60}", "{n}3:{c:11-14}:{s}"},
     .steps = {CLOSE_INPUT(2500)}},
    {"all_done", "all have finished before the end of input",
     .args = {"{g:2-4}", "{n:Backup,Index,Mail}1:{a:1-2}:{s:2-4}",
              "{n}2:{b:1-2}:{t:2-4}"},
     .steps = {CLOSE_INPUT(9500)}},
    {"at_once",
     "the input ends at once: SIGTERM comes to workers that have "
     "just been started",
     .args = {"{g:4-6}", "{n:Backup,Index,Mail}1:{a:1-3}:{s:5-9}",
              "{n}2:{b:1-3}:{t:5-9}"}},
    {"text", "text comes before the input ends; it means nothing",
     .args = {"{g:2-3}", "{n:Backup,Index,Mail}1:1:{s:40-60}",
              "{n}2:{b:20-30}:2"},
     .steps = {INPUT(1500, "stop\n"), INPUT(2500, "now\nplease"),
               CLOSE_INPUT(5500)}},
    {"no_process", "the third worker cannot be started, the input stays open",
     .args = {"{g:4-6}", "{n:Backup,Index,Mail}1:{a:1-3}:{s:5-9}",
              "{n}2:{b:7-9}:{t:5-9}", "{n}3:1:1"},
     .steps = {CLOSE_INPUT(60000)},
     .inject = {"fork:error=EAGAIN:when=3:process=main"}},
    {"none", "no worker at all", .args = {"{g:2-9}"},
     .steps = {CLOSE_INPUT(1500)}},
    {.name = NULL},
};

#define IN_TIME "one in_time at_once"
#define TOO_SLOW "too_slow text"
#define ALL IN_TIME " " TOO_SLOW " all_done"

static const struct check checks[] = {
    {
        .id = "graceful_steps",
        .points = 1,
        .title = "every worker is a child of main's own, and goes through all "
                 "its steps if nobody stops it",
        .judge = steps,
        .scenarios = "one in_time too_slow all_done",
        .why = "Who is not asked to stop must not notice that others are.",
        .hint = "One fork() for each argument, in a loop that only main stays "
                "in. The child prints each line when it is true and flushes "
                "it. Compare the lines with the contract letter by letter.",
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
        .hint = "The handler only sets a flag; the worker looks at it after "
                "each step. A signal ends a sleep early: go on for what is "
                "left, which nanosleep(&left, &left) tells exactly. SIGTERM "
                "may come before the handler is there: block it before fork() "
                "and unblock it in the worker.",
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
