/* What several exercises ask of main and its children. */

#include <stdbool.h>
#include <string.h>

#include "course/claim.h"
#include "course/tell.h"

/* The child of main that wrote the first line that begins so. */
static int writer(const struct run *run, const struct trace_lines *lines,
                  const char *words)
{
    size_t len = strlen(words);
    while (len > 0 && words[len - 1] == '.')
        len--;
    for (size_t i = 0; i < lines->n; i++) {
        const struct trace_line *line = &lines->line[i];
        if (strncmp(line->text, words, len) == 0 &&
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
                          const struct text *first, int *procs)
{
    struct trace_lines lines = claim_lines(run, 1, TRACE_NOBODY);
    for (int i = 0; i < n; i++) {
        procs[i] = writer(run, &lines, first[i].s);
        if (listed(procs, i, procs[i]))
            procs[i] = TRACE_NOBODY;
    }
    trace_lines_free(&lines);
}

void claim_match_children(const struct run *run, int n,
                          const struct text *first, int *procs)
{
    match_writers(run, n, first, procs);
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

void claim_child_each(const struct run *run)
{
    claim_children_of_main(run, run->argc - 1);
    claim_no_grandchildren(run);
}

void claim_own_writer(const struct run *run, const char *what, int nth,
                      const char *line, int *procs)
{
    struct text expected, who, quoted;
    int proc = claim_writer_of(run, "%s", line);
    tell_quoted(&quoted, line, strlen(line));
    if (trace_parent(run->trace, proc) != CLAIM_MAIN)
        claim_ends(run, trace_find(run->trace, TRACE_WRITE, proc, 0),
                   tell(&expected, "A child of main writes a %s's lines", what),
                   "%s wrote %s", tell_who(&who, run, proc), quoted.s);
    for (int i = 0; i < nth; i++)
        if (procs[i] == proc)
            claim_ends(run, trace_find(run->trace, TRACE_WRITE, proc, 0),
                       tell(&expected, "Every %s is a process of its own",
                            what),
                       "%s wrote %s, and the lines of %s %d as well",
                       tell_who(&who, run, proc), quoted.s, what, i + 1);
    procs[nth] = proc;
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

void claim_main_reaps(const struct run *run)
{
    claim_comes_to_an_end(run);
    for (int i = 0; i < trace_children(run->trace, CLAIM_MAIN); i++)
        claim_reaped_by(run, trace_child(run->trace, CLAIM_MAIN, i),
                        CLAIM_MAIN);
}

void claim_children_exit(const struct run *run, int code)
{
    for (int i = 0; i < trace_children(run->trace, CLAIM_MAIN); i++)
        claim_exits(run, trace_child(run->trace, CLAIM_MAIN, i), code);
}

void claim_silent_until_reaped(const struct run *run, int n)
{
    struct text who;
    int reaped = 0;
    for (size_t i = 0; i < run->trace->n_events && reaped < n; i++) {
        const struct trace_event *e = &run->trace->events[i];
        reaped += e->kind == TRACE_REAP && e->proc == CLAIM_MAIN;
        if (e->kind == TRACE_WRITE && e->a == 1)
            claim_failed(run, (long)i,
                         "Nothing is on stdout before main has reaped all of "
                         "its children",
                         "This was written by %s when main had reaped %d of %d",
                         tell_who(&who, run, e->proc), reaped, n);
    }
}

void claim_bad_argument(const struct run *run)
{
    claim_refused(run, 2);
}

bool claim_mistake_noticed(const struct run *run, const char *last)
{
    if (strncmp(run->scenario->name, "bad", 3) == 0)
        claim_bad_argument(run);
    else if (run->scenario->inject[0])
        claim_fault_noticed(run, last, NULL);
    else
        return false;
    return true;
}

void claim_refused(const struct run *run, int code)
{
    claim_children_of_main(run, 0);
    claim_exits(run, CLAIM_MAIN, code);
    claim_complains(run);
    claim_line_count(run, 0);
}
