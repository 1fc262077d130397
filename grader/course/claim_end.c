/* Claims about how and when processes end, and who reaps them. */

#include "course/claim.h"
#include "course/tell.h"

static const int64_t ns_per_ms = 1000000;

/* ", sent by main" for the signal that killed proc; a zombie can be sent more.
 */
static void tell_killer(struct text *text, const struct run *run, int proc)
{
    struct trace_end end = trace_end_of(run->trace, proc);
    struct text who;
    tell(text, "%s", "");
    for (long i = 0; end.signal && i < exit_of(run, proc); i++) {
        const struct trace_event *e = &run->trace->events[i];
        if (e->kind == TRACE_SIGNAL && e->other == proc && e->a == end.signal &&
            e->b == 0)
            tell(text, ", sent by %s", tell_who(&who, run, e->proc));
    }
}

void claim_exits(const struct run *run, int proc, int code)
{
    struct trace_end end = trace_end_of(run->trace, proc);
    struct text expected, who, seen, killer;
    if (end.ended && end.signal == 0 && end.code == code)
        return;
    tell_killer(&killer, run, proc);
    claim_ends(run, exit_of(run, proc),
               tell(&expected, "%s ends with exit code %d",
                    tell_who(&who, run, proc), code),
               "%s%s", tell_end(&seen, run, proc), killer.s);
}

void claim_killed_by(const struct run *run, int proc, int signal)
{
    struct trace_end end = trace_end_of(run->trace, proc);
    struct text expected, who, name, seen, killer;
    if (end.ended && end.signal == signal)
        return;
    tell_killer(&killer, run, proc);
    claim_ends(run, exit_of(run, proc),
               tell(&expected, "%s is killed by %s", tell_who(&who, run, proc),
                    tell_signal(&name, signal)),
               "%s%s", tell_end(&seen, run, proc), killer.s);
}

void claim_ends_at(const struct run *run, int proc, long ms)
{
    struct trace_end end = trace_end_of(run->trace, proc);
    struct text expected, who, at, seen;
    if (end.ended && is_on_time(end.at_ns, ms))
        return;
    claim_ends(run, exit_of(run, proc),
               tell(&expected, "%s ends at %s", tell_who(&who, run, proc),
                    tell_time(&at, ms * ns_per_ms)),
               "%s", tell_end(&seen, run, proc));
}

/* "main ended at 2.000 s". */
static void tell_main_end(struct text *text, const struct run *run)
{
    struct trace_end end = trace_end_of(run->trace, CLAIM_MAIN);
    struct text at;
    if (end.ended)
        tell(text, "main ended at %s", tell_time(&at, end.at_ns));
    else
        tell(text, "main never ended");
}

/* Compares the order of events, not times, which are often equal. */
static bool ended_first(const struct run *run, int proc, int other)
{
    long mine = exit_of(run, proc), others = exit_of(run, other);
    return mine >= 0 && (others < 0 || mine < others);
}

void claim_ended_before_main(const struct run *run, int proc)
{
    struct text expected, who, seen, main_end;
    if (ended_first(run, proc, CLAIM_MAIN))
        return;
    tell_main_end(&main_end, run);
    bool ended = exit_of(run, CLAIM_MAIN) >= 0;
    claim_ends(run, exit_of(run, CLAIM_MAIN),
               tell(&expected, "%s has ended before main ends",
                    tell_who(&who, run, proc)),
               "%s%s; %s", main_end.s,
               ended ? " without having waited for it" : "",
               tell_end(&seen, run, proc));
}

void claim_ends_with_main(const struct run *run, int proc)
{
    struct trace_end end = trace_end_of(run->trace, proc);
    struct trace_end main_end = trace_end_of(run->trace, CLAIM_MAIN);
    struct text expected, who, seen, main_seen, killer;
    int64_t apart = end.at_ns - main_end.at_ns;
    if (end.ended && main_end.ended && apart > -20 * ns_per_ms &&
        apart < 20 * ns_per_ms)
        return;
    tell_main_end(&main_seen, run);
    tell_killer(&killer, run, proc);
    claim_ends(run, exit_of(run, end.ended ? proc : CLAIM_MAIN),
               tell(&expected, "%s ends together with main",
                    tell_who(&who, run, proc)),
               "%s%s, but %s", tell_end(&seen, run, proc), killer.s,
               main_seen.s);
}

void claim_outlives_main(const struct run *run, int proc)
{
    struct trace_end end = trace_end_of(run->trace, proc);
    struct text expected, who, seen, main_end, killer;
    if (end.ended && end.signal == 0 && ended_first(run, CLAIM_MAIN, proc))
        return;
    tell_main_end(&main_end, run);
    tell_killer(&killer, run, proc);
    claim_ends(run, exit_of(run, proc),
               tell(&expected, "%s goes on after main and ends by itself",
                    tell_who(&who, run, proc)),
               "%s%s; %s", tell_end(&seen, run, proc), killer.s, main_end.s);
}

