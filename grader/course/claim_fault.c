/* Claims about what a program makes of injected faults. */

#include <string.h>

#include "course/claim.h"
#include "course/tell.h"

long claim_fault(const struct run *run)
{
    for (size_t i = 0; i < run->trace->n_events; i++)
        if (run->trace->events[i].kind == TRACE_FAULT)
            return (long)i;
    return -1;
}

/* "fork() failed with EAGAIN (injected)". */
static const char *tell_fault(struct text *text, const struct run *run, long at)
{
    struct text signal;
    if (at < 0)
        return tell(text, "No fault was met");
    const struct trace_event *e = &run->trace->events[at];
    const char *call = e->text ? e->text : "A call";
    const char *error = strerrorname_np((int)e->b);
    if (e->a == TRACE_FAULT_ERROR)
        return tell(text, "%s failed with %s (injected)", call,
                    error ? error : "an error");
    if (e->a == TRACE_FAULT_SHORT)
        return tell(text, "%s took %lld bytes only (injected)", call,
                    (long long)e->b);
    if (e->a == TRACE_FAULT_SIGNAL)
        return tell(text, "%s came in %s (injected)",
                    tell_signal(&signal, (int)e->b), call);
    return tell(text, "%s had a fault injected", call);
}

static const char *tell_end_of_main(struct text *text, const struct run *run)
{
    struct trace_end end = trace_end_of(run->trace, CLAIM_MAIN);
    struct text signal;
    if (!end.ended)
        return tell(text, "main never ended");
    if (end.signal)
        return tell(text, "main was killed by %s",
                    tell_signal(&signal, end.signal));
    return tell(text, "main ended with exit code %d", end.code);
}

static void claim_code(const struct run *run, long fault, int code,
                       const char *expected)
{
    struct trace_end end = trace_end_of(run->trace, CLAIM_MAIN);
    struct text cause, seen;
    if (end.ended && end.signal == 0 && end.code == code)
        return;
    claim_ends(run, fault, expected, "%s, and %s",
               tell_fault(&cause, run, fault), tell_end_of_main(&seen, run));
}

static void claim_all_waited_for(const struct run *run, long fault,
                                 const char *expected)
{
    struct text cause, who;
    for (int i = 0; i < trace_children(run->trace, CLAIM_MAIN); i++) {
        int proc = trace_child(run->trace, CLAIM_MAIN, i);
        if (trace_reaper(run->trace, proc) != CLAIM_MAIN)
            claim_ends(run, fault, expected, "%s, and nobody waited for %s",
                       tell_fault(&cause, run, fault),
                       tell_who(&who, run, proc));
    }
}

static bool complains(const struct run *run)
{
    for (size_t i = 0; i < run->trace->n_events; i++) {
        const struct trace_event *e = &run->trace->events[i];
        if (e->kind == TRACE_WRITE && e->a == 2)
            return true;
    }
    return false;
}

void claim_gives_up(const struct run *run)
{
    long fault = claim_fault(run);
    struct text cause;
    claim_code(run, fault, 1,
               "Main ends with exit code 1 when a process could not be started "
               "or did not do its work");
    claim_all_waited_for(run, fault,
                         "Main waits for all processes that it has started, "
                         "also when one could not be started");
    if (!complains(run))
        claim_ends(run, fault, "A message on stderr says what went wrong",
                   "%s, and nothing was written to stderr",
                   tell_fault(&cause, run, fault));
}

void claim_goes_on(const struct run *run)
{
    static const char expected[] =
        "Main makes an interrupted call again and ends with exit code 0 when "
        "all processes have ended";
    long fault = claim_fault(run);
    claim_code(run, fault, 0, expected);
    claim_all_waited_for(run, fault, expected);
}

void claim_fault_noticed(const struct run *run, const char *last,
                         const char *success)
{
    const char *rule = run->scenario->inject[0];
    if (!strstr(rule, ":error=")) {
        claim_goes_on(run);
        claim_prints_whole(run, last);
        return;
    }
    if (strncmp(rule, "exec:", 5) == 0 && claim_fault(run) < 0)
        return;
    claim_signals_stay_inside(run);
    claim_gives_up(run);
    if (success)
        claim_never_prints(run, success);
}

static bool holds(const struct trace_lines *lines, const char *want)
{
    for (size_t i = 0; i < lines->n; i++)
        if (claim_line_is(&lines->line[i], want))
            return true;
    return false;
}

void claim_prints_whole(const struct run *run, const char *line)
{
    struct trace_lines lines = claim_lines(run, 1, TRACE_NOBODY);
    struct text cause, quoted;
    long fault = claim_fault(run);
    bool there = holds(&lines, line);
    trace_lines_free(&lines);
    if (!there)
        claim_ends(run, fault,
                   "Every line is written whole, also if write() takes a part "
                   "of it only",
                   "%s, and no line is %s", tell_fault(&cause, run, fault),
                   tell_quoted(&quoted, line, strlen(line)));
}
