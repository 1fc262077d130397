/* 04-daemon/supervisor: starts a worker again when it has crashed.
 *
 * Everything follows from the arguments.  SIGTERM comes at some half second,
 * lives and pauses take whole seconds: there are no ties. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course/claim.h"

enum { LIVES = 12, SLACK_NS = 20000000 };

struct life {
    long born_ms, end_ms;
    int status; /* exit code, or minus a signal; if nobody sends SIGTERM */
};

struct model {
    struct life life[LIVES];
    int n;
    long end_ms;
    enum outcome { FINISHED, GAVE_UP, STOPPED } outcome;
};

static long term_ms(const struct run *run)
{
    const struct step *step = &run->scenario->steps[0];
    return step->kind == STEP_SIGNAL ? step->at_ms : -1;
}

static struct model model_of(const struct run *run)
{
    struct model m = {.n = 0};
    long restarts = strtol(run->args[1], NULL, 10), at = 0, pause = 1000;
    long term = term_ms(run);
    while (m.n < LIVES) {
        struct life *l = &m.life[m.n];
        long seconds;
        int arg = m.n + 2 < run->argc ? m.n + 2 : run->argc - 1;
        if (sscanf(run->args[arg], "%ld:%d", &seconds, &l->status) != 2)
            abort();
        l->born_ms = at;
        m.end_ms = l->end_ms = at + seconds * 1000;
        m.n++;
        if (term >= 0 && term < l->end_ms) {
            l->status = -SIGTERM;
            l->end_ms = m.end_ms = term;
            m.outcome = STOPPED;
            return m;
        }
        m.outcome = l->status == 0 ? FINISHED : GAVE_UP;
        if (l->status == 0 || m.n > restarts)
            return m;
        at = l->end_ms + pause;
        pause *= 2;
        if (term >= 0 && term < at) {
            m.end_ms = term;
            m.outcome = STOPPED;
            return m;
        }
    }
    return m;
}

static void claim_one_at_a_time(const struct run *run, const struct model *m)
{
    claim_no_grandchildren(run);
    claim_children_of_main(run, m->n);
    for (int i = 0; i < m->n; i++) {
        int child = trace_child(run->trace, CLAIM_MAIN, i);
        claim_reaped_by(run, child, CLAIM_MAIN);
        for (int j = 0; j < i; j++)
            if (trace_overlap(run->trace, child,
                              trace_child(run->trace, CLAIM_MAIN, j)))
                claim_failed(run, trace_find(run->trace, TRACE_BORN, child, 0),
                             "There is one worker at a time",
                             "Worker %d was started while worker %d was alive",
                             i + 1, j + 1);
    }
}

static void claim_born_at(const struct run *run, int child, int nth, long ms)
{
    int64_t late = trace_born_at(run->trace, child) - ms * 1000000;
    char expected[100];
    if (late >= 0 && late <= SLACK_NS)
        return;
    snprintf(expected, sizeof expected, "Worker %d is started at %.3f s",
             nth + 1, (double)ms / 1000);
    claim_failed(run, trace_find(run->trace, TRACE_BORN, child, 0), expected,
                 "It was started at %.3f s",
                 (double)trace_born_at(run->trace, child) / 1e9);
}

static void restarts(const struct run *run)
{
    struct model m = model_of(run);
    claim_one_at_a_time(run, &m);
    for (int i = 0; i < m.n; i++) {
        const struct life *l = &m.life[i];
        int child = trace_child(run->trace, CLAIM_MAIN, i);
        claim_born_at(run, child, i, l->born_ms);
        claim_ends_at(run, child, l->end_ms);
        if (l->status < 0)
            claim_killed_by(run, child, -l->status);
        else
            claim_exits(run, child, l->status);
        if (i + 1 < m.n)
            claim_prints(run, CLAIM_MAIN,
                         "Worker crashed (%d), restart in %d s.", l->status,
                         1 << i);
    }
}

static void claim_last_words(const struct run *run, const char *words, int code)
{
    struct model m = model_of(run);
    claim_comes_to_an_end(run);
    claim_children_of_main(run, m.n);
    claim_prints(run, CLAIM_MAIN, "%s", words);
    claim_exits(run, CLAIM_MAIN, code);
    if (m.outcome == STOPPED)
        claim_makespan(run, m.end_ms);
    else
        claim_ends_with_main(run, trace_child(run->trace, CLAIM_MAIN, m.n - 1));
}

static void clean_end(const struct run *run)
{
    claim_last_words(run, "Worker finished.", 0);
}

static void gives_up(const struct run *run)
{
    if (run->scenario->inject[0]) {
        claim_signals_stay_inside(run);
        claim_gives_up(run);
        return;
    }
    claim_last_words(run, "Giving up.", 1);
}

static void passes_term_on(const struct run *run)
{
    struct model m = model_of(run);
    claim_children_of_main(run, m.n);
    int worker = trace_child(run->trace, CLAIM_MAIN, m.n - 1);
    claim_sent(run, CLAIM_MAIN, worker, SIGTERM);
    claim_killed_by(run, worker, SIGTERM);
    claim_reaped_by(run, worker, CLAIM_MAIN);
    claim_signals_stay_inside(run);
    claim_last_words(run, "Stopped.", 0);
}

