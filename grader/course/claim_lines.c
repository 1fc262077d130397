/* Claims about several lines, and the lines that claims are about. */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course/claim.h"
#include "course/judge.h"
#include "course/tell.h"

struct trace_lines claim_lines(const struct run *run, int stream, int proc)
{
    struct trace_lines lines;
    if (trace_lines_of(run->trace, stream, proc, &lines) < 0)
        judge_fault("No memory for the lines of a run");
    return lines;
}

struct trace_lines claim_lines_at(const struct run *run, int stream, int proc,
                                  long ms, const char *words)
{
    struct trace_lines lines = claim_lines(run, stream, proc);
    size_t kept = 0;
    for (size_t i = 0; i < lines.n; i++) {
        struct trace_line line = lines.line[i];
        if (is_on_time(line.at_ns, ms) && strstr(line.text, words))
            lines.line[kept++] = line;
        else
            free((char *)line.text);
    }
    lines.n = kept;
    return lines;
}

bool claim_says(const struct run *run, int stream, int proc, const char *words)
{
    struct trace_lines lines = claim_lines(run, stream, proc);
    bool found = false;
    for (size_t i = 0; i < lines.n; i++)
        found |= strstr(lines.line[i].text, words) != NULL;
    trace_lines_free(&lines);
    return found;
}

void claim_prints_once_at(const struct run *run, int proc, long ms,
                          const char *line, ...)
{
    struct text want;
    va_list args;
    va_start(args, line);
    vsnprintf(want.s, sizeof want.s, line, args);
    va_end(args);
    claim_prints(run, proc, "%s", want.s);
    claim_prints_at(run, ms, "%s", want.s);
}

void claim_prints_in_order(const struct run *run, int proc,
                           const struct text *lines, int n)
{
    for (int i = 0; i < n; i++) {
        claim_prints(run, proc, "%s", lines[i].s);
        if (i > 0)
            claim_prints_before(run, lines[i - 1].s, lines[i].s);
    }
}

/* "Main answers the command "status" of 2.300 s with ". */
static void expect_answer(struct text *expected, const struct typed *command)
{
    struct text quoted, at;
    tell(expected, "Main answers the command %s of %s with ",
         tell_quoted(&quoted, command->text, strlen(command->text)),
         tell_time(&at, (int64_t)command->at_ms * 1000000));
}

static void claim_answer(const struct run *run, const struct typed *command,
                         const struct trace_line *line, const char *want)
{
    struct text expected, quoted, have;
    if (claim_line_is(line, want))
        return;
    expect_answer(&expected, command);
    tell_more(&expected, "%s", tell_quoted(&quoted, want, strlen(want)));
    claim_failed(run, (long)line->event, expected.s, "Main wrote %s",
                 tell_quoted(&have, line->text, line->len));
}

void claim_answers(const struct run *run, const struct typed *command,
                   const char *words, const char *what,
                   const struct text *lines, int n)
{
    struct trace_lines have =
        claim_lines_at(run, 1, CLAIM_MAIN, command->at_ms, words);
    struct text expected, quoted;
    int lines_there = (int)have.n;
    for (int i = 0; i < lines_there && i < n; i++)
        claim_answer(run, command, &have.line[i], lines[i].s);
    expect_answer(&expected, command);
    tell_more(&expected, "one line \"... %s ...\" for each %s, at once", words,
              what);
    if (lines_there > n)
        claim_failed(run, (long)have.line[n].event, expected.s,
                     "Main wrote %s after the last one",
                     tell_quoted(&quoted, have.line[n].text, have.line[n].len));
    if (lines_there < n)
        claim_failed(run, -1, expected.s, "Main wrote %d of %d then",
                     lines_there, n);
    trace_lines_free(&have);
}

void claim_complains_of(const struct run *run, const char *word,
                        const char *expected)
{
    struct text want, first;
    claim_complains(run);
    if (claim_says(run, 2, TRACE_NOBODY, word))
        return;
    struct trace_lines lines = claim_lines(run, 2, TRACE_NOBODY);
    claim_failed(run, (long)lines.line[0].event, expected,
                 "No line there has %s in it; the first one is %s",
                 tell_quoted(&want, word, strlen(word)),
                 tell_quoted(&first, lines.line[0].text, lines.line[0].len));
}
