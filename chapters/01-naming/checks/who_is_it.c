/* 01-naming/who_is_it: what /proc says of a process. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course/claim.h"
#include "course/tell.h"

enum { NAME_BYTES = 15 };

/* The nth argument's process as the scenario made it, from 1; one without a
 * state if it made none. */
static const struct bystander *asked(const struct run *run, int n)
{
    const struct bystander *b = run->bystanders;
    for (int pid = BYSTANDER_FIRST; b->state; pid++, b++) {
        if (pid == atoi(run->args[n]))
            break;
    }
    return b;
}

static void append(char *to, size_t size, const char *text)
{
    size_t len = strlen(to);
    snprintf(to + len, size - len, "%s", text);
}

/* Control bytes are to be shown as "?". */
static void make_plain(char *text)
{
    for (; *text; text++) {
        if ((unsigned char)*text < ' ' || *text == 127)
            *text = '?';
    }
}

static void expected_name(const struct bystander *b, char *to, size_t size)
{
    snprintf(to, size, "%.*s", NAME_BYTES, b->name);
    make_plain(to);
}

static void expected_command(const struct bystander *b, char *to, size_t size)
{
    *to = '\0';
    for (int i = 0; i < BYSTANDER_ARGS && b->args[i]; i++) {
        append(to, size, i ? " \"" : "\"");
        append(to, size, b->args[i]);
        append(to, size, "\"");
    }
    if (!*to)
        append(to, size, "none");
    make_plain(to);
}

/* A line, copied: what stands in it, and where it was written. */
struct shown {
    char text[512];
    long event;
};

/* The nth line of stdout that is not blank, from 0; false if there is none. */
static bool line_at(const struct run *run, int nth, struct shown *out)
{
    struct trace_lines lines = claim_lines(run, 1, TRACE_NOBODY);
    bool found = false;
    for (size_t i = 0; i < lines.n && !found; i++) {
        const char *text = lines.line[i].text;
        text += strspn(text, " \t\r");
        if (!*text || nth-- > 0)
            continue;
        snprintf(out->text, sizeof out->text, "%s", text);
        out->text[strcspn(out->text, "\r")] = '\0';
        out->event = (long)lines.line[i].event;
        found = true;
    }
    trace_lines_free(&lines);
    return found;
}

/* The line that belongs to the nth argument, from 1: that of the nth process
 * that is there. */
static struct shown line_of(const struct run *run, int n)
{
    struct shown line = {.event = -1};
    char head[64], expected[128];
    int nth = 0;
    for (int i = 1; i < n; i++)
        nth += asked(run, i)->state != 0;
    snprintf(head, sizeof head, "%s: parent ", run->args[n]);
    snprintf(expected, sizeof expected,
             "Line %d of stdout is about process %s and begins with \"%s\"",
             nth + 1, run->args[n], head);
    if (!line_at(run, nth, &line))
        claim_failed(run, -1, expected, "There is no line %d", nth + 1);
    if (strncmp(line.text, head, strlen(head)) != 0)
        claim_failed(run, line.event, expected, "It is \"%.100s\"", line.text);
    return line;
}

static void line_each(const struct run *run)
{
    int n = 0;
    claim_children_of_main(run, 0);
    for (int i = 1; i < run->argc; i++) {
        if (!asked(run, i)->state)
            continue;
        line_of(run, i);
        n++;
    }
    claim_line_count(run, n);
    claim_exits(run, CLAIM_MAIN, 0);
}

/* Fails with both whole: which part differs is plain then. */
static void expect_part(const struct run *run, int n, const char *what,
                        const char *part, const char *at, bool well)
{
    struct shown line = line_of(run, n);
    char expected[600];
    if (well)
        return;
    snprintf(expected, sizeof expected, "Of process %s %s: its line %s \"%s\"",
             run->args[n], what, at, part);
    claim_failed(run, line.event, expected, "The line is \"%.200s\"",
                 line.text);
}

