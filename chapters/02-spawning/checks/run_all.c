/* 02-spawning/run_all: each argument is a command to execute. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course/claim.h"
#include "course/tell.h"

enum { NO_SUCH_FILE = 127, NOT_EXECUTABLE = 126 };

static int n_commands(const struct run *run)
{
    return run->argc - 1;
}

/* The words of the nth command, from 1, as exec sees them: each is ended by a
 * NUL byte. Returns how many bytes there are in all. */
static size_t words_of(const struct run *run, int n, char *to, size_t size)
{
    size_t used = 0;
    const char *text = run->args[n];
    for (text += strspn(text, " "); *text; text += strspn(text, " ")) {
        size_t len = strcspn(text, " ");
        if (used + len + 1 > size)
            abort();
        memcpy(to + used, text, len);
        to[used + len] = '\0';
        used += len + 1;
        text += len;
    }
    return used;
}

/* How the nth command ends if it cannot be executed, else 0: no program of
 * these scenarios stands at a path that begins with "/", those are
 * directories. */
static int expected_failure(const struct run *run, int n)
{
    if (run->args[n][0] == '/')
        return NOT_EXECUTABLE;
    return strncmp(run->args[n], "no-such-", 8) == 0 ? NO_SUCH_FILE : 0;
}

/* How many commands before the nth one are the same. */
static int same_before(const struct run *run, int n)
{
    int same = 0;
    for (int i = 1; i < n; i++)
        same += strcmp(run->args[i], run->args[n]) == 0;
    return same;
}

/* Arguments of an exec for people: 'echo' 'a b'. */
static void quoted(const char *words, size_t len, char *to, size_t size)
{
    size_t used = 0;
    *to = '\0';
    for (size_t i = 0; i < len && used < size; i += strlen(words + i) + 1)
        used += (size_t)snprintf(to + used, size - used, "%s'%s'", i ? " " : "",
                                 words + i);
}

/* What the children of main executed, for people; points at the last one. */
static long list_executed(const struct run *run, char *to, size_t size)
{
    size_t used = 0;
    long event = -1;
    snprintf(to, size, "nothing");
    for (size_t i = 0; i < run->trace->n_events && used < size; i++) {
        const struct trace_event *e = &run->trace->events[i];
        char words[200];
        if (e->kind != TRACE_EXEC || e->proc == CLAIM_MAIN)
            continue;
        quoted(e->text, e->len, words, sizeof words);
        used += (size_t)snprintf(to + used, size - used, "%s%s",
                                 used ? ", then " : "", words);
        event = (long)i;
    }
    return event;
}

static bool executes(const struct run *run, size_t event, const char *words,
                     size_t len)
{
    const struct trace_event *e = &run->trace->events[event];
    return e->kind == TRACE_EXEC && e->len == len &&
           memcmp(e->text, words, len) == 0 &&
           trace_parent(run->trace, e->proc) == CLAIM_MAIN;
}

/* The child of main that became the nth command; fails if there is none. */
static int child_of(const struct run *run, int n)
{
    char words[512], expected[700], seen[700], list[600];
    size_t len = words_of(run, n, words, sizeof words);
    int nth = same_before(run, n);
    for (size_t i = 0; i < run->trace->n_events; i++) {
        if (executes(run, i, words, len) && nth-- == 0)
            return run->trace->events[i].proc;
    }
    quoted(words, len, list, sizeof list);
    snprintf(expected, sizeof expected,
             "A child of main executes command %d, word by word: %s", n, list);
    long event = list_executed(run, seen, sizeof seen);
    claim_failed(run, event, expected, "Executed was %s", seen);
}

static void child_each(const struct run *run)
{
    claim_main_stays(run, "Main starts a child for each command, and the child "
                          "executes it");
    /* Who waits for what says more than how many there were by then. */
    if (run->trace->outcome == TRACE_DEADLOCK)
        claim_comes_to_an_end(run);
    claim_child_each(run);
    for (int n = 1; n <= n_commands(run); n++)
        child_of(run, n);
}

