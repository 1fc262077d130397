/* 04-daemon/background_worker: daemons in the sense of multiprocessing. */
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course/claim.h"
#include "course/rows.h"
#include "course/tell.h"

#define FINISHED "Main process finished."

struct worker {
    char name[64];
    bool daemon;
    long ms; /* how long it works */
};

static int n_workers(const struct run *run)
{
    return run->argc - 1;
}

/* The nth worker as the arguments describe it, from 1. */
static struct worker worker(const struct run *run, int n)
{
    struct worker w = {.daemon = false};
    const char *arg = run->args[n];
    if (strncmp(arg, "daemon:", 7) == 0 && strchr(arg + 7, ':')) {
        w.daemon = true;
        arg += 7;
    }
    size_t len = strcspn(arg, ":");
    snprintf(w.name, sizeof w.name, "%.*s", (int)len, arg);
    w.ms = 1000 * strtol(arg + len + 1, NULL, 10);
    return w;
}

static const char *first_line(const struct worker *w, struct text *line)
{
    return tell(line, "[%s] Working%s...", w->name,
                w->daemon ? " in the background" : "");
}

static const char *last_line(const struct worker *w, struct text *line)
{
    return tell(line, "[%s] Finished in %ld seconds.", w->name, w->ms / 1000);
}

/* Which child is which worker, from 1.  Where there are only daemons none needs
 * to have said a word. */
static void processes(const struct run *run, int *procs)
{
    struct text first[SCENARIO_ARGS];
    for (int n = 1; n <= n_workers(run); n++) {
        struct worker w = worker(run, n);
        first_line(&w, &first[n - 1]);
    }
    claim_match_children(run, n_workers(run), first, procs + 1);
}

/* When main ends if nobody ends it: with the last normal worker. */
static long last_normal_ms(const struct run *run)
{
    long last = 0;
    for (int n = 1; n <= n_workers(run); n++) {
        struct worker w = worker(run, n);
        if (!w.daemon && w.ms > last)
            last = w.ms;
    }
    return last;
}

static long main_end_ms(const struct run *run)
{
    return (long)(trace_end_of(run->trace, CLAIM_MAIN).at_ns / 1000000);
}

/* It waits for nobody, so that a daemon need not have begun. */
static bool main_ends_at_once(const struct run *run)
{
    return trace_end_of(run->trace, CLAIM_MAIN).ended && main_end_ms(run) == 0;
}

/* A daemon may be gone before it has said anything where no normal worker
 * keeps main alive. */
static void child_each(const struct run *run)
{
    struct text line[] = {{"Main process started."}, {""}, {""}};
    int procs[SCENARIO_ARGS];
    claim_child_each(run);
    claim_prints(run, CLAIM_MAIN, "%s", line[0].s);
    for (int n = 1; n <= n_workers(run); n++) {
        struct worker w = worker(run, n);
        procs[n - 1] = TRACE_NOBODY;
        if (w.daemon && (last_normal_ms(run) == 0 || main_ends_at_once(run)))
            continue;
        first_line(&w, &line[1]);
        last_line(&w, &line[2]);
        claim_own_writer(run, "worker", n - 1, line[1].s, procs);
        claim_prints_before(run, line[0].s, line[1].s);
        if (!w.daemon)
            claim_prints_in_order(run, procs[n - 1], line + 1, 2);
    }
}

/* Main said that it finishes when proc had ended. */
static void claim_finished_after(const struct run *run, int proc,
                                 const char *name)
{
    struct trace_lines lines = claim_lines(run, 1, CLAIM_MAIN);
    long ended = trace_find(run->trace, TRACE_EXIT, proc, 0);
    for (size_t i = 0; i < lines.n; i++) {
        const struct trace_line *line = &lines.line[i];
        if (strstr(line->text, FINISHED) && (long)line->event < ended)
            claim_failed(
                run, (long)line->event,
                "Main finishes when all normal workers have ended",
                "Main wrote \"" FINISHED "\" when %s was still at work", name);
    }
    trace_lines_free(&lines);
}

static void normal_joined(const struct run *run)
{
    int procs[SCENARIO_ARGS + 1];
    processes(run, procs);
    claim_comes_to_an_end(run);
    claim_prints(run, CLAIM_MAIN, FINISHED);
    for (int n = 1; n <= n_workers(run); n++) {
        struct worker w = worker(run, n);
        if (w.daemon)
            continue;
        claim_ended_before_main(run, procs[n]);
        claim_reaped_by(run, procs[n], CLAIM_MAIN);
        claim_exits(run, procs[n], 0);
        claim_finished_after(run, procs[n], w.name);
    }
    claim_exits(run, CLAIM_MAIN, 0);
}

/* A daemon ends with main, or before if its work is done earlier. */
static void claim_daemon(const struct run *run, int proc,
                         const struct worker *w)
{
    struct text line;
    long end = main_end_ms(run);
    last_line(w, &line);
    if (w->ms + 20 < end) {
        claim_prints(run, proc, "%s", line.s);
        claim_ends_at(run, proc, w->ms);
        return;
    }
    claim_ends_with_main(run, proc);
    if (w->ms > end + 20)
        claim_never_prints(run, line.s);
}