/* All of it stands in /proc/PID/stat. */
static void stat_read(const struct run *run)
{
    for (int n = 1; n < run->argc; n++) {
        const struct bystander *b = asked(run, n);
        char name[64], part[128];
        snprintf(part, sizeof part, "%s: parent %d, state %c,", run->args[n],
                 BYSTANDER_PARENT, b->state);
        bool well = strncmp(line_of(run, n).text, part, strlen(part)) == 0;
        expect_part(run, n, "parent and state are shown", part, "begins with",
                    well);
        expected_name(b, name, sizeof name);
        snprintf(part, sizeof part, ", name %s, command", name);
        well = strstr(line_of(run, n).text, part) != NULL;
        expect_part(run, n, "the name is shown as the kernel has it", part,
                    "has", well);
    }
}

static void command_whole(const struct run *run)
{
    for (int n = 1; n < run->argc; n++) {
        char command[300], part[340];
        struct shown line = line_of(run, n);
        size_t len = strlen(line.text);
        expected_command(asked(run, n), command, sizeof command);
        snprintf(part, sizeof part, ", command %s", command);
        while (len > 0 && line.text[len - 1] == ' ')
            line.text[--len] = '\0';
        bool well = len >= strlen(part) &&
                    strcmp(line.text + len - strlen(part), part) == 0;
        expect_part(run, n, "every argument is shown", part, "ends with", well);
    }
}

static void complains_about(const struct run *run, const char *pid)
{
    struct text expected;
    tell(&expected, "A message on stderr says that there is no process %s",
         pid);
    claim_complains_of(run, pid, expected.s);
}

static void refused(const struct run *run)
{
    claim_exits(run, CLAIM_MAIN, 2);
    claim_complains(run);
    claim_line_count(run, 0);
}

static void errors(const struct run *run)
{
    int there = 0;
    if (strncmp(run->scenario->name, "bad", 3) == 0) {
        refused(run);
        return;
    }
    for (int i = 1; i < run->argc; i++) {
        if (asked(run, i)->state) {
            line_of(run, i);
            there++;
        } else {
            complains_about(run, run->args[i]);
        }
    }
    claim_line_count(run, there);
    claim_exits(run, CLAIM_MAIN, 1);
}

static const struct scenario scenarios[] = {
    {
        .name = "one",
        .title = "a single process that sleeps",
        .args = {"4"},
        .bystanders = {{'S',
                        "{n:reader,writer,tester}",
                        {"{n}", "-", "{f:first,second}.txt"}}},
    },
    {
        .name = "states",
        .title = "one that sleeps, one that is stopped and a zombie, asked "
                 "for backwards",
        .args = {"6", "5", "4"},
        .bystanders =
            {
                {'S', "{n:cook,waiter,guest}", {"{n}"}},
                {'T', "{m:stopped,halted,held}", {"{m}", "-", "--now"}},
                {'Z', "{p:undead,defunct,ghost}", {NULL}},
            },
    },
    {
        .name = "odd_names",
        .title = "names with blanks, parentheses, a newline, and a long one",
        .args = {"4", "5", "6", "7", "8"},
        .bystanders =
            {
                {'S', "{a:photo,video,audio} server", {"server"}},
                {'S', "{b:red,blue,gold}) Z 1 (x", {"colours"}},
                {'T', "{c:two,four}\nlines", {"lines"}},
                {'S', "(({d:left,right}", {"brackets"}},
                {'Z', "{e:Colour,Mirror}-Experts and more", {NULL}},
            },
    },
    {
        .name = "odd_commands",
        .title = "arguments with blanks and newlines, and empty ones",
        .args = {"5", "4"},
        .bystanders =
            {
                {'S',
                 "{a:cutter,mixer,player}",
                 {"{a} of {b:films,songs}", "-", "", "two words", "end"}},
                {'S', "{c:writer,poet}", {"a\nb", "-", "{d:-v,-x}", "", ""}},
            },
    },
    {
        .name = "gone",
        .title = "there is no process with the second of three pids",
        .args = {"5", "{g:500-30000}", "4"},
        .bystanders =
            {
                {'S', "{a:still,yet} here", {"{a}"}},
                {'S', "{b:north,south}", {"{b}", "-", "pole"}},
            },
    },
    {
        .name = "bad_word",
        .title = "a word instead of the second pid",
        .args = {"4", "{w:four,self,init}"},
        .bystanders = {{'S', "{a:one,other}", {"{a}"}}},
    },
    {
        .name = "bad_tail",
        .title = "something behind a pid",
        .args = {"4", "4{w:x,.5,th}"},
        .bystanders = {{'S', "{a:one,other}", {"{a}"}}},
    },
    {
        .name = "bad_zero",
        .title = "0, which is no pid",
        .args = {"0"},
    },
    {
        .name = "bad_huge",
        .title = "a number that no int can hold",
        .args = {"4", "429496730{w:0-9}"},
        .bystanders = {{'S', "{a:one,other}", {"{a}"}}},
    },
    {
        .name = "bad_beyond",
        .title = "one more than a pid can be",
        .args = {"4194305"},
    },
    {
        .name = "bad_none",
        .title = "no pid at all",
    },
    {.name = NULL},
};

