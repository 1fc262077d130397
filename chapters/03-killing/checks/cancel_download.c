/* 03-killing/cancel_download: downloads that a user can cancel.
 *
 * What must come out of a run follows from its arguments and its script: the
 * model below plays both through.  Downloads take whole seconds and commands
 * come in between, so that the order is never left open. */
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course/claim.h"
#include "course/rows.h"
#include "course/tell.h"

enum { STEPS = 5, LINES = STEPS + 2, MOST = SCENARIO_ARGS };

#define STOPPED "All downloads completed or stopped!"

struct download {
    char name[64];
    long step_ms, end_ms; /* when it ends, by itself or cancelled */
    bool cancelled;
    struct text line[LINES]; /* the first one, one a step, the last one */
    struct text goodbye;     /* what main says when it is cancelled */
};

struct model {
    int n, n_cancelled, mistakes; /* commands that main has to refuse */
    struct download download[MOST];
    struct text first[MOST]; /* the first line of each */
    long end_ms;
};

static void add_download(struct model *m, const char *arg)
{
    struct download *d = &m->download[m->n];
    if (sscanf(arg, "%63[^:]:%ld", d->name, &d->step_ms) != 2)
        abort();
    d->step_ms *= 1000;
    d->end_ms = STEPS * d->step_ms;
    tell(&d->line[0], "[%s] Download started...", d->name);
    m->first[m->n++] = d->line[0];
    for (int i = 1; i <= STEPS; i++)
        tell(&d->line[i], "[%s] %d%% downloaded", d->name, i * 100 / STEPS);
    tell(&d->line[LINES - 1], "[%s] Download complete!", d->name);
    tell(&d->goodbye, "User cancelled %s!", d->name);
}

static void cancel(struct model *m, const char *name, long at_ms)
{
    for (int i = 0; i < m->n; i++) {
        struct download *d = &m->download[i];
        if (strcmp(d->name, name) != 0 || d->end_ms <= at_ms)
            continue;
        d->cancelled = true;
        d->end_ms = at_ms;
        m->n_cancelled++;
        return;
    }
    m->mistakes++;
}

static void obey(struct model *m, const struct typed *command)
{
    if (strncmp(command->text, "cancel ", 7) == 0)
        cancel(m, command->text + 7, command->at_ms);
    else
        m->mistakes += strcmp(command->text, "status") != 0;
}

static struct model model_of(const struct run *run)
{
    struct model m = {.end_ms = typed_end_ms(run)};
    struct typed command;
    for (int i = 1; i < run->argc; i++)
        add_download(&m, run->args[i]);
    for (int i = 0; typed_line(run, i, &command); i++)
        obey(&m, &command);
    for (int i = 0; i < m.n; i++)
        if (m.download[i].end_ms > m.end_ms)
            m.end_ms = m.download[i].end_ms;
    return m;
}

static void own_progress(const struct run *run)
{
    struct model m = model_of(run);
    int procs[MOST], writers[MOST];
    claim_match_children(run, m.n, m.first, procs);
    claim_signals_stay_inside(run);
    for (int i = 0; i < m.n; i++) {
        writers[i] = TRACE_NOBODY;
        if (m.download[i].cancelled)
            continue;
        claim_never_signalled(run, procs[i]);
        claim_exits(run, procs[i], 0);
        claim_own_writer(run, "download", i, m.first[i].s, writers);
        claim_prints_in_order(run, writers[i], m.download[i].line, LINES);
    }
}

static void by_sigterm(const struct run *run)
{
    struct model m = model_of(run);
    int procs[MOST];
    claim_match_children(run, m.n, m.first, procs);
    for (int i = 0; i < m.n; i++) {
        if (!m.download[i].cancelled)
            continue;
        claim_sent(run, CLAIM_MAIN, procs[i], SIGTERM);
        claim_killed_by(run, procs[i], SIGTERM);
        claim_prints(run, CLAIM_MAIN, "%s", m.download[i].goodbye.s);
    }
}

static void in_time(const struct run *run)
{
    struct model m = model_of(run);
    claim_prints_once_at(run, CLAIM_MAIN, 0,
                         "All downloads started! Checking status...");
    for (int i = 0; i < m.n; i++) {
        const struct download *d = &m.download[i];
        for (int k = 0; k <= STEPS && k * d->step_ms <= d->end_ms; k++)
            claim_prints_at(run, k * d->step_ms, "%s", d->line[k].s);
        if (!d->cancelled)
            continue;
        claim_prints_at(run, d->end_ms, "%s", d->goodbye.s);
        claim_ends_at(run, claim_writer_of(run, "%s", m.first[i].s), d->end_ms);
    }
    claim_makespan(run, m.end_ms);
}