static void claim_daemons(const struct run *run)
{
    int procs[SCENARIO_ARGS + 1];
    processes(run, procs);
    for (int n = 1; n <= n_workers(run); n++) {
        struct worker w = worker(run, n);
        if (w.daemon)
            claim_daemon(run, procs[n], &w);
    }
}

static void daemon_ends_with_main(const struct run *run)
{
    claim_makespan(run, last_normal_ms(run));
    claim_daemons(run);
}

static void daemon_ends_with_killed_main(const struct run *run)
{
    claim_children_of_main(run, n_workers(run));
    claim_ends_at(run, CLAIM_MAIN, run->scenario->steps[0].at_ms);
    claim_daemons(run);
}

static void normal_outlives(const struct run *run)
{
    int procs[SCENARIO_ARGS + 1];
    claim_children_of_main(run, n_workers(run));
    processes(run, procs);
    for (int n = 1; n <= n_workers(run); n++) {
        struct worker w = worker(run, n);
        struct text line;
        if (w.daemon)
            continue;
        claim_outlives_main(run, procs[n]);
        claim_exits(run, procs[n], 0);
        claim_prints_once_at(run, procs[n], w.ms, "%s", last_line(&w, &line));
    }
}

static void when_calls_fail(const struct run *run)
{
    claim_fault_noticed(run, FINISHED, NULL);
}

static const struct scenario scenarios[] = {
    {"seed", "two normal workers and a daemon that would take longer",
     .args = {"{n:Image,Photo}1:{a:2-5}", "{n}2:{b:2-5}",
              "daemon:{d:Logger,Monitor,Watcher}:{c:6-9}"}},
    {"daemon_done_first", "the daemon, started first, is done long before main",
     .args = {"daemon:{d:Logger,Monitor,Watcher}:{c:1-2}", "Image1:{a:4-6}",
              "Image2:{b:4-6}"}},
    {"one_normal", "a single worker, a normal one",
     .args = {"{n:Backup,Index,Report}:{a:2-9}"}},
    {"only_daemons", "two daemons and no normal worker: main ends at once",
     .args = {"daemon:{d:Logger,Monitor}1:{a:3-9}", "daemon:{d}2:{b:3-9}"}},
    {.name = "none", .title = "no worker at all"},
    {"ten", "ten workers, four of them daemons",
     .args = {"Image1:{a:3-6}", "daemon:{d:Logger,Monitor}1:{b:8-20}",
              "Image2:{c:3-6}", "Image3:{k:3-6}", "daemon:{d}2:{e:8-20}",
              "daemon:{d}3:{f:1-2}", "Image4:{g:3-6}", "Image5:{h:3-6}",
              "daemon:{d}4:{i:8-20}", "Image6:{j:3-6}"}},
    {"ties", "normal workers that all take the same time",
     .args = {"Image1:{a:2-5}", "Image2:{a}", "Image3:{a}",
              "daemon:Logger:{c:6-9}"}},
    {"long_daemon", "a daemon with work for an hour, a name of 50 bytes",
     .args = {"daemon:{d:Logger,Monitor}:3600",
              "Backup of every file and of every directory there.:{a:2-4}"},
     .limit_ms = 4000000},
    {"killed", "main is killed by SIGKILL while all work",
     .args = {"Image1:{a:3-5}", "daemon:{d:Logger,Monitor,Watcher}1:{c:6-9}",
              "Image2:{b:3-5}", "daemon:{d}2:{e:6-9}", "daemon:{d}3:1"},
     .steps = {SEND(1500, SIGKILL)}},
    {"terminated", "main is ended by SIGTERM while all work",
     .args = {"daemon:{d:Logger,Monitor,Watcher}1:{c:6-9}", "Image1:{a:4-6}",
              "daemon:{d}2:{e:6-9}"},
     .steps = {SEND(2500, SIGTERM)}},
    {"called_daemon", "a normal worker called daemon, and a daemon",
     .args = {"daemon:{a:10-20}", "daemon:Logger:{b:30-60}"}},
    BAD_SECONDS("Image1:", "daemon:Logger:"),
    {"bad_kind", "three fields, but the first is not the word daemon",
     .args = {"Image1:{a:2-5}", "{w:demon,normal,Daemon}:Logger:{b:2-5}"}},
    {"bad_fields", "four fields",
     .args = {"Image1:{a:2-5}", "daemon:Logger:{b:2-5}:{c:2-5}"}},
    {"bad_name", "an empty name",
     .args = {"Image1:{a:2-5}", "daemon::{b:2-5}"}},
    {"bad_no_seconds", "a name alone", .args = {"Image1:{a:2-5}", "Image2"}},
    FORK_FAILS(.args = {"Image1:{a:2-5}", "Image2:{b:2-5}", "Image3:{c:2-5}",
                        "Image4:{d:2-5}"}),
    EXEC_FAILS(.args = {"Image1:{a:2-5}", "Image2:{b:2-5}", "Image3:{c:2-5}"}),
    INTERRUPTED(.args = {"Image1:{a:2-5}", "Image2:{b:2-5}"}),
    {.name = NULL},
};

