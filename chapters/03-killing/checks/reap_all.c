/* 03-killing/reap_all: children and commands, and one main for both.
 *
 * Children with 0 seconds end while main is still at work, in every order that
 * a schedule thinks of; all others end at whole seconds, and commands come in
 * between.  While main is stopped, many ends become one SIGCHLD. */
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course/claim.h"

struct child {
    long end_ms;  /* when it ends by itself */
    long seen_ms; /* when main can notice: not while it is stopped */
    int code;
};

/* The nth child as the arguments describe it, from 1. */
static struct child child(const struct run *run, int n)
{
    struct child c;
    if (sscanf(run->args[n], "%ld:%d", &c.end_ms, &c.code) != 2)
        abort();
    c.end_ms *= 1000;
    c.seen_ms = c.end_ms;
    long stopped = -1;
    for (int i = 0; i < SCENARIO_STEPS; i++) {
        const struct step *s = &run->scenario->steps[i];
        if (s->kind == STEP_SIGNAL && s->signal == SIGSTOP)
            stopped = s->at_ms;
        if (s->kind == STEP_SIGNAL && s->signal == SIGCONT &&
            stopped < c.end_ms && c.end_ms < s->at_ms)
            c.seen_ms = s->at_ms;
    }
    c.code &= 0xff;
    return c;
}

static int n_children(const struct run *run)
{
    return run->argc - 1;
}

static void child_each(const struct run *run)
{
    claim_child_each(run);
    claim_prints(run, CLAIM_MAIN, "%d children started.", n_children(run));
}

static void all_reaped(const struct run *run)
{
    for (int i = 0; i < trace_children(run->trace, CLAIM_MAIN); i++) {
        int proc = trace_child(run->trace, CLAIM_MAIN, i);
        claim_ended_before_main(run, proc);
        claim_reaped_by(run, proc, CLAIM_MAIN);
    }
    claim_comes_to_an_end(run);
    if (strcmp(run->scenario->name, "no_process") != 0)
        return;
    claim_children_of_main(run, 2);
    claim_complains(run);
    claim_exits(run, CLAIM_MAIN, 1);
}

static void exit_codes(const struct run *run)
{
    for (int n = 1; n <= n_children(run); n++)
        claim_prints(run, CLAIM_MAIN, "Child %d exit code: %d", n,
                     child(run, n).code);
}

static int left_at(const struct run *run, long ms)
{
    int left = 0;
    for (int n = 1; n <= n_children(run); n++)
        left += child(run, n).seen_ms > ms;
    return left;
}

/* How many lines with this text main wrote at that time. */
static size_t written(const struct run *run, int stream, long ms,
                      const char *text)
{
    struct trace_lines lines =
        claim_lines_at(run, stream, CLAIM_MAIN, ms, text);
    size_t n = lines.n;
    trace_lines_free(&lines);
    return n;
}

static void commands(const struct run *run)
{
    struct typed command;
    char expected[300];
    for (int i = 0; typed_line(run, i, &command); i++) {
        bool count = strcmp(command.text, "count") == 0;
        snprintf(expected, sizeof expected,
                 count ? "Main answers the command \"%s\" at once, at %.3f s"
                       : "Main says on stderr that it does not know \"%s\", "
                         "at once, at %.3f s",
                 command.text, (double)command.at_ms / 1000);
        if (written(run, count ? 1 : 2, command.at_ms,
                    count ? "children are left." : "") != 1)
            claim_failed(run, -1, expected, "It wrote no such line then");
    }
}

static void at_once(const struct run *run)
{
    struct typed command;
    char answer[64], expected[200];
    for (int n = 1; n <= n_children(run); n++) {
        struct child c = child(run, n);
        claim_prints_at(run, c.seen_ms, "Child %d exit code: %d", n, c.code);
    }
    for (int i = 0; typed_line(run, i, &command); i++) {
        long ms = command.at_ms;
        if (strcmp(command.text, "count") != 0 ||
            written(run, 1, ms, "children are left.") == 0)
            continue;
        snprintf(answer, sizeof answer, "%d children are left.",
                 left_at(run, ms));
        snprintf(expected, sizeof expected,
                 "To the command \"count\" of %.3f s main answers \"%s\"",
                 (double)ms / 1000, answer);
        if (written(run, 1, ms, answer) != 1)
            claim_failed(run, -1, expected, "It told another number");
    }
}

