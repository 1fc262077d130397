/* Claims about the lines that a program wrote. */

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "course/claim.h"
#include "course/distance.h"
#include "course/tell.h"

enum { LISTED = 4 };

/* A line without the blanks around it. */
struct bare {
    const char *text;
    size_t len;
};

static struct bare bare(const char *text, size_t len)
{
    while (len > 0 && isspace((unsigned char)*text)) {
        text++;
        len--;
    }
    while (len > 0 && isspace((unsigned char)text[len - 1]))
        len--;
    return (struct bare){text, len};
}

bool claim_line_is(const struct trace_line *line, const char *want)
{
    struct bare have = bare(line->text, line->len);
    struct bare wanted = bare(want, strlen(want));
    return have.len == wanted.len &&
           memcmp(have.text, wanted.text, have.len) == 0;
}

static struct trace_lines lines_of(const struct run *run, int stream)
{
    return claim_lines(run, stream, TRACE_NOBODY);
}

/* How many lines match; the first one's index, or -1. */
static int count(const struct trace_lines *lines, const char *want, long *first)
{
    int n = 0;
    *first = -1;
    for (size_t i = 0; i < lines->n; i++)
        if (claim_line_is(&lines->line[i], want) && n++ == 0)
            *first = (long)i;
    return n;
}

__attribute__((format(printf, 2, 0))) static void
wanted_text(struct text *text, const char *format, va_list args)
{
    vsnprintf(text->s, sizeof text->s, format, args);
}

/* The line that is nearest to the wanted one, or -1 if none is alike. */
static long nearest(const struct trace_lines *lines, const char *want)
{
    struct bare wanted = bare(want, strlen(want));
    size_t best = wanted.len / 2 + 1;
    long found = -1;
    for (size_t i = 0; i < lines->n && i < 1000; i++) {
        struct bare have = bare(lines->line[i].text, lines->line[i].len);
        size_t distance =
            edit_distance(have.text, have.len, wanted.text, wanted.len);
        if (distance < best) {
            best = distance;
            found = (long)i;
        }
    }
    return found;
}

/* `"..." by File2 (1.2) at 2.000 s`. */
static void tell_written(struct text *text, const struct run *run,
                      const struct trace_line *line)
{
    struct text quoted, who, at;
    tell(text, "%s by %s at %s", tell_quoted(&quoted, line->text, line->len),
         tell_who(&who, run, line->proc), tell_time(&at, line->at_ns));
    if (line->shared)
        tell_more(text, " (others wrote into the same line)");
}

/* Nobody wrote the line: tells what comes nearest to it. */
static _Noreturn void fail_missing(const struct run *run,
                                   const struct trace_lines *lines,
                                   const char *want, const char *expected)
{
    struct text seen;
    struct trace_lines errors = lines_of(run, 2);
    long stray, near = nearest(lines, want);
    if (count(&errors, want, &stray) > 0) {
        tell_written(&seen, run, &errors.line[stray]);
        claim_ends(run, (long)errors.line[stray].event, expected,
                   "It went to stderr, not to stdout: %s", seen.s);
    }
    if (near >= 0) {
        tell_written(&seen, run, &lines->line[near]);
        claim_ends(run, (long)lines->line[near].event, expected,
                   "Nobody did; the nearest line is %s", seen.s);
    }
    if (lines->n == 0)
        claim_ends(run, -1, expected, "Nothing was written to stdout");
    claim_ends(run, -1, expected,
               "Nobody did, nor a line like it; %zu other line%s there",
               lines->n, lines->n == 1 ? " was" : "s were");
}

/* The line is there n times, not once. */
static _Noreturn void fail_repeated(const struct run *run,
                                    const struct trace_lines *lines,
                                    const char *want, const char *expected,
                                    int n)
{
    struct text list = {""}, who, at;
    long event = -1;
    int listed = 0;
    for (size_t i = 0; i < lines->n && listed < LISTED; i++) {
        const struct trace_line *line = &lines->line[i];
        if (!claim_line_is(line, want))
            continue;
        if (listed++ == 1)
            event = (long)line->event;
        tell_more(&list, "%s by %s at %s", listed > 1 ? "," : "",
                  tell_who(&who, run, line->proc), tell_time(&at, line->at_ns));
    }
    claim_ends(run, event, expected, "It was written %d times:%s%s", n, list.s,
               n > LISTED ? ", and so on" : "");
}

/* The one line of this text; ends the check if there is none or another. */
static struct trace_line the_line(const struct run *run,
                                  const struct trace_lines *lines,
                                  const char *want, const char *expected)
{
    long first;
    int n = count(lines, want, &first);
    if (n == 0)
        fail_missing(run, lines, want, expected);
    if (n > 1)
        fail_repeated(run, lines, want, expected, n);
    return lines->line[first];
}

int claim_writer_of(const struct run *run, const char *line, ...)
{
    struct text want, quoted, expected;
    va_list args;
    va_start(args, line);
    wanted_text(&want, line, args);
    va_end(args);
    struct trace_lines lines = lines_of(run, 1);
    tell(&expected, "One process writes the line %s, once",
         tell_quoted(&quoted, want.s, strlen(want.s)));
    int proc = the_line(run, &lines, want.s, expected.s).proc;
    trace_lines_free(&lines);
    return proc;
}