static void at_once(const struct run *run)
{
    int procs[SCENARIO_ARGS];
    long longest = 0;
    for (int n = 1; n <= n_commands(run); n++) {
        long seconds = strtol(strchr(run->args[n], ' '), NULL, 10);
        if (seconds > longest)
            longest = seconds;
        procs[n - 1] = child_of(run, n);
    }
    claim_comes_to_an_end(run);
    claim_alive_together(run, procs, n_commands(run));
    claim_makespan(run, 1000 * longest);
}

/* The line about the nth command, which ended as the kernel saw it. */
static const char *report(const struct run *run, int n, struct text *line)
{
    struct trace_end end = {.code = expected_failure(run, n)};
    if (end.code == 0)
        end = trace_end_of(run->trace, child_of(run, n));
    return tell(line, "[%d] %s: %s %d", n, run->args[n],
                end.signal ? "killed by signal" : "exit code",
                end.signal ? end.signal : end.code);
}

static void reports(const struct run *run)
{
    struct text line[SCENARIO_ARGS];
    claim_main_reaps(run);
    for (int n = 1; n <= n_commands(run); n++)
        report(run, n, &line[n - 1]);
    claim_prints_in_order(run, CLAIM_MAIN, line, n_commands(run));
}

/* Commands that print exactly one line. */
static int n_talking(const struct run *run)
{
    int talking = 0;
    for (int n = 1; n <= n_commands(run); n++) {
        char words[512];
        words_of(run, n, words, sizeof words);
        talking += strcmp(words, "echo") == 0 || strcmp(words, "expr") == 0;
    }
    return talking;
}

static bool all_well(const struct run *run)
{
    for (int n = 1; n <= n_commands(run); n++) {
        if (expected_failure(run, n))
            return false;
        struct trace_end end = trace_end_of(run->trace, child_of(run, n));
        if (end.code != 0 || end.signal != 0)
            return false;
    }
    return true;
}

/* A message on stderr says what could not be executed. */
static void complains_about(const struct run *run, int n)
{
    struct text expected;
    char name[200];
    words_of(run, n, name, sizeof name);
    tell(&expected,
         "A message on stderr says that \"%s\" could not be executed", name);
    claim_complains_of(run, name, expected.s);
}

static void failed_exec(const struct run *run)
{
    struct text line;
    claim_child_each(run);
    claim_prints(run, TRACE_NOBODY, "Running %d commands.", n_commands(run));
    claim_main_reaps(run);
    for (int n = 1; n <= n_commands(run); n++)
        claim_prints(run, CLAIM_MAIN, "%s", report(run, n, &line));
    claim_line_count(run, 1 + n_commands(run) + n_talking(run));
    for (int n = 1; n <= n_commands(run); n++) {
        if (expected_failure(run, n))
            complains_about(run, n);
    }
}

static void own_end(const struct run *run)
{
    if (claim_mistake_noticed(run, NULL))
        return;
    claim_comes_to_an_end(run);
    claim_prints(run, CLAIM_MAIN, "Running %d commands.", n_commands(run));
    claim_line_count(run, 1 + n_commands(run) + n_talking(run));
    claim_exits(run, CLAIM_MAIN, all_well(run) ? 0 : 1);
}

static const struct scenario scenarios[] = {
    {"one", "a single command", .args = {"echo {w:red,green,blue}"}},
    {"words", "several blanks, quotes and a star",
     .args = {"  echo {a:one,two,six}   {b:red,blue,green} ",
              "expr {x:2-99} + {y:2-99}", "echo \"{c:quoted,said} *\"",
              "test {z:100-199} -gt {x}"}},
    {"sleeps", "commands that last, the longest one first",
     .args = {"sleep {z:20-60}", "sleep {a:2-9}", "sleep {b:10-19}",
              "sleep {c:2-9}"}},
    {"ties", "the same command three times",
     .args = {"sleep {a:2-9}", "sleep {a}", "sleep {a}"}},
    {"codes", "exit codes, the later ones first",
     .args = {"sleep {z:2-5}", "sh -c exit${IFS}{c:2-99}", "true", "false",
              "sh -c exit${IFS}{d:100-255}"}},
    {"signals", "commands that are killed, between others",
     .args = {"sh -c kill${IFS}-{s:9,15}${IFS}$$", "sleep {a:1-3}",
              "sh -c kill${IFS}-{t:1,10,12}${IFS}$$",
              "sh -c exit${IFS}{c:2-99}"}},
    {"failed", "no such program, then a directory, and others between them",
     .args = {"no-such-{w:tool,program,thing} {a:1-9}", "sleep {b:1-3}",
              "/{d:etc,usr,proc}", "echo {e:still,yet} here"}},
    {"failed_last", "no such program, at the end",
     .args = {"true", "no-such-{w:tool,program,thing}"}},
    {"fork_fails", "the second of three processes cannot be started",
     .args = {"sleep {a:2-5}", "sleep {b:2-5}", "sleep {c:2-5}"},
     .inject = {"fork:error=EAGAIN:when=2:process=main"}},
    {.name = "bad_none", .title = "no command at all"},
    {"bad_blank", "blanks for the second command",
     .args = {"echo {w:red,green,blue}", "   "}},
    {"bad_empty", "an empty argument for the first command",
     .args = {"", "echo {w:red,green,blue}"}},
    {.name = NULL},
};