static void status(const struct run *run)
{
    struct model m = model_of(run);
    struct typed command;
    for (int k = 0; typed_line(run, k, &command); k++) {
        struct text line[MOST];
        if (strcmp(command.text, "status") != 0)
            continue;
        for (int i = 0; i < m.n; i++)
            tell(&line[i], "%s alive: %s", m.download[i].name,
                 m.download[i].end_ms > command.at_ms ? "True" : "False");
        claim_answers(run, &command, "alive", "download", line, m.n);
    }
}

static void mistakes(const struct run *run)
{
    if (run->scenario->inject[0])
        claim_signals_stay_inside(run);
    if (claim_mistake_noticed(run, STOPPED))
        return;
    struct model m = model_of(run);
    claim_exits(run, CLAIM_MAIN, 0);
    claim_sends_at_most(run, CLAIM_MAIN, TRACE_NOBODY, 0, m.n_cancelled,
                        "A download that has ended, or was cancelled before, "
                        "gets no signal");
    if (m.mistakes > 0)
        claim_complains(run);
    for (int i = 0; i < m.n; i++) {
        if (m.download[i].cancelled)
            claim_prints(run, CLAIM_MAIN, "%s", m.download[i].goodbye.s);
        else
            claim_never_prints(run, m.download[i].goodbye.s);
    }
}

static void exit_codes(const struct run *run)
{
    struct model m = model_of(run);
    struct text line[MOST + 1] = {{STOPPED}};
    for (int i = 0; i < m.n; i++) {
        const struct download *d = &m.download[i];
        tell(&line[i + 1], "%s exit code: %d", d->name,
             d->cancelled ? -SIGTERM : 0);
        if (!d->cancelled)
            claim_prints_before(run, d->line[LINES - 1].s, STOPPED);
    }
    claim_prints_in_order(run, CLAIM_MAIN, line, m.n + 1);
    claim_exits(run, CLAIM_MAIN, 0);
}

