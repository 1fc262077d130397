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

enum { STEPS = 5, MOST = SCENARIO_ARGS, SLACK_MS = 20 };

#define STARTED "All downloads started! Checking status..."

struct download {
    char name[64];
    long step_ms;
    long end_ms; /* when it ends, by itself or cancelled */
    bool cancelled;
};

struct model {
    int n;
    struct download download[MOST];
    int n_status;
    long status_ms[SCENARIO_STEPS];
    int mistakes; /* commands that main has to refuse */
    long eof_ms;
};

static struct download *find(struct model *m, const char *name)
{
    for (int i = 0; i < m->n; i++) {
        if (strcmp(m->download[i].name, name) == 0)
            return &m->download[i];
    }
    return NULL;
}

static void add_download(struct model *m, const char *arg)
{
    struct download *d = &m->download[m->n++];
    size_t len = strcspn(arg, ":");
    snprintf(d->name, sizeof d->name, "%.*s", (int)len, arg);
    d->step_ms = 1000 * strtol(arg + len + 1, NULL, 10);
    d->end_ms = STEPS * d->step_ms;
}

static void obey(struct model *m, long at_ms, const char *command)
{
    struct download *d = NULL;
    if (strcmp(command, "status") == 0) {
        m->status_ms[m->n_status++] = at_ms;
        return;
    }
    if (strncmp(command, "cancel ", 7) == 0)
        d = find(m, command + 7);
    if (!d || d->cancelled || d->end_ms <= at_ms) {
        m->mistakes++;
        return;
    }
    d->cancelled = true;
    d->end_ms = at_ms;
}

/* Appends text to line, "{n}" and "{n:1-4}" replaced by what was drawn. */
static void expand(const struct run *run, const char *text, char *line,
                   size_t size)
{
    size_t len = strlen(line);
    while (*text && len + 1 < size) {
        size_t word = *text == '{' ? strcspn(text, "}") : 0;
        if (word > 0 && text[word] == '}') {
            char name[32];
            snprintf(name, sizeof name, "%.*s", (int)strcspn(text, ":}") - 1,
                     text + 1);
            snprintf(line + len, size - len, "%s", drawn_word(run, name));
            len = strlen(line);
            text += word + 1;
        } else {
            line[len++] = *text++;
            line[len] = '\0';
        }
    }
}

/* A line may come in pieces, several lines may come at once, and the last one
 * may lack its newline. */
static void play(struct model *m, const struct run *run)
{
    char pending[512] = "";
    for (int i = 0; i < SCENARIO_STEPS; i++) {
        const struct step *step = &run->scenario->steps[i];
        if (step->kind == STEP_CLOSE) {
            m->eof_ms = step->at_ms;
            if (*pending)
                obey(m, step->at_ms, pending);
            return;
        }
        if (step->kind != STEP_INPUT)
            continue;
        expand(run, step->text, pending, sizeof pending);
        char *newline;
        while ((newline = strchr(pending, '\n'))) {
            *newline = '\0';
            if (*pending)
                obey(m, step->at_ms, pending);
            memmove(pending, newline + 1, strlen(newline + 1) + 1);
        }
    }
}

static struct model model_of(const struct run *run)
{
    struct model m = {.n = 0};
    for (int i = 1; i < run->argc; i++)
        add_download(&m, run->args[i]);
    play(&m, run);
    return m;
}

static int process(const struct run *run, const struct download *d)
{
    return claim_writer_of(run, "[%s] Download started...", d->name);
}

/* Which child is which download.  One whose lines were lost when it was
 * cancelled is found too: it is among the children that are left over. */
static void processes(const struct run *run, const struct model *m, int *procs)
{
    char first[MOST][100];
    const char *words[MOST];
    for (int i = 0; i < m->n; i++) {
        snprintf(first[i], sizeof first[0], "[%s] Download started",
                 m->download[i].name);
        words[i] = first[i];
    }
    claim_match_children(run, m->n, words, procs);
}

