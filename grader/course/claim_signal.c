/* Claims about who sent which signal to whom. */

#include <string.h>

#include "course/claim.h"
#include "course/tell.h"

/* Any sender, receiver or signal. */
enum { ANY = -100 };

static bool fits(int want, int64_t have)
{
    return want == ANY || want == have;
}

/* Signal 0 only asks whether somebody is there: it does not count. */
static long find_sent(const struct run *run, int from, int to, int signal,
                      bool success)
{
    for (size_t i = 0; i < run->trace->n_events; i++) {
        const struct trace_event *e = &run->trace->events[i];
        if (e->kind == TRACE_SIGNAL && e->a != 0 && fits(from, e->proc) &&
            fits(to, e->other) && fits(signal, e->a) && (e->b == 0) == success)
            return (long)i;
    }
    return -1;
}

/* "main sent SIGKILL to File2 (1.2) at 2.000 s". */
static const char *tell_sent(struct text *text, const struct run *run,
                             long event)
{
    const struct trace_event *e = &run->trace->events[event];
    struct text from, to, signal, at;
    return tell(text, "%s sent %s to %s at %s", tell_who(&from, run, e->proc),
                tell_signal(&signal, (int)e->a), tell_who(&to, run, e->other),
                tell_time(&at, e->t_ns));
}

/* What comes nearest to the signal that was not sent. */
static long nearest_sent(const struct run *run, int from, int to, int signal)
{
    long event = find_sent(run, from, to, ANY, true);
    if (event < 0)
        event = find_sent(run, from, ANY, signal, true);
    if (event < 0)
        event = find_sent(run, ANY, to, signal, true);
    if (event < 0)
        event = find_sent(run, from, ANY, ANY, true);
    return event;
}

static _Noreturn void fail_refused(const struct run *run, long event,
                                   const char *expected)
{
    const struct trace_event *e = &run->trace->events[event];
    struct text at;
    const char *name = strerrorname_np((int)-e->b);
    claim_ends(run, event, expected, "The signal at %s failed with %s",
               tell_time(&at, e->t_ns), name ? name : "an error");
}

void claim_sent(const struct run *run, int from, int to, int signal)
{
    struct text expected, sender, receiver, name, seen;
    if (find_sent(run, from, to, signal, true) >= 0)
        return;
    tell(&expected, "%s sends %s to %s", tell_who(&sender, run, from),
         tell_signal(&name, signal), tell_who(&receiver, run, to));
    long refused = find_sent(run, from, to, signal, false);
    if (refused >= 0)
        fail_refused(run, refused, expected.s);
    long event = nearest_sent(run, from, to, signal);
    if (event >= 0)
        claim_ends(run, event, expected.s, "%s", tell_sent(&seen, run, event));
    claim_ends(run, -1, expected.s, "%s sent no signal at all", sender.s);
}

void claim_sent_at(const struct run *run, int from, int to, int signal, long ms)
{
    struct text expected, sender, receiver, name, at;
    claim_sent(run, from, to, signal);
    long event = find_sent(run, from, to, signal, true);
    int64_t ns = run->trace->events[event].t_ns;
    if (is_on_time(ns, ms))
        return;
    tell(&expected, "%s sends %s to %s at %s", tell_who(&sender, run, from),
         tell_signal(&name, signal), tell_who(&receiver, run, to),
         tell_time(&at, ms * INT64_C(1000000)));
    claim_ends(run, event, expected.s, "It did so at %s", tell_time(&at, ns));
}

void claim_never_signalled(const struct run *run, int proc)
{
    struct text expected, who, seen;
    for (size_t i = 0; i < run->trace->n_events; i++) {
        const struct trace_event *e = &run->trace->events[i];
        if (e->kind != TRACE_SIGNAL || e->a == 0 || e->b != 0 ||
            e->other != proc || e->proc < 0)
            continue;
        claim_ends(run, (long)i,
                   tell(&expected, "No process sends a signal to %s",
                        tell_who(&who, run, proc)),
                   "%s", tell_sent(&seen, run, (long)i));
    }
}

/* `from` tried to send it, which is what must not be. */
static _Noreturn void fail_tried(const struct run *run, long event,
                                 const char *expected)
{
    const struct trace_event *e = &run->trace->events[event];
    const char *error = e->b < 0 ? strerrorname_np((int)-e->b) : NULL;
    struct text seen, from, at, to;
    if (!e->text)
        claim_ends(run, event, expected, "%s", tell_sent(&seen, run, event));
    tell(&seen, "%s called %.*s at %s", tell_who(&from, run, e->proc),
         (int)e->len, e->text, tell_time(&at, e->t_ns));
    if (error)
        tell_more(&seen, "; it failed with %s", error);
    else if (e->other != TRACE_NOBODY)
        tell_more(&seen, "; it went to %s", tell_who(&to, run, e->other));
    claim_ends(run, event, expected, "%s", seen.s);
}

void claim_sends_at_most(const struct run *run, int from, int to, int signal,
                         int n, const char *expected)
{
    for (size_t i = 0; i < run->trace->n_events; i++) {
        const struct trace_event *e = &run->trace->events[i];
        if (e->kind == TRACE_SIGNAL && e->proc == from && e->a != 0 &&
            (to == TRACE_NOBODY || e->other == to) &&
            (signal == 0 || e->a == signal) && n-- == 0)
            fail_tried(run, (long)i, expected);
    }
}

void claim_sends_none_after(const struct run *run, int from, long event,
                            const char *expected)
{
    for (size_t i = (size_t)event; event >= 0 && i < run->trace->n_events;
         i++) {
        const struct trace_event *e = &run->trace->events[i];
        if (e->kind == TRACE_SIGNAL && e->proc == from && e->a != 0)
            fail_tried(run, (long)i, expected);
    }
}

static bool begins(const struct trace_event *e, const char *words)
{
    size_t len = strlen(words);
    return e->text && e->len >= len && memcmp(e->text, words, len) == 0;
}

void claim_signals_stay_inside(const struct run *run)
{
    static const char expected[] =
        "Signals go only to processes that the program started";
    struct text who, at, call, seen;
    for (size_t i = 0; i < run->trace->n_events; i++) {
        const struct trace_event *e = &run->trace->events[i];
        if (e->kind != TRACE_SIGNAL || e->a == 0 || e->proc < 0)
            continue;
        if (begins(e, "kill(-1,"))
            claim_ends(run, (long)i, expected,
                       "%s signalled all processes at once, with %s, at %s",
                       tell_who(&who, run, e->proc),
                       tell(&call, "%.*s", (int)e->len, e->text),
                       tell_time(&at, e->t_ns));
        if (e->other == TRACE_OUTSIDE)
            claim_ends(run, (long)i, expected, "%s",
                       tell_sent(&seen, run, (long)i));
    }
}
