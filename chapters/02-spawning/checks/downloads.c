/* 02-spawning/downloads: N downloads at the same time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course/claim.h"
#include "course/rows.h"
#include "course/tell.h"

#define SUCCESS "All downloads completed successfully!"

static int n_downloads(const struct run *run)
{
    return run->argc - 1;
}

/* Of the nth download, from 1. */
static long seconds(const struct run *run, int n)
{
    return strtol(run->args[n], NULL, 10);
}

static long longest_ms(const struct run *run)
{
    long longest = 0;
    for (int n = 1; n <= n_downloads(run); n++) {
        if (seconds(run, n) > longest)
            longest = seconds(run, n);
    }
    return 1000 * longest;
}

static const char *started(int n, struct text *line)
{
    return tell(line, "[Process %d] Starting download...", n);
}

static const char *finished(const struct run *run, int n, struct text *line)
{
    return tell(line, "[Process %d] Finished downloading in %ld seconds.", n,
                seconds(run, n));
}

static void own_lines(const struct run *run)
{
    int procs[SCENARIO_ARGS];
    for (int n = 1; n <= n_downloads(run); n++) {
        struct text line[2];
        claim_own_writer(run, "download", n - 1, started(n, &line[0]), procs);
        finished(run, n, &line[1]);
        claim_prints_in_order(run, procs[n - 1], line, 2);
    }
}

static void all_at_once(const struct run *run)
{
    int procs[SCENARIO_ARGS];
    for (int i = 0; i < n_downloads(run); i++)
        procs[i] = trace_child(run->trace, CLAIM_MAIN, i);
    claim_alive_together(run, procs, n_downloads(run));
}

static void on_time(const struct run *run)
{
    for (int n = 1; n <= n_downloads(run); n++) {
        struct text line;
        int proc = claim_writer_of(run, "%s", started(n, &line));
        claim_prints_at(run, 0, "%s", line.s);
        claim_prints_at(run, 1000 * seconds(run, n), "%s",
                        finished(run, n, &line));
        claim_ends_at(run, proc, 1000 * seconds(run, n));
    }
    claim_makespan(run, longest_ms(run));
}

static void success_last(const struct run *run)
{
    struct text line;
    claim_prints(run, CLAIM_MAIN, SUCCESS);
    for (int n = 1; n <= n_downloads(run); n++)
        claim_prints_before(run, finished(run, n, &line), SUCCESS);
    claim_line_count(run, 2 * n_downloads(run) + 1);
    claim_children_exit(run, 0);
    claim_exits(run, CLAIM_MAIN, 0);
}

/* Where calls are only disturbed every line is there all the same. */
static void when_calls_fail(const struct run *run)
{
    struct text line;
    if (!strstr(run->scenario->inject[0], ":error="))
        for (int n = 1; n <= n_downloads(run); n++) {
            claim_prints_whole(run, started(n, &line));
            claim_prints_whole(run, finished(run, n, &line));
        }
    claim_fault_noticed(run, SUCCESS, SUCCESS);
}

static const struct scenario scenarios[] = {
    {
        .name = "seed",
        .title = "five downloads",
        .args = {"{a:2-5}", "{b:2-5}", "{c:2-5}", "{d:2-5}", "{e:2-5}"},
    },
    {
        .name = "one",
        .title = "a single download",
        .args = {"{a:2-9}"},
    },
    {
        .name = "none",
        .title = "no download at all",
    },
    {
        .name = "ten",
        .title = "ten downloads",
        .args = {"{a:1-9}", "{b:1-9}", "{c:1-9}", "{d:1-9}", "{e:1-9}",
                 "{f:1-9}", "{g:1-9}", "{h:1-9}", "{i:1-9}", "{j:1-9}"},
    },
    {
        .name = "ties",
        .title = "four downloads that take the same time",
        .args = {"{a:2-5}", "{a}", "{a}", "{a}"},
    },
    {
        .name = "long_first",
        .title = "the first one takes much longer than the others",
        .args = {"{z:100-300}", "{a:1-5}", "{b:1-5}"},
    },
    {
        .name = "longest",
        .title = "the longest download that there may be, and the shortest",
        .args = {"{a:90-99}", "3600", "1"},
        .limit_ms = 4000000,
    },
    {
        .name = "bad_word",
        .title = "a word instead of the second number",
        .args = {"{a:2-5}", "{w:soon,later,x}", "{b:2-5}"},
    },
    {
        .name = "bad_tail",
        .title = "something behind the last number",
        .args = {"{a:2-5}", "{b:2-5}", "{c:2-5}s"},
    },
    {
        .name = "bad_zero",
        .title = "a download that takes 0 seconds",
        .args = {"0", "{a:2-5}"},
    },
    {
        .name = "bad_huge",
        .title = "a number beyond 3600",
        .args = {"{a:2-5}", "3601"},
    },
    {
        .name = "bad_sign",
        .title = "a number with a sign",
        .args = {"{a:2-5}", "+{b:2-5}"},
    },
    FORK_FAILS(.args = {"{a:2-5}", "{b:2-5}", "{c:2-5}", "{d:2-5}"}),
    EXEC_FAILS(.args = {"{a:2-5}", "{b:2-5}", "{c:2-5}"}),
    INTERRUPTED(.args = {"{a:2-5}", "{b:2-5}", "{c:2-5}"}),
    {
        .name = "short_write",
        .title = "the first write of each process takes seven bytes only",
        .args = {"{a:2-5}"},
        .inject = {"write:short=7:when=1"},
    },
    {.name = NULL},
};

