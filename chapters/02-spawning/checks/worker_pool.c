/* 02-spawning/worker_pool: many jobs, at most K of them at a time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course/claim.h"
#include "course/tell.h"

enum { FIRST_JOB = 2 }; /* its place among the arguments */

static int at_most(const struct run *run)
{
    return atoi(run->args[1]);
}

static int n_jobs(const struct run *run)
{
    return run->argc - FIRST_JOB;
}

/* Of the nth job, from 1. */
static long seconds(const struct run *run, int n)
{
    return strtol(run->args[FIRST_JOB + n - 1], NULL, 10);
}

/* When the nth job begins: each job is given to whoever is free first. */
static long begins_ms(const struct run *run, int n)
{
    long free_ms[SCENARIO_ARGS] = {0};
    for (int job = 1;; job++) {
        int first = 0;
        for (int i = 1; i < at_most(run) && i < SCENARIO_ARGS; i++) {
            if (free_ms[i] < free_ms[first])
                first = i;
        }
        if (job == n)
            return free_ms[first];
        free_ms[first] += 1000 * seconds(run, job);
    }
}

static long makespan_ms(const struct run *run)
{
    long last = 0;
    for (int n = 1; n <= n_jobs(run); n++) {
        long end = begins_ms(run, n) + 1000 * seconds(run, n);
        if (end > last)
            last = end;
    }
    return last;
}

static const char *begun(int n, struct text *line)
{
    return tell(line, "[Job %d] Starting...", n);
}

static const char *done(const struct run *run, int n, struct text *line)
{
    return tell(line, "[Job %d] Done after %ld seconds.", n, seconds(run, n));
}

static void job_each(const struct run *run)
{
    int procs[SCENARIO_ARGS];
    claim_children_of_main(run, n_jobs(run));
    claim_no_grandchildren(run);
    for (int n = 1; n <= n_jobs(run); n++) {
        struct text line;
        claim_own_writer(run, "job", n - 1, begun(n, &line), procs);
        claim_prints(run, procs[n - 1], "%s", done(run, n, &line));
    }
}

/* How many children of main are alive right after this event. */
static int alive_after(const struct run *run, size_t event)
{
    int alive = 0;
    for (int i = 0; i < trace_children(run->trace, CLAIM_MAIN); i++) {
        int proc = trace_child(run->trace, CLAIM_MAIN, i);
        alive += trace_alive_at_event(run->trace, proc, event);
    }
    return alive;
}

static void limit(const struct run *run)
{
    char expected[80];
    snprintf(expected, sizeof expected,
             "Never more than %d children are alive at once", at_most(run));
    for (size_t i = 0; i < run->trace->n_events; i++) {
        if (run->trace->events[i].kind != TRACE_BORN)
            continue;
        int alive = alive_after(run, i);
        if (alive > at_most(run))
            claim_failed(run, (long)i, expected,
                         "This one was started when %d others were alive",
                         alive - 1);
    }
    claim_comes_to_an_end(run);
}

static void refilled(const struct run *run)
{
    for (int n = 1; n <= n_jobs(run); n++) {
        struct text line;
        long from = begins_ms(run, n), to = from + 1000 * seconds(run, n);
        int proc = claim_writer_of(run, "%s", begun(n, &line));
        claim_prints_at(run, from, "%s", line.s);
        claim_prints_at(run, to, "%s", done(run, n, &line));
        claim_ends_at(run, proc, to);
    }
    claim_makespan(run, makespan_ms(run));
}

static void all_done(const struct run *run)
{
    struct text last, line;
    if (run->scenario->inject[0]) {
        claim_fault_noticed(run, NULL, "jobs are done");
        return;
    }
    claim_all_reaped(run);
    claim_children_exit(run, 0);
    tell(&last, "All %d jobs are done.", n_jobs(run));
    claim_prints(run, CLAIM_MAIN, "%s", last.s);
    for (int n = 1; n <= n_jobs(run); n++)
        claim_prints_before(run, done(run, n, &line), last.s);
    claim_line_count(run, 2 * n_jobs(run) + 1);
    claim_exits(run, CLAIM_MAIN, 0);
}