void claim_nobody_outlives_main(const struct run *run, const char *expected)
{
    struct trace_end main_end = trace_end_of(run->trace, CLAIM_MAIN);
    struct text at, who;
    for (int proc = 1; proc < trace_processes(run->trace); proc++) {
        struct trace_end end = trace_end_of(run->trace, proc);
        if (main_end.ended &&
            (!end.ended || end.at_ns > main_end.at_ns + 20 * ns_per_ms))
            claim_ends(run, exit_of(run, CLAIM_MAIN), expected,
                       "Main ended at %s, and %s lived on",
                       tell_time(&at, main_end.at_ns),
                       tell_who(&who, run, proc));
    }
}

void claim_reaped_by(const struct run *run, int proc, int by)
{
    struct text expected, child, parent, seen, reaper_name, at;
    int reaper = trace_reaper(run->trace, proc);
    if (reaper == by)
        return;
    tell(&expected, "%s waits for %s", tell_who(&parent, run, by),
         tell_who(&child, run, proc));
    if (reaper == TRACE_NOBODY)
        claim_ends(run, exit_of(run, by), expected.s,
                   "Nobody waited for it: %s", tell_end(&seen, run, proc));
    tell_time(&at, trace_reaped_at(run->trace, proc));
    if (reaper == TRACE_OUTSIDE && by >= 0)
        claim_ends(run, exit_of(run, by), expected.s,
                   "%s ended without having done so; init, which inherited "
                   "%s, did at %s",
                   parent.s, child.s, at.s);
    claim_ends(run, exit_of(run, by), expected.s, "It was reaped by %s at %s%s",
               tell_who(&reaper_name, run, reaper), at.s,
               reaper == TRACE_KERNEL ? ", as SIGCHLD is ignored" : "");
}

/* Whether main, or the kernel in its place, reaped the child in main's time.*/
static bool was_reaped(const struct run *run, int child, long main_exit)
{
    for (size_t i = 0; i < run->trace->n_events; i++) {
        const struct trace_event *e = &run->trace->events[i];
        if (main_exit >= 0 && (long)i > main_exit)
            return false;
        if (e->kind == TRACE_REAP && e->other == child)
            return e->proc == CLAIM_MAIN || e->proc == TRACE_KERNEL;
    }
    return false;
}

void claim_no_zombies(const struct run *run)
{
    static const char expected[] =
        "Main has waited for every one of its children when it ends";
    struct text who, seen, main_end;
    long main_exit = exit_of(run, CLAIM_MAIN);
    int n = trace_children(run->trace, CLAIM_MAIN), left = 0, first = 0;
    for (int i = n - 1; i >= 0; i--) {
        int child = trace_child(run->trace, CLAIM_MAIN, i);
        if (was_reaped(run, child, main_exit))
            continue;
        left++;
        first = child;
    }
    if (left == 0)
        return;
    tell_main_end(&main_end, run);
    bool alive = !ended_first(run, first, CLAIM_MAIN);
    claim_ends(run, main_exit, expected,
               "%s without having waited for %d of its %d; the first is %s: "
               "%s%s",
               main_end.s, left, n, tell_who(&who, run, first),
               alive ? "it was still alive then, " : "",
               tell_end(&seen, run, first));
}

void claim_removes_file(const struct run *run, int proc, const char *what,
                        const char *file)
{
    struct text expected, who, seen, other, at;
    if (trace_removal(run->trace, proc, file) >= 0)
        return;
    tell(&expected, "%s removes its %s %s before it ends",
         tell_who(&who, run, proc), what, file);
    long event = trace_removal(run->trace, TRACE_NOBODY, file);
    if (event >= 0) {
        const struct trace_event *e = &run->trace->events[event];
        claim_ends(run, event, expected.s, "%s did so, at %s",
                   tell_who(&other, run, e->proc), tell_time(&at, e->t_ns));
    }
    claim_ends(run, exit_of(run, proc), expected.s,
               "%s, and left the file behind or never had it",
               tell_end(&seen, run, proc));
}

void claim_all_ended(const struct run *run, const int *but, int n,
                     const char *expected)
{
    for (int proc = 1; proc < trace_processes(run->trace); proc++) {
        bool may_stay = trace_end_of(run->trace, proc).ended;
        for (int i = 0; i < n; i++)
            may_stay |= but[i] == proc;
        if (!may_stay)
            claim_failed(run, trace_find(run->trace, TRACE_BORN, proc, 0),
                         expected, "This process was still there at the end");
    }
}
