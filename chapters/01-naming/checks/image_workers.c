/* 01-naming/image_workers: a named process for each image. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course/claim.h"
#include "course/rows.h"
#include "course/tell.h"

#define DONE "All images have been processed!"

struct worker {
    char name[128];
    char image[128];
    long seconds;
};

static int n_workers(const struct run *run)
{
    return run->argc - 1;
}

/* The nth worker as the arguments describe it, from 1. */
static struct worker worker(const struct run *run, int n)
{
    struct worker w = {.seconds = 0};
    const char *arg = run->args[n];
    const char *equals = strchr(arg, '=');
    if (equals)
        snprintf(w.name, sizeof w.name, "%.*s", (int)(equals - arg), arg);
    else
        snprintf(w.name, sizeof w.name, "Process-%d", n);
    const char *image = equals ? equals + 1 : arg;
    const char *colon = strrchr(image, ':');
    snprintf(w.image, sizeof w.image, "%.*s", (int)(colon - image), image);
    w.seconds = strtol(colon + 1, NULL, 10);
    return w;
}

static long longest_ms(const struct run *run)
{
    long longest = 0;
    for (int n = 1; n <= n_workers(run); n++) {
        struct worker w = worker(run, n);
        if (w.seconds > longest)
            longest = w.seconds;
    }
    return 1000 * longest;
}

static const char *first_line(const struct worker *w, struct text *line)
{
    return tell(line, "[%s] Starting to process %s...", w->name, w->image);
}

static const char *last_line(const struct worker *w, struct text *line)
{
    return tell(line, "[%s] Finished %s in %ld seconds.", w->name, w->image,
                w->seconds);
}

/* Which child is which worker, from 1. */
static void processes(const struct run *run, int *procs)
{
    struct text first[SCENARIO_ARGS];
    for (int n = 1; n <= n_workers(run); n++) {
        struct worker w = worker(run, n);
        first_line(&w, &first[n - 1]);
    }
    claim_match_children(run, n_workers(run), first, procs + 1);
}

static void child_each(const struct run *run)
{
    claim_child_each(run);
    int procs[SCENARIO_ARGS];
    for (int n = 1; n <= n_workers(run); n++) {
        struct worker w = worker(run, n);
        struct text line[2];
        claim_own_writer(run, "worker", n - 1, first_line(&w, &line[0]), procs);
        last_line(&w, &line[1]);
        claim_prints_in_order(run, procs[n - 1], line, 2);
    }
}

static void own_name(const struct run *run)
{
    int procs[SCENARIO_ARGS + 1];
    const char *slash = strrchr(run->args[0], '/');
    processes(run, procs);
    for (int n = 1; n <= n_workers(run); n++)
        claim_named_at_exit(run, procs[n], worker(run, n).name);
    /* Main has its file's name: that is what the kernel called it at exec. */
    claim_named_at_exit(run, CLAIM_MAIN, slash ? slash + 1 : run->args[0]);
}

static void in_parallel(const struct run *run)
{
    int procs[SCENARIO_ARGS];
    int n = n_workers(run);
    for (int i = 0; i < n; i++)
        procs[i] = trace_child(run->trace, CLAIM_MAIN, i);
    claim_alive_together(run, procs, n);
    claim_makespan(run, longest_ms(run));
}

static void main_sums_up(const struct run *run)
{
    static const struct text said[] = {{"All image processes started!"},
                                       {DONE}};
    claim_prints_in_order(run, CLAIM_MAIN, said, 2);
    for (int n = 1; n <= n_workers(run); n++) {
        struct worker w = worker(run, n);
        struct text line;
        claim_prints_before(run, last_line(&w, &line), DONE);
    }
    claim_line_count(run, 2 * n_workers(run) + 2);
    claim_exits(run, CLAIM_MAIN, 0);
}

static void when_calls_fail(const struct run *run)
{
    claim_fault_noticed(run, DONE, DONE);
}