#define NORMAL                                                                 \
    "seed daemon_done_first one_normal ten ties long_daemon called_daemon"

static const struct check checks[] = {
    {
        .id = "background_child_each",
        .points = 1,
        .title =
            "every worker is a child of main's own that writes its lines, once",
        .judge = child_each,
        .scenarios = NORMAL " only_daemons none",
        .why = "main ends daemons and waits for workers: both must be its "
               "own children, and known to it.",
        .hint =
            "One fork() for each argument, daemon or not; a daemon of this "
            "kind stays main's child: no double fork. Main's first line comes "
            "before the first fork(): fflush(stdout) behind it, or every "
            "child has a copy in its buffer. A child flushes its lines too, "
            "and ends with _exit().",
        .lesson = "the-line-before-the-fork",
        .clock = CLOCK_HONEST,
    },
    {
        .id = "background_normal_joined",
        .points = 1,
        .title = "main waits for every normal worker before it finishes",
        .judge = normal_joined,
        .scenarios = NORMAL " only_daemons none",
        .why = "Work that somebody counts on is waited for; wait() for "
               "just anybody may get a daemon instead.",
        .hint =
            "waitpid() with the pid of each normal worker, and of no other. "
            "wait() returns for any child, also for a daemon.",
        .lesson = "wait-takes-any-child",
        .depends = "background_child_each",
    },
    {
        .id = "background_daemon_ends",
        .points = 1,
        .title = "main does not wait for a daemon, which ends when main does",
        .judge = daemon_ends_with_main,
        .scenarios = "seed daemon_done_first only_daemons ten ties long_daemon "
                     "called_daemon",
        .why = "A logger or a progress display must neither hold up the "
               "end of the program nor outlive it.",
        .hint =
            "Main's last wait is for the last normal worker. And nobody ends "
            "an orphan: a daemon must arrange for its end itself; main may be "
            "gone already when it does so. (A child that ends with exit() "
            "runs main's atexit() functions, also those that stop daemons: "
            "use _exit().)",
        .lesson = "main-may-be-gone-already",
        .clock = CLOCK_HONEST,
        .depends = "background_normal_joined",
    },
    {
        .id = "background_daemon_killed_main",
        .points = 2,
        .title = "a daemon ends at once when a signal ends main",
        .judge = daemon_ends_with_killed_main,
        .scenarios = "killed terminated",
        .why = "After SIGKILL, or a crash, not one line of main runs. What "
               "is to happen then the kernel must do.",
        .hint = "After SIGKILL main does nothing any more: no handler and no "
                "atexit() function of it runs. Let the kernel tell the daemon: "
                "PR_SET_PDEATHSIG, or a pipe whose write end only main holds.",
        .lesson = "atexit-is-not-enough",
        .clock = CLOCK_HONEST,
        .depends = "background_child_each",
    },
    {
        .id = "background_normal_outlives",
        .points = 1,
        .title = "a normal worker finishes its work when main is killed",
        .judge = normal_outlives,
        .scenarios = "killed terminated",
        .why = "To end with main is what daemons are for; half a backup "
               "helps nobody.",
        .hint = "Only daemons end with main; for a normal worker there is "
                "nothing to arrange.",
        .lesson = "task-background_worker",
        .clock = CLOCK_HONEST,
        .depends = "background_child_each",
    },
    {
        .id = "background_bad_argument",
        .points = 1,
        .title = "a bad argument is refused before any worker starts",
        .judge = claim_bad_argument,
        .scenarios = "bad_word bad_tail bad_kind bad_fields bad_name "
                     "bad_no_seconds bad_zero bad_huge bad_sign",
        .why = "A program that has begun leaves half of its work behind "
               "when it finds the mistake; one that has not leaves "
               "nothing.",
        .hint = "Check all arguments first: errx(2, ...) if one of them is "
                "wrong. strtoul() stores where it stopped reading; that must "
                "be the end.",
        .lesson = "task-background_worker",
        .depends = "background_child_each",
    },
    {
        .id = "background_when_calls_fail",
        .points = 1,
        .title = "a call that fails is noticed",
        .judge = when_calls_fail,
        .scenarios = "fork_fails exec_fails interrupted",
        .why = "Under load fork() does fail. Who goes on waits for a "
               "worker that never was, or for anybody.",
        .hint = "Look at what fork(), waitpid() and exec return. To see it: "
                "proclab run --inject fork:error=EAGAIN:when=3 "
                "./background_worker a:2 b:3 c:2",
        .lesson = "calls-that-fail",
        .depends = "background_child_each background_normal_joined",
    },
    {.id = NULL},
};

EXERCISE(background_worker) = {
    .id = "04-daemon/background_worker",
    .title = "Workers in the background",
    .usage = "[daemon:]NAME:SECONDS ...",
    .scenarios = scenarios,
    .checks = checks,
};
