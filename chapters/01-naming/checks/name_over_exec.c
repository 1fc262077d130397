/* 01-naming/name_over_exec: what fork and exec do to a name. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course/claim.h"

enum { CHILD = 1 };

/* The last part of the path by which the program is started. */
static const char *file_name(const struct run *run)
{
    const char *slash = strrchr(run->args[0], '/');
    return slash ? slash + 1 : run->args[0];
}

static const char *first(const struct run *run)
{
    return run->args[1];
}

static const char *second(const struct run *run)
{
    return run->args[2];
}

static void inherited(const struct run *run)
{
    char expected[128];
    claim_main_stays(run,
                     "Main starts a child, which executes the program again");
    claim_children_of_main(run, 1);
    claim_prints(run, CLAIM_MAIN, "main is called %s", first(run));
    long born = trace_find(run->trace, TRACE_BORN, CHILD, 0);
    const char *name = trace_name_at(run->trace, CLAIM_MAIN, (size_t)born);
    snprintf(expected, sizeof expected,
             "Main is called \"%s\" when it starts its child", first(run));
    if (strcmp(name, first(run)) != 0)
        claim_failed(run, born, expected, "It was called \"%s\" then", name);
    claim_prints(run, CHILD, "the child is called %s", first(run));
}

/* Where the child becomes another program. */
static size_t exec_of(const struct run *run)
{
    static const char expected[] = "The child executes the program again, once";
    long exec = trace_find(run->trace, TRACE_EXEC, CHILD, 0);
    if (exec < 0)
        claim_failed(run, trace_find(run->trace, TRACE_EXIT, CHILD, 0),
                     expected, "It executed nothing");
    long more = trace_find(run->trace, TRACE_EXEC, CHILD, (size_t)exec + 1);
    if (more >= 0)
        claim_failed(run, more, expected, "It did so once more");
    return (size_t)exec;
}

static void reset(const struct run *run)
{
    char expected[128];
    size_t exec = exec_of(run);
    const char *before = trace_name_at(run->trace, CHILD, exec);
    snprintf(expected, sizeof expected,
             "Until its exec the child has the name that it was born with, "
             "\"%s\"",
             first(run));
    if (strcmp(before, first(run)) != 0)
        claim_failed(run, (long)exec, expected, "It was called \"%s\"", before);
    claim_prints(run, CHILD, "after exec it is called %s", file_name(run));
    claim_named_at_exit(run, CHILD, second(run));
    claim_prints(run, CHILD, "now it is called %s", second(run));
}

static void main_stays(const struct run *run)
{
    char last[64], before[64];
    snprintf(last, sizeof last, "main is still called %s", first(run));
    snprintf(before, sizeof before, "now it is called %s", second(run));
    claim_ended_before_main(run, CHILD);
    claim_reaped_by(run, CHILD, CLAIM_MAIN);
    claim_prints(run, CLAIM_MAIN, "%s", last);
    claim_prints_before(run, before, last);
    claim_named_at_exit(run, CLAIM_MAIN, first(run));
    claim_line_count(run, 5);
    claim_exits(run, CHILD, 0);
    claim_exits(run, CLAIM_MAIN, 0);
}

/* The message is of the child, or of main about it. */
static void fault_noticed(const struct run *run)
{
    claim_signals_stay_inside(run);
    struct trace_end end = trace_end_of(run->trace, CHILD);
    if (strcmp(run->scenario->name, "exec_fails") == 0 && end.code != 127)
        claim_failed(run, claim_fault(run),
                     "A child whose exec fails says so and ends with exit code "
                     "127",
                     "exec failed (injected), and the child went on and ended "
                     "with exit code %d",
                     end.code);
    claim_gives_up(run);
    claim_never_prints(run, "main is still called");
}

static void errors(const struct run *run)
{
    if (strncmp(run->scenario->name, "bad", 3) != 0) {
        fault_noticed(run);
        return;
    }
    claim_refused(run, 2);
}

