/* Claims about the run as a whole. */

#include <string.h>

#include "course/claim.h"
#include "course/tell.h"

enum { LISTED = 4 };

static bool alive(const struct run *run, int proc)
{
    return !trace_end_of(run->trace, proc).ended;
}

/* Who was left, what each waits for, and where; returns the number of the
 * first. */
static int list_living(struct text *text, const struct run *run)
{
    int n = 0, first = TRACE_NOBODY, all = trace_processes(run->trace);
    struct text who, waiting, line;
    tell(text, "%s", "");
    for (int proc = 0; proc < all; proc++) {
        if (!alive(run, proc))
            continue;
        if (n == 0)
            first = proc;
        if (n++ >= LISTED)
            continue;
        tell_more(text, "%s%s %s", n > 1 ? "; " : "", tell_who(&who, run, proc),
                  tell_waiting(&waiting, run, proc));
        if (tell_line(&line, run, tell_last_wait(run, proc))[0])
            tell_more(text, " (%s)", line.s);
    }
    if (n > LISTED)
        tell_more(text, "; and %d more", n - LISTED);
    return first;
}

/* The last event of a kind by proc, or of any kind (TRACE_KINDS) that knows
 * where in the program it was. */
static long last_event(const struct run *run, enum trace_kind kind, int proc)
{
    for (size_t i = run->trace->n_events; i-- > 0;) {
        const struct trace_event *e = &run->trace->events[i];
        if (e->proc != proc || (kind != TRACE_KINDS && e->kind != kind))
            continue;
        if (kind != TRACE_KINDS || e->pc)
            return (long)i;
    }
    return -1;
}

static _Noreturn void fail_waiting(const struct run *run, const char *what)
{
    struct text list;
    int first = list_living(&list, run);
    claim_ends(run, last_event(run, TRACE_BLOCK, first), CLAIM_TO_END, "%s: %s",
               what, list.s);
}

/* Who has the most of what a kind of event counts (bytes of output, else
 * events), and how much that is. */
static int worst(const struct run *run, enum trace_kind kind, size_t *most)
{
    int n = trace_processes(run->trace), culprit = CLAIM_MAIN;
    *most = 0;
    for (int proc = 0; proc < n; proc++) {
        size_t sum = 0;
        for (size_t i = 0; i < run->trace->n_events; i++) {
            const struct trace_event *e = &run->trace->events[i];
            if (e->proc == proc && (kind == TRACE_KINDS || e->kind == kind))
                sum += kind == TRACE_WRITE ? e->len : 1;
        }
        if (sum > *most) {
            *most = sum;
            culprit = proc;
        }
    }
    return culprit;
}

static _Noreturn void fail_output(const struct run *run)
{
    struct text who;
    size_t bytes;
    int proc = worst(run, TRACE_WRITE, &bytes);
    claim_ends(run, last_event(run, TRACE_WRITE, proc), CLAIM_TO_END,
               "It wrote more than is allowed; most of it, %zu bytes, was "
               "written by %s",
               bytes, tell_who(&who, run, proc));
}

static _Noreturn void fail_events(const struct run *run)
{
    struct text who;
    size_t calls;
    int proc = worst(run, TRACE_KINDS, &calls);
    claim_ends(run, last_event(run, TRACE_KINDS, proc), CLAIM_TO_END,
               "It went round and round without end; most of it, %zu events, "
               "was by %s",
               calls, tell_who(&who, run, proc));
}

static _Noreturn void fail_processes(const struct run *run)
{
    const struct trace *trace = run->trace;
    int n = trace_processes(trace), parent = CLAIM_MAIN, most = 0;
    struct text who;
    for (int proc = 0; proc < n; proc++) {
        int children = trace_children(trace, proc);
        if (children > most) {
            most = children;
            parent = proc;
        }
    }
    int last = most > 0 ? trace_child(trace, parent, most - 1) : CLAIM_MAIN;
    claim_ends(run, trace_find(trace, TRACE_BORN, last, 0), CLAIM_TO_END,
               "More processes were alive at once than are allowed: %d had "
               "been started, %d of them by %s",
               n, most, tell_who(&who, run, parent));
}

/* The one that used the processor or the memory is most likely the last one
 * that does not wait. */
static int busy(const struct run *run)
{
    struct text waiting;
    for (int proc = trace_processes(run->trace) - 1; proc > 0; proc--)
        if (alive(run, proc) &&
            strcmp(tell_waiting(&waiting, run, proc), "runs") == 0)
            return proc;
    return CLAIM_MAIN;
}

static _Noreturn void fail_busy(const struct run *run, const char *what)
{
    struct text who;
    int proc = busy(run);
    claim_ends(run, last_event(run, TRACE_KINDS, proc), CLAIM_TO_END,
               "It used more %s than is allowed; %s was still running", what,
               tell_who(&who, run, proc));
}

void claim_comes_to_an_end(const struct run *run)
{
    struct text what, at;
    tell_time(&at, run->trace->end_ns);
    switch (run->trace->outcome) {
    case TRACE_ENDED:
        return;
    case TRACE_LEFT_WAITING:
        fail_waiting(run, "Main had ended, but not all of its processes had");
    case TRACE_DEADLOCK:
        fail_waiting(run, "All processes wait, and nothing is left that could "
                          "wake one of them");
    case TRACE_LIMIT_TIME:
        fail_waiting(run, tell(&what, "After %s it was still there", at.s));
    case TRACE_LIMIT_WALL:
        fail_waiting(run, "It was still there when real time ran out");
    case TRACE_LIMIT_OUTPUT:
        fail_output(run);
    case TRACE_LIMIT_EVENTS:
        fail_events(run);
    case TRACE_LIMIT_PROCESSES:
        fail_processes(run);
    case TRACE_LIMIT_MEMORY:
        fail_busy(run, "memory");
    case TRACE_LIMIT_CPU:
        fail_busy(run, "processor time");
    }
}

void claim_makespan(const struct run *run, long ms)
{
    struct trace_end end = trace_end_of(run->trace, CLAIM_MAIN);
    struct text expected, want, have;
    if (end.ended && is_on_time(end.at_ns, ms))
        return;
    tell(&expected, "Main takes %s from start to end",
         tell_time(&want, (int64_t)ms * 1000000));
    if (!end.ended)
        claim_ends(run, -1, expected.s, "Main never ended");
    claim_ends(run, exit_of(run, CLAIM_MAIN), expected.s, "It took %s",
               tell_time(&have, end.at_ns));
}
