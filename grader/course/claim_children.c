/* What several exercises ask of main and its children. */

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "course/claim.h"

/* The child of main that wrote the first line that begins with these words. */
static int writer(const struct run *run, const struct trace_lines *lines,
                  const char *words)
{
    for (size_t i = 0; i < lines->n; i++) {
        const struct trace_line *line = &lines->line[i];
        if (strncmp(line->text, words, strlen(words)) == 0 &&
            trace_parent(run->trace, line->proc) == CLAIM_MAIN)
            return line->proc;
    }
    return TRACE_NOBODY;
}

static bool listed(const int *procs, int n, int proc)
{
    for (int i = 0; i < n; i++) {
        if (procs[i] == proc)
            return true;
    }
    return false;
}

static void match_writers(const struct run *run, int n,
                          const char *const *words, int *procs)
{
    struct trace_lines lines;
    if (trace_lines_of(run->trace, 1, TRACE_NOBODY, &lines) < 0)
        abort();
    for (int i = 0; i < n; i++) {
        procs[i] = writer(run, &lines, words[i]);
        if (listed(procs, i, procs[i]))
            procs[i] = TRACE_NOBODY;
    }
    trace_lines_free(&lines);
}

void claim_match_children(const struct run *run, int n,
                          const char *const *words, int *procs)
{
    match_writers(run, n, words, procs);
    for (int i = 0, child = 0; i < n; i++) {
        while (procs[i] == TRACE_NOBODY) {
            int left = trace_child(run->trace, CLAIM_MAIN, child++);
            if (left == TRACE_NOBODY)
                return;
            if (!listed(procs, n, left))
                procs[i] = left;
        }
    }
}

void claim_all_reaped(const struct run *run)
{
    claim_comes_to_an_end(run);
    for (int i = 0; i < trace_children(run->trace, CLAIM_MAIN); i++) {
        int proc = trace_child(run->trace, CLAIM_MAIN, i);
        claim_ended_before_main(run, proc);
        claim_reaped_by(run, proc, CLAIM_MAIN);
    }
}

void claim_refused(const struct run *run, int code)
{
    claim_children_of_main(run, 0);
    claim_exits(run, CLAIM_MAIN, code);
    claim_complains(run);
    claim_line_count(run, 0);
}