static const struct scenario scenarios[] = {
    {
        .name = "seed",
        .title = "three images, two of their workers with names",
        .args = {"Image Processor 1=photo1.jpg:{a:2-5}",
                 "Image Processor 2=photo2.jpg:{b:2-5}", "photo3.jpg:{c:2-5}"},
    },
    {
        .name = "one",
        .title = "a single worker with a short name",
        .args = {"{n:Painter,Sharpener,Resizer}={p:cat,dog,owl}.png:{a:2-9}"},
    },
    {
        .name = "none",
        .title = "no image at all",
    },
    {
        .name = "ten",
        .title = "ten workers without names",
        .args = {"{p:photo,scan,frame}1.jpg:{a:2-5}", "{p}2.jpg:{b:2-5}",
                 "{p}3.jpg:{c:2-5}", "{p}4.jpg:{d:2-5}", "{p}5.jpg:{e:2-5}",
                 "{p}6.jpg:{f:2-5}", "{p}7.jpg:{g:2-5}", "{p}8.jpg:{h:2-5}",
                 "{p}9.jpg:{i:2-5}", "{p}10.jpg:{j:2-5}"},
    },
    {
        .name = "ties",
        .title = "all take the same time, and two have the same name",
        .args = {"{n:Twin,Double,Copy}={p:left,east}.jpg:{a:2-5}",
                 "{n}={q:right,west}.jpg:{a}", "{p}-{q}.jpg:{a}"},
    },
    {
        .name = "long_one",
        .title = "one that takes long, names of 13, 15, 16 and 100 bytes",
        .args =
            {"{n:Colour,Mirror}-Expert=a.jpg:{a:2-4}",
             "{n}-Experts1=b.jpg:{b:100-300}", "{n}-Experts12=c.jpg:{c:2-4}",
             "{n}-Experts on the second floor below the roof, "
             "who see to it that all colours are as they were..=d.jpg:{d:2-4}"},
    },
    {
        .name = "odd",
        .title = "images with = and : in their names; the longest time and "
                 "the shortest",
        .args = {"{n:Left,Right}=a=b:{p:east,west}.png:{a:10-99}",
                 "c:{p}.jpg:3600", "{p}:1"},
        .limit_ms = 4000000,
    },
    {
        .name = "bad_no_seconds",
        .title = "the second argument has no seconds",
        .args = {"photo1.jpg:{a:2-5}", "{p:photo,scan}2.jpg"},
    },
    BAD_SECONDS("photo1.jpg:", "photo2.jpg:"),
    {
        .name = "bad_name",
        .title = "an empty name",
        .args = {"photo1.jpg:{a:2-5}", "=photo2.jpg:{b:2-5}"},
    },
    {
        .name = "bad_image",
        .title = "an empty image",
        .args = {"photo1.jpg:{a:2-5}", "{n:Left,Right}=:{b:2-5}"},
    },
    FORK_FAILS(.args = {"photo1.jpg:{a:2-5}", "photo2.jpg:{b:2-5}",
                        "photo3.jpg:{c:2-5}", "photo4.jpg:{d:2-5}"}),
    EXEC_FAILS(.args = {"photo1.jpg:{a:2-5}", "photo2.jpg:{b:2-5}",
                        "photo3.jpg:{c:2-5}"}),
    INTERRUPTED(.args = {"photo1.jpg:{a:2-5}", "photo2.jpg:{b:2-5}"}),
    {.name = NULL},
};

#define GOOD "seed one none ten ties long_one odd"

