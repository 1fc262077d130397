/* Claims about who was there, and under which name. */

#include <string.h>

#include "course/claim.h"
#include "course/tell.h"

enum { NAME_BYTES = 15, LISTED = 6 };

/* "process 1.1 at 0.000 s, File2 (1.2) at 2.000 s, and 3 more". */
static void list_children(struct text *text, const struct run *run, int n)
{
    struct text who, at;
    tell(text, "%s", "");
    for (int i = 0; i < n && i < LISTED; i++) {
        int child = trace_child(run->trace, CLAIM_MAIN, i);
        tell_more(text, "%s%s at %s", i > 0 ? ", " : "",
                  tell_who(&who, run, child),
                  tell_time(&at, trace_born_at(run->trace, child)));
    }
    if (n > LISTED)
        tell_more(text, ", and %d more", n - LISTED);
}

/* How many were born of others than main. */
static int others(const struct run *run, long *first)
{
    int n = 0;
    *first = -1;
    for (size_t i = 0; i < run->trace->n_events; i++) {
        const struct trace_event *e = &run->trace->events[i];
        if (e->kind != TRACE_BORN || e->proc == CLAIM_MAIN)
            continue;
        if (trace_parent(run->trace, e->proc) == CLAIM_MAIN)
            continue;
        if (n++ == 0)
            *first = (long)i;
    }
    return n;
}

void claim_children_of_main(const struct run *run, int n)
{
    int have = trace_children(run->trace, CLAIM_MAIN);
    struct text expected, list;
    long event = -1, first;
    if (have == n)
        return;
    if (have > n)
        event = trace_find(run->trace, TRACE_BORN,
                           trace_child(run->trace, CLAIM_MAIN, n), 0);
    tell(&expected, "Main starts exactly %d process%s itself", n,
         n == 1 ? "" : "es");
    if (have == 0)
        claim_ends(run, event, expected.s, "Main started none");
    list_children(&list, run, have);
    int more = others(run, &first);
    if (more > 0 && have < n)
        event = first;
    if (more > 0)
        tell_more(&list, "; processes other than main started %d more", more);
    claim_ends(run, event, expected.s, "Main started %d: %s", have, list.s);
}

void claim_no_grandchildren(const struct run *run)
{
    struct text child, parent, at, more = {""};
    long event;
    int n = others(run, &event);
    if (n == 0)
        return;
    const struct trace_event *born = &run->trace->events[event];
    if (n > 1)
        tell(&more, ", and there were %d more like it", n - 1);
    claim_ends(run, event, "Only main starts processes",
               "%s was started by %s at %s%s",
               tell_who(&child, run, born->proc),
               tell_who(&parent, run, trace_parent(run->trace, born->proc)),
               tell_time(&at, born->t_ns), more.s);
}

void claim_no_children(const struct run *run, int proc)
{
    struct text expected, who, child, at;
    int n = trace_children(run->trace, proc);
    if (n == 0)
        return;
    int first = trace_child(run->trace, proc, 0);
    tell(&expected, "%s starts no process of its own",
         tell_who(&who, run, proc));
    claim_ends(run, trace_find(run->trace, TRACE_BORN, first, 0), expected.s,
               "It started %d; the first was %s at %s", n,
               tell_who(&child, run, first),
               tell_time(&at, trace_born_at(run->trace, first)));
}

/* The first two that were not alive together: the later one comes first. */
static bool apart(const struct run *run, const int *procs, int n, int *later,
                  int *earlier)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < i; j++) {
            if (trace_overlap(run->trace, procs[i], procs[j]))
                continue;
            bool ordered = trace_find(run->trace, TRACE_BORN, procs[i], 0) >
                           trace_find(run->trace, TRACE_BORN, procs[j], 0);
            *later = ordered ? procs[i] : procs[j];
            *earlier = ordered ? procs[j] : procs[i];
            return true;
        }
    return false;
}

void claim_alive_together(const struct run *run, const int *procs, int n)
{
    struct text expected, late, early, born, end;
    int later, earlier;
    if (!apart(run, procs, n, &later, &earlier))
        return;
    tell(&expected, "All %d processes are alive at one moment", n);
    int64_t born_ns = trace_born_at(run->trace, later);
    int64_t end_ns = trace_end_of(run->trace, earlier).at_ns;
    claim_ends(run, trace_find(run->trace, TRACE_BORN, later, 0), expected.s,
               "At most %d at once: %s was started at %s, when %s had "
               "already ended (at %s)",
               trace_most_alive(run->trace, procs, n),
               tell_who(&late, run, later), tell_time(&born, born_ns),
               tell_who(&early, run, earlier), tell_time(&end, end_ns));
}

/* The last time that proc's name was set, or -1. */
static long last_naming(const struct run *run, int proc)
{
    long at = -1, next = trace_find(run->trace, TRACE_NAME, proc, 0);
    while (next >= 0) {
        at = next;
        next = trace_find(run->trace, TRACE_NAME, proc, (size_t)next + 1);
    }
    return at;
}

/* An exec names the process after the file, right behind its own event. */
static bool named_by_exec(const struct run *run, long event)
{
    const struct trace_event *e = &run->trace->events[event];
    return event > 0 && e[-1].kind == TRACE_EXEC && e[-1].proc == e->proc;
}

void claim_named_at_exit(const struct run *run, int proc, const char *name)
{
    const char *have = trace_name_at_exit(run->trace, proc);
    size_t len = strnlen(name, NAME_BYTES);
    struct text expected, who, want, full, got, place;
    if (strlen(have) == len && memcmp(have, name, len) == 0)
        return;
    tell(&expected, "%s is called %s when it ends",
         tell(&who, "process %s",
              trace_place(run->trace, proc, place.s, sizeof place.s)),
         tell_quoted(&want, name, len));
    if (name[len])
        tell_more(&expected, " (the first %d bytes of %s)", NAME_BYTES,
                  tell_quoted(&full, name, strlen(name)));
    tell_quoted(&got, have, strlen(have));
    long event = last_naming(run, proc);
    if (event < 0)
        claim_ends(run, trace_find(run->trace, TRACE_BORN, proc, 0), expected.s,
                   "It was called %s, as the process that started it: its "
                   "name was never set",
                   got.s);
    tell_time(&place, run->trace->events[event].t_ns);
    if (named_by_exec(run, event))
        claim_ends(run, event, expected.s,
                   "It was called %s, after its file: exec took away the name "
                   "that it had, at %s",
                   got.s, place.s);
    claim_ends(run, event, expected.s, "It was called %s, set at %s", got.s,
               place.s);
}

void claim_main_stays(const struct run *run, const char *expected)
{
    struct text file;
    long first = trace_find(run->trace, TRACE_EXEC, CLAIM_MAIN, 0);
    long event =
        trace_find(run->trace, TRACE_EXEC, CLAIM_MAIN, (size_t)first + 1);
    if (event < 0)
        return;
    const char *name = run->trace->events[event].text;
    claim_failed(run, event, expected,
                 "Main executed it itself: exec makes no new process, it puts "
                 "another program, here %s, into the one that calls it",
                 tell_quoted(&file, name, strlen(name)));
}
