/* 01-naming/long_title: titles that come on stdin, seen in ps -f. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course/claim.h"

enum { ROOM_AT_LEAST = 100, BYTES_MOST = 2048 };

/* A title that was fed, without its newline. */
struct title {
    char text[BYTES_MOST];
};

/* The nth title from 0; false if there are not so many. */
static bool title(const struct run *run, int nth, struct title *out)
{
    for (size_t i = 0; i < SCENARIO_STEPS; i++) {
        if (!run->texts[i] || nth-- > 0)
            continue;
        snprintf(out->text, sizeof out->text, "%s", run->texts[i]);
        out->text[strcspn(out->text, "\n")] = '\0';
        return true;
    }
    return false;
}

static int titles(const struct run *run)
{
    struct title ignored;
    int n = 0;
    while (title(run, n, &ignored))
        n++;
    return n;
}

/* The scenarios look at the nth title, from 0, a second after it came. */
static long looked_ms(int nth)
{
    return 2000 * (nth + 1);
}

static void shown(const struct run *run, int nth)
{
    struct title t;
    if (title(run, nth, &t))
        claim_command_line(run, CLAIM_MAIN, looked_ms(nth), t.text);
}

static void whole(const struct run *run)
{
    for (int n = 0; n < titles(run); n++)
        shown(run, n);
}

static void comm_follows(const struct run *run)
{
    struct title t;
    if (title(run, titles(run) - 1, &t))
        claim_named_at_exit(run, CLAIM_MAIN, t.text);
}

/* The value that a variable has in the scenario, or NULL. */
static const char *value_of(const struct run *run, const char *name, char *to,
                            size_t size)
{
    static const struct {
        const char *name, *value;
    } given[] = {{"USER", "student"}, {"SHELL", "/bin/sh"}, {"TZ", "UTC0"}};
    if (strcmp(name, "COLOUR") == 0 || strcmp(name, "ANIMAL") == 0) {
        snprintf(to, size, "%s", drawn_word(run, *name == 'C' ? "c" : "a"));
        return to;
    }
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        if (strcmp(name, given[i].name) == 0)
            return given[i].value;
    }
    return NULL;
}

static void environment_kept(const struct run *run)
{
    char room[64];
    claim_comes_to_an_end(run);
    for (int i = 1; i < run->argc; i++) {
        const char *name = run->args[i];
        const char *value = value_of(run, name, room, sizeof room);
        if (value)
            claim_prints(run, CLAIM_MAIN, "%s=%s", name, value);
        else
            claim_prints(run, CLAIM_MAIN, "%s is not set", name);
    }
    claim_line_count(run, run->argc - 1);
    claim_exits(run, CLAIM_MAIN, 0);
}

/* What is shown is the beginning of the title, and not too little. */
static void long_one_cut(const struct run *run)
{
    struct title t;
    long event = trace_find(run->trace, TRACE_FACTS, CLAIM_MAIN, 0);
    if (!title(run, 0, &t))
        return;
    claim_exits(run, CLAIM_MAIN, 0);
    const struct trace_facts *facts =
        event < 0 ? NULL : run->trace->events[event].facts;
    const char *have = facts && facts->command ? facts->command : "";
    size_t len = strlen(have);
    if (len < ROOM_AT_LEAST || strncmp(have, t.text, len) != 0)
        claim_failed(run, event,
                     "ps -f shows as much of a title that is too long as "
                     "there is room for, at least 100 bytes",
                     "It shows %zu bytes: \"%.60s\"...", len, have);
    shown(run, 1);
}