void claim_prints(const struct run *run, int proc, const char *line, ...)
{
    struct text want, quoted, expected, who, seen;
    va_list args;
    va_start(args, line);
    wanted_text(&want, line, args);
    va_end(args);
    struct trace_lines lines = lines_of(run, 1);
    if (proc == TRACE_NOBODY)
        tell(&who, "The program");
    else
        tell_who(&who, run, proc);
    tell(&expected, "%s writes the line %s, once", who.s,
         tell_quoted(&quoted, want.s, strlen(want.s)));
    struct trace_line found = the_line(run, &lines, want.s, expected.s);
    if (proc != TRACE_NOBODY && found.proc != proc) {
        tell_written(&seen, run, &found);
        claim_ends(run, (long)found.event, expected.s,
                   "Another process wrote it: %s", seen.s);
    }
    trace_lines_free(&lines);
}

/* Whether one of the lines of this text was written at this time. */
static bool any_on_time(const struct trace_lines *lines, const char *want,
                        long ms)
{
    for (size_t i = 0; i < lines->n; i++)
        if (claim_line_is(&lines->line[i], want) &&
            is_on_time(lines->line[i].at_ns, ms))
            return true;
    return false;
}

void claim_prints_at(const struct run *run, long ms, const char *line, ...)
{
    struct text want, quoted, expected, at, seen;
    long first;
    va_list args;
    va_start(args, line);
    wanted_text(&want, line, args);
    va_end(args);
    struct trace_lines lines = lines_of(run, 1);
    tell(&expected, "The line %s is written at %s",
         tell_quoted(&quoted, want.s, strlen(want.s)),
         tell_time(&at, (int64_t)ms * 1000000));
    if (count(&lines, want.s, &first) == 0)
        fail_missing(run, &lines, want.s, expected.s);
    if (!any_on_time(&lines, want.s, ms)) {
        claim_ends(run, (long)lines.line[first].event, expected.s,
                   "It was written at %s, by %s",
                   tell_time(&at, lines.line[first].at_ns),
                   tell_who(&seen, run, lines.line[first].proc));
    }
    trace_lines_free(&lines);
}

void claim_never_prints(const struct run *run, const char *words)
{
    struct text quoted, expected, seen;
    struct trace_lines lines = lines_of(run, 1);
    for (size_t i = 0; i < lines.n; i++) {
        const struct trace_line *line = &lines.line[i];
        if (!memmem(line->text, line->len, words, strlen(words)))
            continue;
        tell(&expected, "Nobody writes %s",
             tell_quoted(&quoted, words, strlen(words)));
        tell_written(&seen, run, line);
        claim_ends(run, (long)line->event, expected.s, "There is %s", seen.s);
    }
    trace_lines_free(&lines);
}

void claim_prints_before(const struct run *run, const char *first,
                         const char *second)
{
    struct text one, two, expected, seen, time;
    long at[2];
    struct trace_lines lines = lines_of(run, 1);
    tell(&expected, "The line %s comes before %s",
         tell_quoted(&one, first, strlen(first)),
         tell_quoted(&two, second, strlen(second)));
    if (count(&lines, first, &at[0]) == 0)
        fail_missing(run, &lines, first, expected.s);
    if (count(&lines, second, &at[1]) == 0)
        fail_missing(run, &lines, second, expected.s);
    if (at[0] >= at[1]) {
        claim_ends(run, (long)lines.line[at[1]].event, expected.s,
                   "The second one was written first, by %s at %s",
                   tell_who(&seen, run, lines.line[at[1]].proc),
                   tell_time(&time, lines.line[at[1]].at_ns));
    }
    trace_lines_free(&lines);
}

/* Lines that are not blank; the index of the nth (from 1), or -1. */
static int count_filled(const struct trace_lines *lines, int nth, long *at)
{
    int n = 0;
    *at = -1;
    for (size_t i = 0; i < lines->n; i++)
        if (bare(lines->line[i].text, lines->line[i].len).len > 0 && ++n == nth)
            *at = (long)i;
    return n;
}

void claim_line_count(const struct run *run, int n)
{
    struct text expected, seen;
    long surplus;
    struct trace_lines lines = lines_of(run, 1);
    int have = count_filled(&lines, n + 1, &surplus);
    tell(&expected, "%d line%s in all (blank ones do not count)", n,
         n == 1 ? " is written" : "s are written");
    if (have < n)
        claim_ends(run, -1, expected.s, "There %s %d",
                   have == 1 ? "was only" : "were only", have);
    if (have > n) {
        tell_written(&seen, run, &lines.line[surplus]);
        claim_ends(run, (long)lines.line[surplus].event, expected.s,
                   "There were %d; the first one too many is %s", have, seen.s);
    }
    trace_lines_free(&lines);
}

void claim_complains(const struct run *run)
{
    long surplus;
    struct trace_lines lines = lines_of(run, 2);
    if (count_filled(&lines, 1, &surplus) == 0)
        claim_ends(run, -1, "A message is written to stderr",
                   "Nothing was written to stderr");
    trace_lines_free(&lines);
}