#define GOOD "seed one none ten ties long_first longest"

static const struct check checks[] = {
    {
        .id = "download_child_each",
        .points = 1,
        .title = "every download is a child process of main's own",
        .judge = claim_child_each,
        .scenarios = GOOD,
        .why = "Children that go on in main's loop fork as well: with n "
               "arguments there are up to 2 to the n processes.",
        .hint = "fork() returns twice: 0 in the child, the child's pid in "
                "main. The child must end with _exit() when its download is "
                "done, or it goes on in main's loop and forks as well.",
        .lesson = "the-child-falls-through",
    },
    {
        .id = "download_own_lines",
        .points = 1,
        .title = "every download announces and reports itself",
        .judge = own_lines,
        .scenarios = GOOD,
        .why = "A line tells who did what only if the process that did it "
               "writes it, once.",
        .hint = "Print both lines in the child. A line that appears more than "
                "once was in the buffer of stdout when main forked: try "
                "./downloads ... | cat. What stands behind a successful exec "
                "is never reached.",
        .lesson = "the-buffer-is-forked-too",
        .depends = "download_child_each",
    },
    {
        .id = "download_all_at_once",
        .points = 1,
        .title = "all downloads run at the same time",
        .judge = all_at_once,
        .scenarios = "seed ten ties long_first",
        .why = "That is what the processes are for: in time all of them "
               "cost as much as the longest.",
        .hint = "Start all of them in one loop, wait for all of them in a "
                "second one.",
        .lesson = "a-wait-in-the-loop",
        .clock = CLOCK_HONEST,
        .depends = "download_child_each",
    },
    {
        .id = "download_all_reaped",
        .points = 1,
        .title = "main waits for every download",
        .judge = claim_all_reaped,
        .scenarios = GOOD,
        .why = "Only a wait tells that a child has ended, and how. A guess "
               "by sleep() is wrong on a busy machine.",
        .hint = "One waitpid() reaps one child: as many as there are children, "
                "each with its return value checked. sleep() waits for nobody.",
        .lesson = "one-wait-one-child",
        .depends = "download_child_each",
    },
    {
        .id = "download_on_time",
        .points = 1,
        .title = "each line comes when it is true, and main ends with the "
                 "longest download",
        .judge = on_time,
        .scenarios = GOOD,
        .why = "A line that stays in a buffer says for seconds what is no "
               "longer true, or comes never.",
        .hint = "On a pipe stdout is buffered: fflush(stdout) after each line. "
                "Main waits for its children, not for a time.",
        .lesson = "a-line-that-comes-late",
        .clock = CLOCK_HONEST,
        .depends = "download_own_lines download_all_reaped",
    },
    {
        .id = "download_success_last",
        .points = 1,
        .title = "main reports success once, after the last download",
        .judge = success_last,
        .scenarios = GOOD,
        .why = "Success is reported when everything has succeeded, and not "
               "before: scripts build on that.",
        .hint = "Main's line comes after the loop that waits; every child ends "
                "with exit code 0, and so does main.",
        .lesson = "task-downloads",
        .depends = "download_own_lines download_all_reaped",
    },
    {
        .id = "download_bad_argument",
        .points = 1,
        .title = "a bad argument is refused before any download starts",
        .judge = claim_bad_argument,
        .scenarios = "bad_word bad_tail bad_zero bad_huge bad_sign",
        .why = "A program that has begun leaves half of its work behind "
               "when it finds the mistake; one that has not leaves "
               "nothing.",
        .hint = "Check all arguments first: errx(2, ...) if one of them is "
                "wrong. strtoul() stores where it stopped reading; that must "
                "be the end.",
        .lesson = "task-downloads",
        .depends = "download_child_each",
    },
    {
        .id = "download_when_calls_fail",
        .points = 1,
        .title = "a call that fails, or does less than asked for, is noticed",
        .judge = when_calls_fail,
        .scenarios = "fork_fails exec_fails interrupted short_write",
        .why = "Every call can fail or do less than asked for. In programs "
               "of students this is the most frequent mistake: nobody "
               "looks.",
        .hint = "Look at what fork(), wait(), write() and exec return. To see "
                "it: proclab run --inject fork:error=EAGAIN:when=3 "
                "./downloads 2 3 2",
        .lesson = "calls-that-fail",
        .depends = "download_own_lines download_all_reaped",
    },
    {.id = NULL},
};

EXERCISE(downloads) = {
    .id = "02-spawning/downloads",
    .title = "Downloads at the same time",
    .usage = "SECONDS...",
    .scenarios = scenarios,
    .checks = checks,
};