/* Nothing is written but what the contract names. */
static void claim_no_more_lines(const struct run *run)
{
    int lines = n_children(run) + 2;
    struct typed command;
    for (int i = 0; typed_line(run, i, &command); i++)
        lines += strcmp(command.text, "count") == 0;
    claim_line_count(run, lines);
}

static void ends(const struct run *run)
{
    long end = typed_end_ms(run);
    for (int n = 1; n <= n_children(run); n++) {
        long seen = child(run, n).seen_ms;
        end = seen > end ? seen : end;
    }
    claim_comes_to_an_end(run);
    claim_prints_once_at(run, CLAIM_MAIN, end, "All %d children reaped.",
                         n_children(run));
    claim_exits(run, CLAIM_MAIN, 0);
    claim_makespan(run, end);
    claim_no_more_lines(run);
}

static const struct scenario scenarios[] = {
    {
        .name = "one_by_one",
        .title = "four children that end one after the other",
        .args = {"4:{a:0-99}", "2:{b:0-99}", "8:{c:0-99}", "6:{d:0-99}"},
        .steps = {INPUT(1500, "count\n"), INPUT(5500, "count\n"),
                  CLOSE_INPUT(7500)},
    },
    {
        .name = "all_at_once",
        .title = "twelve children that end at once, while the input stays open",
        .args = {"0:{a:0-99}", "0:{b:0-99}", "0:{c:0-99}", "0:{d:0-99}",
                 "0:{e:0-99}", "0:{f:0-99}", "0:{g:0-99}", "0:{h:0-99}",
                 "0:{i:0-99}", "0:{j:0-99}", "0:{k:0-99}", "0:{l:0-99}"},
        .steps = {INPUT(2500, "count\n"), CLOSE_INPUT(4500)},
    },
    {
        .name = "same_second",
        .title = "eight children that end in the same second",
        .args = {"{s:2-4}:{a:0-99}", "{s}:{b:0-99}", "{s}:{c:0-99}",
                 "{s}:{d:0-99}", "{s}:{e:0-99}", "{s}:{f:0-99}", "{s}:{g:0-99}",
                 "{s}:{h:0-99}"},
        .steps = {INPUT(1500, "count\n"), CLOSE_INPUT(6500)},
    },
    {
        .name = "while_stopped",
        .title = "six children end while main is stopped, as by Ctrl-Z",
        .args = {"2:{a:0-99}", "3:{b:0-99}", "3:{c:0-99}", "4:{d:0-99}",
                 "4:{e:0-99}", "4:{f:0-99}", "9:{g:0-99}"},
        .steps = {SEND(1500, SIGSTOP), SEND(5500, SIGCONT),
                  INPUT(6500, "count\n"), CLOSE_INPUT(7500)},
    },
    {
        .name = "big_codes",
        .title = "exit codes above 255",
        .args = {"1:256", "2:{a:257-511}", "3:255", "4:{b:512-999}"},
        .steps = {CLOSE_INPUT(500)},
    },
    {
        .name = "talk",
        .title = "commands before, between and after the ends of children",
        .args = {"1:{a:0-99}", "3:{b:0-99}", "3:{c:0-99}"},
        .steps = {INPUT(500, "count\n"), INPUT(1500, "how many?\n"),
                  INPUT(2500, "\n"), INPUT(3500, "count\n"),
                  INPUT(9500, "count"), CLOSE_INPUT(9700)},
    },
    {
        .name = "no_input",
        .title = "the input is at its end before the first child is",
        .args = {"{s:1-3}:{a:0-99}", "0:{b:0-99}", "{t:1-9}:{c:0-99}"},
    },
    {
        .name = "no_process",
        .title = "the third child cannot be started",
        .args = {"{s:2-4}:{a:0-99}", "{t:2-4}:{b:0-99}", "1:0", "1:0"},
        .steps = {CLOSE_INPUT(1500)},
        .inject = {"fork:error=EAGAIN:when=3:process=main"},
    },
    {
        .name = "none",
        .title = "no child at all",
        .steps = {INPUT(1500, "count\n"), CLOSE_INPUT(2500)},
    },
    {.name = NULL},
};