static const struct scenario scenarios[] = {
    {
        .name = "two",
        .title = "two at a time, a long job among short ones",
        .args = {"2", "{a:1-3}", "{z:20-40}", "{b:1-3}", "{c:1-3}", "{d:1-3}",
                 "{e:1-3}"},
    },
    {
        .name = "three",
        .title = "three at a time, ten jobs",
        .args = {"3", "{a:1-9}", "{b:1-9}", "{c:1-9}", "{d:1-9}", "{e:1-9}",
                 "{f:1-9}", "{g:1-9}", "{h:1-9}", "{i:1-9}", "{j:1-9}"},
    },
    {
        .name = "long_first",
        .title = "the first job outlasts all others",
        .args = {"3", "{z:50-90}", "{a:1-5}", "{b:1-5}", "{c:1-5}", "{d:1-5}",
                 "{e:1-5}", "{f:1-5}"},
    },
    {
        .name = "ties",
        .title = "jobs that take the same time",
        .args = {"{k:2-4}", "{a:1-5}", "{a}", "{a}", "{a}", "{a}", "{a}", "{a}",
                 "{a}", "{a}"},
    },
    {
        .name = "one_at_a_time",
        .title = "one at a time",
        .args = {"1", "{a:1-9}", "{b:1-9}", "{c:1-9}"},
    },
    {
        .name = "more_than_jobs",
        .title = "room for more than there are",
        .args = {"{k:4-9}", "{a:1-9}", "{b:1-9}", "{c:1-9}"},
    },
    {
        .name = "none",
        .title = "no job at all",
        .args = {"{k:1-9}"},
    },
    {
        .name = "fork_fails",
        .title = "the third of four processes cannot be started",
        .args = {"2", "{a:2-5}", "{b:2-5}", "{c:2-5}", "{d:2-5}"},
        .inject = {"fork:error=EAGAIN:when=3:process=main"},
    },
    {
        .name = "bad_none",
        .title = "no argument at all",
    },
    {
        .name = "bad_no_room",
        .title = "0 at a time",
        .args = {"0", "{a:1-5}"},
    },
    {
        .name = "bad_word",
        .title = "a word instead of how many at a time",
        .args = {"{w:some,few,all}", "{a:1-5}"},
    },
    {
        .name = "bad_tail",
        .title = "something behind the last number",
        .args = {"2", "{a:1-5}", "{b:1-5}", "{c:1-5}min"},
    },
    {
        .name = "bad_zero",
        .title = "a job of 0 seconds",
        .args = {"2", "{a:1-5}", "0"},
    },
    {
        .name = "bad_long",
        .title = "a job of more than 3600 seconds",
        .args = {"2", "{a:1-5}", "3601"},
    },
    {
        .name = "bad_huge",
        .title = "room for more than 100",
        .args = {"{k:101-999}", "{a:1-5}"},
    },
    {.name = NULL},
};

#define GOOD "two three long_first ties one_at_a_time more_than_jobs none"

static const struct check checks[] = {
    {
        .id = "pool_job_each",
        .points = 1,
        .title = "every job is done once, by a child process of main's own",
        .judge = job_each,
        .scenarios = GOOD,
        .why = "Variables are copied by fork(), so that a job that a child "
               "notes as taken is taken by others as well.",
        .hint = "Main gives out the jobs: it alone counts which one is next. A "
                "child does its one job, prints its two lines and ends with "
                "_exit(): what it counts is a copy of its own.",
        .lesson = "a-counter-that-nobody-shares",
    },
    {
        .id = "pool_limit",
        .points = 1,
        .title = "never more than K jobs are alive at once",
        .judge = limit,
        .scenarios = GOOD,
        .why = "K is what the machine can bear: memory, CPUs, licences. "
               "One more can be one too many.",
        .hint = "Count what runs: one more behind each fork(), one less behind "
                "each successful wait(). Wait before a fork() that would make "
                "it K + 1. A child is alive until it has ended, whatever it "
                "has said.",
        .lesson = "full-is-full",
        .depends = "pool_job_each",
    },
    {
        .id = "pool_all_done",
        .points = 1,
        .title = "main waits for every job, then says so as the last line",
        .judge = all_done,
        .scenarios = GOOD " fork_fails",
        .why = "When the last job is given out most of the work is still "
               "ahead.",
        .hint = "When the last job is given out, K of them still run. Wait "
                "until no child is left: as many successful waits as there "
                "were successful forks.",
        .lesson = "the-last-k",
        .depends = "pool_job_each",
    },
    {
        .id = "pool_refill",
        .points = 2,
        .title = "whenever a job ends the next one starts at once",
        .judge = refilled,
        .scenarios = GOOD,
        .why = "Who waits for the slowest of a batch lets K - 1 places lie "
               "idle.",
        .hint = "wait() and waitpid(-1, ...) return when any child has ended. "
                "Start one more then, whichever it was: wait for nobody in "
                "particular, and not for all of them.",
        .lesson = "whoever-ends-first",
        .clock = CLOCK_HONEST,
        .depends = "pool_limit pool_all_done",
    },
    {
        .id = "pool_bad_argument",
        .points = 1,
        .title = "a bad argument is refused before any job starts",
        .judge = claim_bad_argument,
        .scenarios = "bad_none bad_no_room bad_word bad_tail bad_zero bad_long "
                     "bad_huge",
        .why = "A program that has begun leaves half of its work behind "
               "when it finds the mistake; one that has not leaves "
               "nothing.",
        .hint = "Check K and all jobs first: errx(2, ...) if one of them is "
                "wrong. strtoul() stores where it stopped reading; that must "
                "be the end.",
        .lesson = "task-worker_pool",
        .depends = "pool_job_each",
    },
    {.id = NULL},
};

EXERCISE(worker_pool) = {
    .id = "02-spawning/worker_pool",
    .title = "Many jobs, K at a time",
    .place = 2,
    .usage = "K SECONDS...",
    .scenarios = scenarios,
    .checks = checks,
};