/* The lines of a download: 0 is the first, 1 to 5 the steps, 6 the last. */
static const char *line_of(const struct download *d, int i, char *line,
                           size_t size)
{
    if (i == 0)
        snprintf(line, size, "[%s] Download started...", d->name);
    else if (i <= STEPS)
        snprintf(line, size, "[%s] %d%% downloaded", d->name, i * 100 / STEPS);
    else
        snprintf(line, size, "[%s] Download complete!", d->name);
    return line;
}

static void child_each(const struct run *run)
{
    struct model m = model_of(run);
    claim_children_of_main(run, m.n);
    claim_no_grandchildren(run);
}

static void claim_untouched(const struct run *run, const struct model *m)
{
    int procs[MOST];
    processes(run, m, procs);
    claim_signals_stay_inside(run);
    for (int i = 0; i < m->n; i++) {
        if (m->download[i].cancelled)
            continue;
        claim_never_signalled(run, procs[i]);
        claim_exits(run, procs[i], 0);
    }
}

static void own_progress(const struct run *run)
{
    struct model m = model_of(run);
    claim_untouched(run, &m);
    int seen[MOST];
    for (int i = 0; i < m.n; i++) {
        const struct download *d = &m.download[i];
        seen[i] = TRACE_NOBODY;
        if (d->cancelled)
            continue;
        int proc = process(run, d);
        if (trace_parent(run->trace, proc) != CLAIM_MAIN)
            claim_failed(run, -1, "A child of main writes a download's lines",
                         "Main wrote \"[%s] Download started...\"", d->name);
        for (int j = 0; j < i; j++) {
            if (seen[j] == proc)
                claim_failed(run, -1, "Every download is a process of its own",
                             "One process wrote the lines of %s and %s",
                             m.download[j].name, d->name);
        }
        seen[i] = proc;
        for (int k = 1; k <= STEPS + 1; k++) {
            char before[100], line[100];
            line_of(d, k - 1, before, sizeof before);
            line_of(d, k, line, sizeof line);
            claim_prints(run, TRACE_NOBODY, "%s", line);
            claim_prints(run, proc, "%s", line);
            claim_prints_before(run, before, line);
        }
    }
}

static void by_sigterm(const struct run *run)
{
    struct model m = model_of(run);
    int procs[MOST];
    processes(run, &m, procs);
    for (int i = 0; i < m.n; i++) {
        const struct download *d = &m.download[i];
        if (!d->cancelled)
            continue;
        claim_sent(run, CLAIM_MAIN, procs[i], SIGTERM);
        claim_killed_by(run, procs[i], SIGTERM);
        claim_prints(run, TRACE_NOBODY, "User cancelled %s!", d->name);
        claim_prints(run, CLAIM_MAIN, "User cancelled %s!", d->name);
    }
}

static void in_time(const struct run *run)
{
    struct model m = model_of(run);
    long end = m.eof_ms;
    claim_prints(run, TRACE_NOBODY, STARTED);
    claim_prints(run, CLAIM_MAIN, STARTED);
    claim_prints_at(run, 0, STARTED);
    for (int i = 0; i < m.n; i++) {
        const struct download *d = &m.download[i];
        char line[100];
        for (int k = 0; k <= STEPS && k * d->step_ms <= d->end_ms; k++)
            claim_prints_at(run, k * d->step_ms, "%s",
                            line_of(d, k, line, sizeof line));
        if (d->cancelled) {
            claim_prints_at(run, d->end_ms, "User cancelled %s!", d->name);
            claim_ends_at(run, process(run, d), d->end_ms);
        }
        if (end < d->end_ms)
            end = d->end_ms;
    }
    claim_makespan(run, end);
}