static void term_in_back_off(const struct run *run)
{
    claim_last_words(run, "Stopped.", 0);
}

static const struct scenario scenarios[] = {
    {
        .name = "finishes",
        .title = "two crashes, then the worker finishes",
        .args = {"{r:4-6}", "{a:1-4}:{s:1-9}", "{b:1-4}:-9", "{c:1-4}:0"},
    },
    {
        .name = "clean",
        .title = "the worker finishes the first time",
        .args = {"{r:1-5}", "{a:1-9}:0", "1:0"},
    },
    {
        .name = "all_crash",
        .title = "the worker crashes each time",
        .args = {"{r:3-5}", "{a:1-4}:{s:1-9}", "{b:1-4}:-11",
                 "{c:1-4}:{t:1-9}"},
    },
    {
        .name = "no_restart",
        .title = "no restart is allowed",
        .args = {"0", "{a:1-9}:{s:1-9}", "1:0"},
    },
    {
        .name = "term",
        .title = "TERM comes while the first worker works",
        .args = {"{r:2-5}", "{a:5-9}:{s:0-9}"},
        .steps = {SEND(2500, SIGTERM)},
    },
    {
        .name = "term_second",
        .title = "TERM comes while the second worker works",
        .args = {"{r:2-5}", "2:{s:1-9}", "{a:5-9}:0"},
        .steps = {SEND(4500, SIGTERM)},
    },
    {
        .name = "term_between",
        .title = "TERM comes between a crash and the restart",
        .args = {"{r:3-5}", "1:{s:1-9}", "1:-6", "{a:2-9}:0"},
        .steps = {SEND(3500, SIGTERM)},
    },
    {
        .name = "fork_fails",
        .title = "the worker cannot be started a second time",
        .args = {"{r:3-5}", "{a:1-4}:{s:1-9}", "{b:1-4}:0"},
        .inject = {"fork:error=EAGAIN:when=2+:process=main"},
    },
    {.name = NULL},
};

static const struct check checks[] = {
    {
        .id = "supervisor_restarts",
        .points = 2,
        .title =
            "a crashed worker is reaped and started again after 1, 2, 4, ... "
            "seconds",
        .judge = restarts,
        .scenarios = "all_crash",
        .why = "A worker that crashes at its start would be started a "
               "thousand times a second: that is worse than none.",
        .hint =
            "A loop: fork(), waitpid(), a pause that doubles each time, and "
            "again. Main says why: WEXITSTATUS(), or minus WTERMSIG() for a "
            "worker that a signal has killed.",
        .lesson = "back-off",
        .clock = CLOCK_HONEST,
    },
    {
        .id = "supervisor_clean_end",
        .points = 1,
        .title = "a worker that has finished is not started again",
        .judge = clean_end,
        .scenarios = "finishes clean",
        .why = "Done is not crashed; only the status tells which.",
        .hint = "WIFEXITED(status) and exit code 0: the work is done.",
        .lesson = "task-supervisor",
        .clock = CLOCK_HONEST,
        .depends = "supervisor_restarts",
    },
    {
        .id = "supervisor_gives_up",
        .points = 1,
        .title =
            "the supervisor gives up after so many restarts, or if it cannot "
            "start a worker",
        .judge = gives_up,
        .scenarios = "all_crash no_restart fork_fails",
        .why = "What fails ten times fails the eleventh: somebody has to "
               "be told.",
        .hint =
            "RESTARTS counts restarts: with 0 the worker is started once. "
            "No pause before giving up; exit code 1. And fork() returns -1 if "
            "it fails: a message, exit code 1, and no waiting for pid -1.",
        .lesson = "back-off",
        .clock = CLOCK_HONEST,
        .depends = "supervisor_restarts",
    },
    {
        .id = "supervisor_passes_term_on",
        .points = 1,
        .title = "TERM is passed on, the worker reaped, and nothing restarted",
        .judge = passes_term_on,
        .scenarios = "term term_second",
        .why = "A supervisor that ends alone leaves a worker that nobody "
               "knows of.",
        .hint = "kill(pid, SIGTERM), then waitpid(), then \"Stopped.\" The "
                "worker's death by that signal is no crash. And the worker "
                "must not have SIGTERM blocked: a mask is inherited.",
        .lesson = "the-end-of-a-supervisor",
        .clock = CLOCK_HONEST,
        .depends = "supervisor_restarts",
    },
    {
        .id = "supervisor_term_in_back_off",
        .points = 1,
        .title = "TERM ends the supervisor at once while no worker is there",
        .judge = term_in_back_off,
        .scenarios = "term_between",
        .why = "Whoever shuts the machine down does not wait until the "
               "pause is over.",
        .hint = "The pause has to end when SIGTERM comes: sigtimedwait(), or a "
                "handler and ppoll(). There is nobody to kill then: the pid "
                "of a reaped child may be another's.",
        .lesson = "the-end-of-a-supervisor",
        .clock = CLOCK_HONEST,
        .depends = "supervisor_restarts",
    },
    {.id = NULL},
};

EXERCISE(supervisor) = {
    .id = "04-daemon/supervisor",
    .title = "A supervisor",
    .usage = "RESTARTS SECONDS:STATUS ...",
    .place = 3,
    .scenarios = scenarios,
    .checks = checks,
};