static const struct check checks[] = {
    {
        .id = "image_child_each",
        .points = 1,
        .title = "every image has a child of main's own, which reports on it",
        .judge = child_each,
        .scenarios = GOOD,
        .why = "Who forks once too often has processes that nobody waits "
               "for, and work that is done twice.",
        .hint = "One fork() for each argument, in a loop that only main stays "
                "in: the child prints both lines itself and ends with _exit(). "
                "Compare them with the contract letter by letter; a worker "
                "without NAME= is called Process-N, N counted over all "
                "arguments.",
        .lesson = "the-child-must-leave-the-loop",
    },
    {
        .id = "image_own_name",
        .points = 2,
        .title = "every worker carries its own name, and main keeps its",
        .judge = own_name,
        .scenarios = GOOD,
        .why = "With a name of its own you find the one that hangs among "
               "ten that look alike in ps, top and pkill.",
        .hint = "Call prctl(PR_SET_NAME, name) in the child, after fork(): it "
                "renames whoever calls it. Neither argv[0] nor the name of a "
                "variable is what ps -o comm shows, and an exec takes the name "
                "away again. Look at what the call returns.",
        .lesson = "a-name-has-15-bytes",
        .depends = "image_child_each",
    },
    {
        .id = "image_all_joined",
        .points = 1,
        .title = "main waits for every worker",
        .judge = claim_all_reaped,
        .scenarios = GOOD,
        .why = "A child that nobody waits for is a zombie, or works on "
               "when main says that all is done; how it ended is not "
               "known.",
        .hint = "One waitpid() reaps one child. Wait for each pid that fork() "
                "gave you, and look at what waitpid() returns.",
        .lesson = "one-wait-reaps-one-child",
        .depends = "image_child_each",
    },
    {
        .id = "image_in_parallel",
        .points = 1,
        .title = "the workers work at the same time",
        .judge = in_parallel,
        .scenarios = "seed ten ties long_one",
        .why = "That is what the processes are for: ten waits one after "
               "the other take ten times as long.",
        .hint = "Start all of them in one loop, wait for all of them in a "
                "second one.",
        .lesson = "task-image_workers",
        .clock = CLOCK_HONEST,
        .depends = "image_child_each image_all_joined",
    },
    {
        .id = "image_main_sums_up",
        .points = 1,
        .title = "main says when all are started and when all are done",
        .judge = main_sums_up,
        .scenarios = GOOD,
        .why = "A line that is written twice, or before it is true, "
               "misleads whoever reads the log, and scripts even more.",
        .hint = "Main prints one line after the loop that starts, one after "
                "the loop that waits. A line that appears more than once was "
                "in the buffer of stdout when main forked: try ./image_workers "
                "... | cat.",
        .lesson = "what-is-in-the-buffer-is-copied-too",
        .depends = "image_child_each image_all_joined",
    },
    {
        .id = "image_bad_argument",
        .points = 1,
        .title = "a bad argument is refused before any worker starts",
        .judge = claim_bad_argument,
        .scenarios = "bad_no_seconds bad_word bad_tail bad_name bad_image "
                     "bad_zero bad_huge bad_sign",
        .why = "A program that has begun leaves half of its work behind "
               "when it finds the mistake; one that has not leaves "
               "nothing.",
        .hint = "Check all arguments first: errx(2, ...) if one of them is "
                "wrong. strtoul() stores where it stopped reading; that must "
                "be the end.",
        .lesson = "task-image_workers",
        .depends = "image_child_each",
    },
    {
        .id = "image_when_calls_fail",
        .points = 1,
        .title = "a call that fails is noticed",
        .judge = when_calls_fail,
        .scenarios = "fork_fails exec_fails interrupted",
        .why = "Under load fork() does fail. Who goes on reports work as "
               "done that nobody did.",
        .hint = "Look at what fork(), wait() and exec return. To see it: "
                "proclab run --inject fork:error=EAGAIN:when=3 "
                "./image_workers a:2 b:3 c:2",
        .lesson = "calls-that-fail",
        .depends = "image_child_each image_all_joined",
    },
    {.id = NULL},
};

EXERCISE(image_workers) = {
    .id = "01-naming/image_workers",
    .title = "A named process for each image",
    .usage = "[NAME=]IMAGE:SECONDS ...",
    .scenarios = scenarios,
    .checks = checks,
};