#define ALL "one_by_one all_at_once same_second while_stopped talk no_input"

static const struct check checks[] = {
    {
        .id = "reap_child_each",
        .points = 1,
        .title = "every child is one of main's own, and main says how many",
        .judge = child_each,
        .scenarios = ALL " none",
        .why = "All that follows rests on main knowing its children.",
        .hint = "One fork() for each argument, in a loop that only main stays "
                "in: a child ends with _exit(CODE).",
        .lesson = "task-reap_all",
    },
    {
        .id = "reap_all_reaped",
        .points = 1,
        .title = "main reaps every child, however many end together",
        .judge = all_reaped,
        .scenarios = ALL " no_process",
        .why = "Signals do not queue: under load several ends make one "
               "SIGCHLD, and each child that is missed stays a zombie.",
        .hint = "Signals do not queue: one SIGCHLD may stand for many "
                "children. Whenever you were woken, call waitpid(-1, &status, "
                "WNOHANG) until it does not return a pid any more. If fork() "
                "fails wait for those that are there, and end with 1.",
        .lesson = "signals-do-not-queue",
        .depends = "reap_child_each",
    },
    {
        .id = "reap_exit_codes",
        .points = 1,
        .title = "main tells the exit code that it has got from each child",
        .judge = exit_codes,
        .scenarios = ALL " big_codes",
        .why = "Of what a child ends with 8 bits arrive, and not at the "
               "place where one looks first.",
        .hint = "WEXITSTATUS(status) after WIFEXITED(status), with the number "
                "of the child whose pid waitpid() has returned. Of what a "
                "child ends with only the low 8 bits arrive.",
        .lesson = "a-status-is-not-an-exit-code",
        .depends = "reap_all_reaped",
    },
    {
        .id = "reap_at_once",
        .points = 1,
        .title = "main reaps a child when it ends, not later",
        .judge = at_once,
        .scenarios = ALL,
        .why = "A wake-up that is lost just before the wait is the mistake "
               "that shows once in a thousand runs, at night.",
        .hint = "While main waits for input SIGCHLD has to wake it, and no "
                "SIGCHLD may slip in just before it begins to wait: ppoll() "
                "with SIGCHLD blocked outside of it, signalfd(), or a pipe "
                "that the handler writes to.",
        .lesson = "a-wake-up-that-is-lost",
        .clock = CLOCK_HONEST,
        .depends = "reap_exit_codes",
    },
    {
        .id = "reap_commands",
        .points = 1,
        .title = "main obeys commands when they come, whatever children do",
        .judge = commands,
        .scenarios = ALL " none",
        .why = "A call that a signal interrupts has not failed. Who takes "
               "it for the end stops listening.",
        .hint = "A read() that a signal interrupts returns -1 with errno "
                "EINTR; that is no error and not the end of input. Never wait "
                "for a child without WNOHANG while there may be input.",
        .lesson = "interrupted-is-not-ended",
        .clock = CLOCK_HONEST,
        .depends = "reap_child_each",
    },
    {
        .id = "reap_ends",
        .points = 1,
        .title = "main ends when its input has ended and all children have",
        .judge = ends,
        .scenarios = ALL " none",
        .why = "Two things must be over, in whichever order they come; who "
               "looks at one only ends too early, or never.",
        .hint = "Two conditions, and either may be the last one to come true: "
                "look at both after everything that happens.",
        .lesson = "task-reap_all",
        .clock = CLOCK_HONEST,
        .depends = "reap_at_once reap_commands",
    },
    {.id = NULL},
};

EXERCISE(reap_all) = {
    .id = "03-killing/reap_all",
    .title = "No zombie, whoever ends when",
    .usage = "SECONDS:CODE ...",
    .place = 3,
    .scenarios = scenarios,
    .checks = checks,
};