static const struct scenario scenarios[] = {
    {"seed", "three downloads, the second one is cancelled after 2.5 s",
     .args = {"{n:File,Film,Song}1:{a:1-3}", "{n}2:{b:1-3}", "{n}3:{c:1-3}"},
     .steps = {INPUT(2300, "status\n"), INPUT(2500, "cancel {n}2\n"),
               CLOSE_INPUT(2800)}},
    {"no_commands", "end of input at once, a name of 50 bytes",
     .args = {"{n:File,Film,Song}1:{a:1-3}",
              "A-word-of-fifty-bytes-has-to-be-a-name-like-others:{b:1-3}"},
     .steps = {CLOSE_INPUT(0)}},
    {"none", "no download at all", .steps = {CLOSE_INPUT(500)}},
    {"ten", "ten downloads, three of them are cancelled",
     .args = {"{n:File,Film,Song}1:{a:1-3}", "{n}2:{b:1-3}", "{n}3:{c:1-3}",
              "{n}4:{d:1-3}", "{n}5:{e:1-3}", "{n}6:{f:1-3}", "{n}7:{g:1-3}",
              "{n}8:{h:1-3}", "{n}9:{i:1-3}", "{n}10:{j:1-3}"},
     .steps = {INPUT(1500, "cancel {n}10\n"), INPUT(2500, "cancel {n}1\n"),
               INPUT(3500, "cancel {n}6\n"), CLOSE_INPUT(4500)}},
    {"at_the_start",
     "cancelled before its first step, and then one long download",
     .args = {"{n:File,Film,Song}1:3600", "{n}2:{z:90-99}"},
     .steps = {INPUT(500, "cancel {n}1\n"), CLOSE_INPUT(700)},
     .limit_ms = 20000000 /* if it is not cancelled */},
    {"ties", "four downloads at the same pace, one is cancelled",
     .args = {"{n:File,Film,Song}1:{a:1-3}", "{n}2:{a}", "{n}3:{a}",
              "{n}4:{a}"},
     .steps = {INPUT(3500, "cancel {n}{k:1-4}\n"), CLOSE_INPUT(4500)}},
    {"two_at_once",
     "two commands in one piece, one command in two pieces, and "
     "the last one without a newline",
     .args = {"{n:File,Film,Song}1:{a:2-4}", "{n}2:{b:2-4}", "{n}3:{c:2-4}",
              "{n}4:{d:2-4}", "{n}5:{e:2-4}"},
     .steps = {INPUT(1500, "cancel {n}2\ncancel {n}4\n"), INPUT(3400, "can"),
               INPUT(3500, "cel {n}1\n"), INPUT(4500, "cancel {n}5"),
               CLOSE_INPUT(4600)}},
    {"status", "status before and after a cancellation, and after an end",
     .args = {"{n:File,Film,Song}1:1", "{n}2:{b:3-4}", "{n}3:{c:2-4}"},
     .steps = {INPUT(1500, "status\n"), INPUT(2500, "cancel {n}3\n"),
               INPUT(3500, "status\n"), INPUT(6500, "status\n"),
               CLOSE_INPUT(7500)}},
    {"unknown", "an unknown name, an empty line, then a right command",
     .args = {"{n:File,Film,Song}1:{a:2-4}", "{n}2:{b:2-4}"},
     .steps = {INPUT(1500, "cancel {n}\n"), INPUT(3500, "\n"),
               INPUT(4500, "cancel {n}1\n"), CLOSE_INPUT(5500)}},
    {"unknown_command", "an unknown command, then a right one",
     .args = {"{n:File,Film,Song}1:{a:2-4}", "{n}2:{b:2-4}"},
     .steps = {INPUT(1500, "forget {n}2\n"), INPUT(2500, "cancel {n}1\n"),
               CLOSE_INPUT(4500)}},
    {"twice", "the same download cancelled three times",
     .args = {"{n:File,Film,Song}1:{a:2-4}", "{n}2:{b:2-4}"},
     .steps = {INPUT(2500, "cancel {n}2\ncancel {n}2\n"),
               INPUT(3500, "cancel {n}2\n"), CLOSE_INPUT(4500)}},
    {"after_the_end", "cancelled when it was complete already",
     .args = {"{n:File,Film,Song}1:1", "{n}2:{b:3-4}"},
     .steps = {INPUT(6500, "cancel {n}1\n"), INPUT(7500, "status\n"),
               INPUT(8500, "cancel {n}1\n"), CLOSE_INPUT(9500)}},
    BAD_SECONDS("File1:", "File2:", .steps = {CLOSE_INPUT(500)}),
    {"bad_no_seconds", "a name alone", .args = {"File1:{a:2-5}", "File2"},
     .steps = {CLOSE_INPUT(500)}},
    {"bad_no_name", "an empty name", .args = {"File1:{a:2-5}", ":{b:2-5}"},
     .steps = {CLOSE_INPUT(500)}},
    {"bad_same_name", "two downloads with the same name",
     .args = {"{n:File,Film,Song}:{a:2-5}", "{n}:{b:2-5}"},
     .steps = {CLOSE_INPUT(500)}},
    {"fork_fails",
     "the third of four processes cannot be started, and the user "
     "wants to cancel it",
     .args = {"{n:File,Film,Song}1:{a:1-3}", "{n}2:{b:1-3}", "{n}3:{c:1-3}",
              "{n}4:{d:1-3}"},
     .steps = {INPUT(1500, "cancel {n}3\n"), CLOSE_INPUT(2500)},
     .inject = {"fork:error=EAGAIN:when=3:process=main"}},
    INTERRUPTED(.args = {"{n:File,Film,Song}1:{a:1-3}", "{n}2:{b:1-3}"},
                .steps = {CLOSE_INPUT(500)}),
    {.name = NULL},
};

/* By_sigterm is what most others depend on, so it looks at a single command. */
#define CANCEL_ONE "seed at_the_start ties"
#define GOOD CANCEL_ONE " ten two_at_once no_commands none"