static const struct scenario scenarios[] = {
    {
        .name = "one",
        .title = "one title, longer than all arguments together",
        .args = {"COLOUR", "NOBODY", "USER"},
        .env = {"ANIMAL={a:cat,dog,owl}", "COLOUR={c:red,green,blue}"},
        .steps = {INPUT(1000, "long_title: waits for order {n:100-999} of "
                              "{m:100-999}, nothing else to do\n"),
                  LOOK(2000), CLOSE_INPUT(3000)},
    },
    {
        .name = "three",
        .title = "a long title, then a short one, then one in between",
        .args = {"ANIMAL", "TZ", "COLOUR", "SHELL"},
        .env = {"ANIMAL={a:cat,dog,owl}", "COLOUR={c:red,green,blue}"},
        .steps = {INPUT(1000, "reader: has read {n:10-99} of {m:100-999} files "
                              "and writes the list of what it found\n"),
                  LOOK(2000), INPUT(3000, "{w:idle,done,free}\n"), LOOK(4000),
                  INPUT(5000, "reader: reads file {k:10-99} again\n"),
                  LOOK(6000), CLOSE_INPUT(7000)},
    },
    {
        .name = "exact",
        .title = "titles as long as argv[0], one more and one less, without "
                 "an argument",
        .steps = {INPUT(1000, "{v:red,tan,sky} door open\n"), LOOK(2000),
                  INPUT(3000, "{v} door shut.\n"), LOOK(4000),
                  INPUT(5000, "{v} door here\n"), LOOK(6000),
                  CLOSE_INPUT(7000)},
    },
    {
        .name = "short",
        .title = "titles shorter than the arguments, the second one shorter "
                 "than the first",
        .args = {"USER", "NOBODY", "SHELL", "TZ"},
        .steps = {INPUT(1000, "{w:tick,tock} goes the clock\n"), LOOK(2000),
                  INPUT(3000, "{w}\n"), LOOK(4000), CLOSE_INPUT(5000)},
    },
    {
        .name = "too_long",
        .title = "a title for which there is no room, then a short one",
        .args = {"USER"},
        .steps =
            {
                INPUT(1000,
                      "{w:north,south}: 0123456789abcdefghijklmnopqrstuvwxyz"
                      "0123456789abcdefghijklmnopqrstuvwxyz"
                      "0123456789abcdefghijklmnopqrstuvwxyz"
                      "0123456789abcdefghijklmnopqrstuvwxyz"
                      "0123456789abcdefghijklmnopqrstuvwxyz"
                      "0123456789abcdefghijklmnopqrstuvwxyz"
                      "0123456789abcdefghijklmnopqrstuvwxyz"
                      "0123456789abcdefghijklmnopqrstuvwxyz\n"),
                LOOK(2000),
                INPUT(3000, "well again\n"),
                LOOK(4000),
                CLOSE_INPUT(5000),
            },
    },
    {.name = NULL},
};

static const struct check checks[] = {
    {
        .id = "title_whole",
        .points = 1,
        .title = "ps -f shows each title in its whole length and nothing else",
        .judge = whole,
        .scenarios = "one three exact short",
        .why = "Servers tell in ps what each of their processes is about; "
               "half a title, or an old one, tells the wrong thing.",
        .hint =
            "Write the bytes of the title over those of the arguments, "
            "from argv[0] on, and into the environment if need be. A new "
            "value of the variable argv[0] changes a pointer of yours, "
            "not the memory that the kernel reads. Fill the whole room with "
            "NUL before: nothing of the arguments, or of an older title, "
            "stays behind the new one.",
        .lesson = "argv0-is-memory-not-a-variable",
    },
    {
        .id = "title_comm",
        .points = 1,
        .title = "the name, comm, follows the title as far as 15 bytes go",
        .judge = comm_follows,
        .scenarios = "one three exact short",
        .why = "top, pkill and the kernel's own messages know comm only.",
        .hint = "Command line and comm are two things: set the second one by "
                "prctl(PR_SET_NAME, title), each time.",
        .lesson = "a-name-has-15-bytes",
    },
    {
        .id = "title_environment",
        .points = 1,
        .title = "arguments and environment are what they were",
        .judge = environment_kept,
        .scenarios = "one three short",
        .why = "getenv(), and every program that is executed later, reads "
               "the memory that the title is written over.",
        .hint = "The strings of the environment lie behind the arguments, "
                "where titles go. Copy them, and your arguments, before the "
                "first title is set, and let environ point to the copies. "
                "Print one line for each argument, when the input ends.",
        .lesson = "what-is-behind-the-title",
        .depends = "title_whole",
    },
    {
        .id = "title_cut",
        .points = 1,
        .title = "a title for which there is no room is cut",
        .judge = long_one_cut,
        .scenarios = "too_long",
        .why = "One byte too many goes into memory of somebody else, or "
               "there is none and the program dies.",
        .hint = "Measure the room once, before the first title is set: from "
                "argv[0] to the end of the last string of the environment, as "
                "long as each string begins where the one before it ended. "
                "Never write more than that, its last byte stays NUL.",
        .lesson = "what-is-behind-the-title",
        .depends = "title_whole",
    },
    {.id = NULL},
};

EXERCISE(long_title) = {
    .id = "01-naming/long_title",
    .title = "A title of any length",
    .place = 2,
    .usage = "NAME...",
    .scenarios = scenarios,
    .checks = checks,
};