static const struct scenario scenarios[] = {
    {
        .name = "one",
        .title = "two names of one word",
        .args = {"{a:oak,ash,elm}", "{b:fox,hare,mole}"},
    },
    {
        .name = "full",
        .title = "names of 15 bytes",
        .args = {"{a:Colour,Mirror}-Expert {n:1-9}", "{b:north,south}-east-"
                                                     "{k:1000-9999}"},
    },
    {
        .name = "odd",
        .title = "names with a blank and parentheses",
        .args = {"({a:left,more}) side", "two {b:words,names}"},
    },
    {
        .name = "same",
        .title = "the same name twice",
        .args = {"{a:twin,copy,double}", "{a}"},
    },
    {
        .name = "bad_none",
        .title = "no name at all",
    },
    {
        .name = "bad_one",
        .title = "one name only",
        .args = {"{a:oak,ash,elm}"},
    },
    {
        .name = "bad_three",
        .title = "three names",
        .args = {"{a:oak,ash,elm}", "{b:fox,hare,mole}", "{a}"},
    },
    {
        .name = "bad_empty",
        .title = "an empty name",
        .args = {"{a:oak,ash,elm}", ""},
    },
    {
        .name = "bad_long",
        .title = "a name of 16 bytes",
        .args = {"{a:oak,ash,elm}", "sixteen bytes {n:10-99}"},
    },
    {
        .name = "fork_fails",
        .title = "no process can be started",
        .args = {"{a:oak,ash,elm}", "{b:fox,hare,mole}"},
        .inject = {"fork:error=EAGAIN:process=main"},
    },
    {
        .name = "exec_fails",
        .title = "the child cannot execute the program",
        .args = {"{a:oak,ash,elm}", "{b:fox,hare,mole}"},
        .inject = {"exec:error=EACCES:process=1.1"},
    },
    {.name = NULL},
};

#define GOOD "one full odd same"

static const struct check checks[] = {
    {
        .id = "over_inherited",
        .points = 1,
        .title = "main takes a name, and its child is born with it",
        .judge = inherited,
        .scenarios = GOOD,
        .why = "A name is the process's, and fork() copies the process: "
               "all workers are called alike until they say otherwise.",
        .hint = "prctl(PR_SET_NAME) first, fork() behind it. Print what "
                "PR_GET_NAME says, and fflush(stdout) before fork() and before "
                "exec: fork copies what is in the buffer, exec drops it.",
        .lesson = "fork-copies-a-name-exec-replaces-it",
    },
    {
        .id = "over_reset",
        .points = 1,
        .title =
            "exec takes the name away, and the program takes the second one",
        .judge = reset,
        .scenarios = GOOD,
        .why = "A name that is set before exec is lost without a word. "
               "Only the new program can set it.",
        .hint =
            "In the child, not in main: execv(argv[0], ...). The new name is "
            "the last part of that path: ask for it in the program that runs "
            "then. Only who runs can name itself: pass SECOND on in an "
            "argument or in the environment, and call prctl(PR_SET_NAME) "
            "there.",
        .lesson = "fork-copies-a-name-exec-replaces-it",
        .depends = "over_inherited",
    },
    {
        .id = "over_main_stays",
        .points = 1,
        .title = "main waits for its child and is still called what it was",
        .judge = main_stays,
        .scenarios = GOOD,
        .why = "Names are not shared: what a child does to its own must "
               "not be seen in main, and main still owes it a wait.",
        .hint = "Each process has a name of its own: what the child does to "
                "its name is not seen in main. Main calls waitpid(), says its "
                "last line and ends with exit code 0.",
        .lesson = "task-name_over_exec",
        .depends = "over_reset",
    },
    {
        .id = "over_errors",
        .points = 1,
        .title = "bad arguments are refused, and calls that fail are noticed",
        .judge = errors,
        .scenarios = "bad_none bad_one bad_three bad_empty bad_long "
                     "fork_fails exec_fails",
        .why = "Behind an exec that failed a second main program runs, in "
               "the child, and does main's work once more.",
        .hint =
            "Look at argc and at strlen() of both names first; the kernel "
            "would cut a name that is too long without a word: exit code 2. "
            "Look at what fork() returns. Behind exec there is only its "
            "failure: a message, then _exit(127), and main asks waitpid() "
            "how its child has ended.",
        .lesson = "calls-that-fail",
        .depends = "over_reset over_main_stays",
    },
    {.id = NULL},
};

EXERCISE(name_over_exec) = {
    .id = "01-naming/name_over_exec",
    .title = "A name over fork and exec",
    .place = 3,
    .usage = "FIRST SECOND",
    .scenarios = scenarios,
    .checks = checks,
};