static const struct check checks[] = {
    {
        .id = "cancel_child_each",
        .points = 1,
        .title = "every download is a child process of main's own",
        .judge = claim_child_each,
        .scenarios = GOOD " status",
        .why = "Only a process of its own can be ended without ending "
               "others.",
        .hint = "One fork() for each argument, in a loop that only main stays "
                "in: the child does its work and ends with _exit().",
        .lesson = "task-cancel_download",
    },
    {
        .id = "cancel_own_progress",
        .points = 1,
        .title = "a download that nobody cancels goes through its five steps, "
                 "undisturbed",
        .judge = own_progress,
        .scenarios = GOOD,
        .why = "kill() with 0, -1 or a pid that is not yours hits those "
               "that nobody meant.",
        .hint = "Print all lines of a download in its child; compare them with "
                "the contract letter by letter. kill(0, ...) and kill(-1, ...) "
                "address many processes, a positive pid exactly one: keep the "
                "pid of each download.",
        .lesson = "zero-means-everybody",
        .clock = CLOCK_HONEST,
        .depends = "cancel_child_each",
    },
    {
        .id = "cancel_by_sigterm",
        .points = 1,
        .title = "a cancelled download is ended by main's SIGTERM",
        .judge = by_sigterm,
        .scenarios = CANCEL_ONE,
        .why = "SIGTERM is the request that every program understands, and "
               "its wait status tells that it was that.",
        .hint = "kill(pid, SIGTERM) with the pid that fork() gave main for "
                "this download, and no handler in the child: the default "
                "action of SIGTERM ends it.",
        .lesson = "sigterm-first",
        .clock = CLOCK_HONEST,
        .depends = "cancel_child_each",
    },
    {
        .id = "cancel_in_time",
        .points = 1,
        .title = "lines come when they are true, commands are obeyed when they "
                 "come",
        .judge = in_time,
        .scenarios = GOOD,
        .why = "A main that waits for one thing is deaf to the other; and "
               "what stood in a killed process's buffer is lost.",
        .hint = "Flush every line: what is in the buffer of a process that a "
                "signal ends is lost. Main reads commands while its children "
                "work; a command that stdio has already read does not make "
                "poll() return, and a read that fails with EINTR is not the "
                "end of input.",
        .lesson = "the-lines-that-died-in-the-buffer",
        .clock = CLOCK_HONEST,
        .depends = "cancel_own_progress cancel_by_sigterm",
    },
    {
        .id = "cancel_status",
        .points = 1,
        .title = "status says which downloads are alive",
        .judge = status,
        .scenarios = "status seed after_the_end",
        .why = "A zombie can be signalled and is dead. Only a wait knows "
               "the difference.",
        .hint = "kill(pid, 0) succeeds for a zombie too: ask waitpid(pid, "
                "&status, WNOHANG), and remember its answer.",
        .lesson = "a-zombie-answers-kill",
        .clock = CLOCK_HONEST,
        .depends = "cancel_child_each",
    },
    {
        .id = "cancel_all_reaped",
        .points = 1,
        .title = "main reaps every download, cancelled or not",
        .judge = claim_all_reaped,
        .scenarios = GOOD " status twice after_the_end",
        .why = "kill() ends a process, but only a wait removes it and "
               "tells how it ended.",
        .hint = "A killed child is a zombie until somebody waits for it: one "
                "successful waitpid() for each child, and none is left out.",
        .lesson = "killed-is-not-reaped",
        .depends = "cancel_child_each",
    },
    {
        .id = "cancel_exit_codes",
        .points = 1,
        .title = "main reports how each download ended",
        .judge = exit_codes,
        .scenarios = GOOD,
        .why = "A child that a signal killed has no exit code: "
               "WEXITSTATUS() gives 0, which looks like success.",
        .hint = "Ask WIFSIGNALED(status) first: then the code is minus "
                "WTERMSIG(status), else WEXITSTATUS(status). The pid that "
                "wait() returned tells whose status it is. Argument order, "
                "after the last download has ended.",
        .lesson = "a-status-is-not-an-exit-code",
        .clock = CLOCK_HONEST,
        .depends = "cancel_own_progress cancel_by_sigterm cancel_all_reaped",
    },
    {
        .id = "cancel_mistakes",
        .points = 1,
        .title = "mistakes are reported and do no harm, and so are calls that "
                 "fail",
        .judge = mistakes,
        .scenarios = "unknown unknown_command twice after_the_end bad_word "
                     "bad_no_seconds "
                     "bad_no_name bad_tail bad_zero bad_huge bad_sign "
                     "bad_same_name fork_fails interrupted",
        .why = "Users mistype, and pids are used again: a signal to a "
               "process that was reaped may hit a stranger.",
        .hint = "Say what is wrong on stderr and go on with the next command. "
                "Send nothing to a download that has ended or was cancelled: "
                "once it is reaped its pid may be somebody else's. And fork() "
                "returns -1 when it fails: kill(-1, ...) goes to everybody.",
        .lesson = "a-reaped-pid-is-not-yours",
        .clock = CLOCK_HONEST,
        .depends = "cancel_by_sigterm cancel_all_reaped",
    },
    {.id = NULL},
};

EXERCISE(cancel_download) = {
    .id = "03-killing/cancel_download",
    .title = "Downloads that can be cancelled",
    .usage = "NAME:STEP_SECONDS ...",
    .scenarios = scenarios,
    .checks = checks,
};