/* What main answered to the status command that came at at_ms. */
static void answer(const struct run *run, const struct model *m, long at_ms)
{
    struct trace_lines lines;
    if (trace_lines_of(run->trace, 1, CLAIM_MAIN, &lines) < 0)
        abort();
    int n = 0;
    for (size_t i = 0; i < lines.n; i++) {
        const struct trace_line *line = &lines.line[i];
        long ms = (long)(line->at_ns / 1000000);
        if (ms < at_ms || ms > at_ms + SLACK_MS || !strstr(line->text, "alive"))
            continue;
        char wanted[200];
        snprintf(wanted, sizeof wanted, "%s alive: %s",
                 n < m->n ? m->download[n].name : "?",
                 n < m->n && m->download[n].end_ms > at_ms ? "True" : "False");
        const char *text = line->text + strspn(line->text, " \t");
        size_t len = strlen(wanted);
        char expected[300];
        snprintf(expected, sizeof expected,
                 "Main answers the status command "
                 "of %ld.%03ld s with \"%s\"",
                 at_ms / 1000, at_ms % 1000, wanted);
        if (n >= m->n)
            claim_failed(run, (long)line->event,
                         "Status gives one line for each download",
                         "Main wrote \"%s\" after the last one", text);
        if (strncmp(text, wanted, len) != 0 ||
            text[len + strspn(text + len, " \t\r")] != '\0')
            claim_failed(run, (long)line->event, expected, "Main wrote \"%s\"",
                         text);
        n++;
    }
    trace_lines_free(&lines);
    if (n < m->n)
        claim_failed(run, -1,
                     "Status gives one line \"NAME alive: ...\" for "
                     "each download, at once",
                     "When the status command came, at %ld.%03ld s, main wrote "
                     "%d of them; there are %d downloads",
                     at_ms / 1000, at_ms % 1000, n, m->n);
}

static void status(const struct run *run)
{
    struct model m = model_of(run);
    for (int i = 0; i < m.n_status; i++)
        answer(run, &m, m.status_ms[i]);
}

/* Every signal that main sends cancels a download, once. */
static void one_signal_each(const struct run *run, const struct model *m)
{
    int wanted = 0, seen = 0;
    for (int i = 0; i < m->n; i++)
        wanted += m->download[i].cancelled;
    for (size_t i = 0; i < run->trace->n_events; i++) {
        const struct trace_event *e = &run->trace->events[i];
        if (e->kind != TRACE_SIGNAL || e->proc != CLAIM_MAIN || e->a == 0)
            continue;
        char place[32] = "unknown";
        if (e->other >= 0)
            trace_place(run->trace, e->other, place, sizeof place);
        if (++seen > wanted)
            claim_failed(run, (long)i,
                         "A download that has ended, or was "
                         "cancelled before, gets no signal",
                         "Main called %s; the receiver is %s%s",
                         e->text ? e->text : "kill()",
                         e->other >= 0 ? "process " : "", place);
    }
}

static void refused(const struct run *run)
{
    claim_refused(run, 2);
}

/* Of main's, and nobody is hurt. */
static void fault_noticed(const struct run *run)
{
    claim_signals_stay_inside(run);
    if (strcmp(run->scenario->name, "interrupted") == 0) {
        claim_goes_on(run);
        claim_prints_whole(run, "All downloads completed or stopped!");
        return;
    }
    claim_gives_up(run);
}

static void mistakes(const struct run *run)
{
    if (strncmp(run->scenario->name, "bad", 3) == 0) {
        refused(run);
        return;
    }
    if (run->scenario->inject[0]) {
        fault_noticed(run);
        return;
    }
    struct model m = model_of(run);
    claim_exits(run, CLAIM_MAIN, 0);
    one_signal_each(run, &m);
    if (m.mistakes > 0)
        claim_complains(run);
    for (int i = 0; i < m.n; i++) {
        const struct download *d = &m.download[i];
        char line[100];
        snprintf(line, sizeof line, "User cancelled %s!", d->name);
        if (d->cancelled)
            claim_prints(run, CLAIM_MAIN, "%s", line);
        else
            claim_never_prints(run, line);
    }
}