static const struct check checks[] = {
    {
        .id = "run_child_each",
        .points = 1,
        .title = "a child of main's own executes each command, word by word",
        .judge = child_each,
        .scenarios = "one words sleeps ties codes signals",
        .why = "exec replaces the program that calls it; without a fork "
               "main is gone. And words that a shell reads can become "
               "commands that nobody meant.",
        .hint = "exec makes no process: fork() first, and execvp() in the "
                "child. Split at blanks (strtok(3) does) into an array of "
                "pointers that ends with NULL. No shell takes part: quotes and "
                "stars are letters like others, and system() starts a shell.",
        .lesson = "exec-makes-no-process",
    },
    {
        .id = "run_at_once",
        .points = 1,
        .title = "all commands run at the same time",
        .judge = at_once,
        .scenarios = "sleeps ties",
        .why = "One write end that is left open somewhere is enough, and a "
               "reader waits for ever.",
        .hint = "Start all of them in one loop, wait in a second one. If main "
                "reads from a pipe, every child has the other end of it, and "
                "keeps it over exec without O_CLOEXEC.",
        .lesson = "descriptors-come-along",
        .clock = CLOCK_HONEST,
        .depends = "run_child_each",
    },
    {
        .id = "run_reports",
        .points = 2,
        .title = "main reports how each command ended, in the order of the "
                 "arguments",
        .judge = reports,
        .scenarios = "one words sleeps ties codes signals",
        .why = "A raw status of 256 is exit code 1, and a killed child has "
               "no exit code at all: who mixes them up reports failures as "
               "successes.",
        .hint = "The status of waitpid() is no exit code: ask WIFEXITED() "
                "first, then WEXITSTATUS(), or WIFSIGNALED() and WTERMSIG(). "
                "waitpid() with a pid waits for that very child.",
        .lesson = "a-status-is-not-an-exit-code",
        .depends = "run_child_each",
    },
    {
        .id = "run_failed_exec",
        .points = 1,
        .title = "a failed exec ends the child: 127, or 126 if the file is "
                 "there",
        .judge = failed_exec,
        .scenarios = "failed failed_last",
        .why = "If a failed exec does not end the child there are two "
               "mains. 126 and 127 are what shells, and their users, "
               "understand.",
        .hint = "Behind execvp() there is only its failure: say on stderr why "
                "(errno), then _exit(errno == ENOENT ? 127 : 126). exit() "
                "would print main's buffer once more.",
        .lesson = "code-behind-exec",
        .depends = "run_child_each",
    },
    {
        .id = "run_own_end",
        .points = 1,
        .title = "main's exit code is 0 if all went well, 1 if not, 2 for bad "
                 "arguments",
        .judge = own_end,
        .why = "Whoever runs this program from a script sees nothing of it "
               "but its exit code, of which 8 bits are left.",
        .hint = "Remember whether one of them could not be started, or did not "
                "end with exit code 0. exit() keeps 8 bits of its argument: a "
                "number of failures or "
                "a status can become 0. Arguments without a word are refused "
                "before anything starts.",
        .lesson = "eight-bits",
        .depends = "run_reports run_failed_exec",
    },
    {.id = NULL},
};

EXERCISE(run_all) = {
    .id = "02-spawning/run_all",
    .title = "Commands and how they ended",
    .place = 1,
    .usage = "COMMAND...",
    .scenarios = scenarios,
    .checks = checks,
};