#define GOOD "one states odd_names odd_commands"

static const struct check checks[] = {
    {
        .id = "who_line_each",
        .points = 1,
        .title = "there is a line for each pid, in the order of the arguments",
        .judge = line_each,
        .scenarios = GOOD,
        .why = "Whoever asks for several processes has to know which "
               "answer belongs to which.",
        .hint = "A line begins with \"PID: parent \" and ends with the command "
                "line, on stdout. Read /proc yourself; no ps is started.",
        .lesson = "task-who_is_it",
    },
    {
        .id = "who_stat",
        .points = 1,
        .title = "parent, state and name are right, whatever the name is",
        .judge = stat_read,
        .scenarios = GOOD,
        .why = "A name is chosen by the process itself: who trusts it can "
               "be told a wrong state or parent, and signals the wrong "
               "one.",
        .hint =
            "In /proc/PID/stat the name stands in parentheses and may hold "
            "blanks and parentheses itself: it lies between the first \"(\" "
            "and the last \")\", which strrchr() finds; state and parent "
            "stand behind it. It is neither argv[0] nor the file's name; a "
            "control byte in it is printed as \"?\".",
        .lesson = "a-name-may-hold-anything",
        .depends = "who_line_each",
    },
    {
        .id = "who_command_whole",
        .points = 1,
        .title = "the command line is there with every argument",
        .judge = command_whole,
        .scenarios = GOOD,
        .why = "Two commands can differ in one empty argument; what is "
               "left out is what one looks for.",
        .hint = "In /proc/PID/cmdline each argument is ended by a NUL byte, an "
                "empty one is nothing but its NUL. printf(\"%s\") stops at the "
                "first: go on behind it until all that read() gave you is "
                "used. A file with no byte in it is \"none\".",
        .lesson = "a-command-line-is-not-one-string",
        .depends = "who_line_each",
    },
    {
        .id = "who_errors",
        .points = 1,
        .title = "a pid that is gone is reported, and what is no pid refused",
        .judge = errors,
        .scenarios = "gone bad_word bad_tail bad_zero bad_huge bad_beyond "
                     "bad_none",
        .why = "Processes end while one looks. That is an answer, and the "
               "exit code is how a script hears of it.",
        .hint = "Check all arguments before the first line is printed: exit "
                "code 2. If /proc/PID cannot be opened, the process is gone: "
                "say so on stderr with the pid, go on with the next one, and "
                "end with exit code 1.",
        .lesson = "a-process-can-be-gone-at-any-moment",
    },
    {.id = NULL},
};

EXERCISE(who_is_it) = {
    .id = "01-naming/who_is_it",
    .title = "What the kernel knows of a process",
    .place = 1,
    .usage = "PID...",
    .scenarios = scenarios,
    .checks = checks,
};