static void exit_codes(const struct run *run)
{
    static const char done[] = "All downloads completed or stopped!";
    struct model m = model_of(run);
    claim_prints(run, TRACE_NOBODY, done);
    claim_prints(run, CLAIM_MAIN, done);
    char before[100];
    snprintf(before, sizeof before, "%s", done);
    for (int i = 0; i < m.n; i++) {
        const struct download *d = &m.download[i];
        char line[100];
        if (!d->cancelled)
            claim_prints_before(run, line_of(d, STEPS + 1, line, sizeof line),
                                done);
        snprintf(line, sizeof line, "%s exit code: %d", d->name,
                 d->cancelled ? -SIGTERM : 0);
        claim_prints(run, CLAIM_MAIN, "%s", line);
        claim_prints_before(run, before, line);
        snprintf(before, sizeof before, "%s", line);
    }
    claim_exits(run, CLAIM_MAIN, 0);
}

static const struct scenario scenarios[] = {
    {
        .name = "seed",
        .title = "three downloads, the second one is cancelled after 2.5 s",
        .args = {"{n:File,Film,Song}1:{a:1-3}", "{n}2:{b:1-3}", "{n}3:{c:1-3}"},
        .steps = {INPUT(2300, "status\n"), INPUT(2500, "cancel {n}2\n"),
                  CLOSE_INPUT(2800)},
    },
    {
        .name = "no_commands",
        .title = "end of input at once, a name of 50 bytes",
        .args = {"{n:File,Film,Song}1:{a:1-3}",
                 "A-word-of-fifty-bytes-has-to-be-a-name-like-others:{b:1-3}"},
        .steps = {CLOSE_INPUT(0)},
    },
    {
        .name = "none",
        .title = "no download at all",
        .steps = {CLOSE_INPUT(500)},
    },
    {
        .name = "ten",
        .title = "ten downloads, three of them are cancelled",
        .args = {"{n:File,Film,Song}1:{a:1-3}", "{n}2:{b:1-3}", "{n}3:{c:1-3}",
                 "{n}4:{d:1-3}", "{n}5:{e:1-3}", "{n}6:{f:1-3}", "{n}7:{g:1-3}",
                 "{n}8:{h:1-3}", "{n}9:{i:1-3}", "{n}10:{j:1-3}"},
        .steps = {INPUT(1500, "cancel {n}10\n"), INPUT(2500, "cancel {n}1\n"),
                  INPUT(3500, "cancel {n}6\n"), CLOSE_INPUT(4500)},
    },
    {
        .name = "at_the_start",
        .title = "cancelled before its first step, and then one long download",
        .args = {"{n:File,Film,Song}1:3600", "{n}2:{z:90-99}"},
        .steps = {INPUT(500, "cancel {n}1\n"), CLOSE_INPUT(700)},
        .limit_ms = 20000000, /* if it is not cancelled */
    },
    {
        .name = "ties",
        .title = "four downloads at the same pace, one is cancelled",
        .args = {"{n:File,Film,Song}1:{a:1-3}", "{n}2:{a}", "{n}3:{a}",
                 "{n}4:{a}"},
        .steps = {INPUT(3500, "cancel {n}{k:1-4}\n"), CLOSE_INPUT(4500)},
    },
    {
        .name = "two_at_once",
        .title = "two commands in one piece, one command in two pieces, and "
                 "the last one without a newline",
        .args = {"{n:File,Film,Song}1:{a:2-4}", "{n}2:{b:2-4}", "{n}3:{c:2-4}",
                 "{n}4:{d:2-4}", "{n}5:{e:2-4}"},
        .steps = {INPUT(1500, "cancel {n}2\ncancel {n}4\n"), INPUT(3400, "can"),
                  INPUT(3500, "cel {n}1\n"), INPUT(4500, "cancel {n}5"),
                  CLOSE_INPUT(4600)},
    },
    {
        .name = "status",
        .title = "status before and after a cancellation, and after an end",
        .args = {"{n:File,Film,Song}1:1", "{n}2:{b:3-4}", "{n}3:{c:2-4}"},
        .steps = {INPUT(1500, "status\n"), INPUT(2500, "cancel {n}3\n"),
                  INPUT(3500, "status\n"), INPUT(6500, "status\n"),
                  CLOSE_INPUT(7500)},
    },
    {
        .name = "unknown",
        .title = "an unknown name, an empty line, then a right command",
        .args = {"{n:File,Film,Song}1:{a:2-4}", "{n}2:{b:2-4}"},
        .steps = {INPUT(1500, "cancel {n}\n"), INPUT(3500, "\n"),
                  INPUT(4500, "cancel {n}1\n"), CLOSE_INPUT(5500)},
    },
    {
        .name = "unknown_command",
        .title = "an unknown command, then a right one",
        .args = {"{n:File,Film,Song}1:{a:2-4}", "{n}2:{b:2-4}"},
        .steps = {INPUT(1500, "forget {n}2\n"), INPUT(2500, "cancel {n}1\n"),
                  CLOSE_INPUT(4500)},
    },
    {
        .name = "twice",
        .title = "the same download cancelled three times",
        .args = {"{n:File,Film,Song}1:{a:2-4}", "{n}2:{b:2-4}"},
        .steps = {INPUT(2500, "cancel {n}2\ncancel {n}2\n"),
                  INPUT(3500, "cancel {n}2\n"), CLOSE_INPUT(4500)},
    },
    {
        .name = "after_the_end",
        .title = "cancelled when it was complete already",
        .args = {"{n:File,Film,Song}1:1", "{n}2:{b:3-4}"},
        .steps = {INPUT(6500, "cancel {n}1\n"), INPUT(7500, "status\n"),
                  INPUT(8500, "cancel {n}1\n"), CLOSE_INPUT(9500)},
    },
    {
        .name = "bad_word",
        .title = "a word instead of the seconds",
        .args = {"File1:{a:2-5}", "File2:{w:soon,later,x}"},
        .steps = {CLOSE_INPUT(500)},
    },
    {
        .name = "bad_no_seconds",
        .title = "a name alone",
        .args = {"File1:{a:2-5}", "File2"},
        .steps = {CLOSE_INPUT(500)},
    },
    {
        .name = "bad_no_name",
        .title = "an empty name",
        .args = {"File1:{a:2-5}", ":{b:2-5}"},
        .steps = {CLOSE_INPUT(500)},
    },
    {
        .name = "bad_tail",
        .title = "something behind the seconds",
        .args = {"File1:{a:2-5}", "File2:{b:2-5}s"},
        .steps = {CLOSE_INPUT(500)},
    },
    {
        .name = "bad_zero",
        .title = "steps that take 0 seconds",
        .args = {"File1:{a:2-5}", "File2:0"},
        .steps = {CLOSE_INPUT(500)},
    },
    {
        .name = "bad_huge",
        .title = "a number beyond 3600",
        .args = {"File1:3601", "File2:{a:2-5}"},
        .steps = {CLOSE_INPUT(500)},
    },
    {
        .name = "bad_sign",
        .title = "a number with a sign",
        .args = {"File1:{a:2-5}", "File2:+{b:2-5}"},
        .steps = {CLOSE_INPUT(500)},
    },
    {
        .name = "bad_same_name",
        .title = "two downloads with the same name",
        .args = {"{n:File,Film,Song}:{a:2-5}", "{n}:{b:2-5}"},
        .steps = {CLOSE_INPUT(500)},
    },
    {
        .name = "fork_fails",
        .title = "the third of four processes cannot be started, and the user "
                 "wants to cancel it",
        .args = {"{n:File,Film,Song}1:{a:1-3}", "{n}2:{b:1-3}", "{n}3:{c:1-3}",
                 "{n}4:{d:1-3}"},
        .steps = {INPUT(1500, "cancel {n}3\n"), CLOSE_INPUT(2500)},
        .inject = {"fork:error=EAGAIN:when=3:process=main"},
    },
    {
        .name = "interrupted",
        .title = "SIGCHLD comes while main begins to wait",
        .args = {"{n:File,Film,Song}1:{a:1-3}", "{n}2:{b:1-3}"},
        .steps = {CLOSE_INPUT(500)},
        .inject = {"wait:signal=SIGCHLD:when=1:process=main"},
    },
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
        .judge = child_each,
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
