/* How a process and a run ended, in words. */

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "trace/query.h"
#include "trace/text.h"
#include "trace/timeline_parts.h"

static const char *const sentences[] = {
    [TRACE_ENDED] = "Ended: no process was left.",
    [TRACE_LEFT_WAITING] = "Ended by force: main was over, but processes "
                           "were still there; they were killed.",
    [TRACE_DEADLOCK] = "Deadlock: everyone waited, and nothing was left that "
                       "could wake anyone.",
    [TRACE_LIMIT_CPU] = "Ended by force: more CPU time than allowed.",
    [TRACE_LIMIT_OUTPUT] = "Ended by force: more output than allowed.",
    [TRACE_LIMIT_PROCESSES] = "Ended by force: more processes at a time than "
                              "allowed.",
    [TRACE_LIMIT_MEMORY] = "Ended by force: more memory than allowed.",
    [TRACE_LIMIT_TIME] = "Ended by force: more virtual time than allowed.",
    [TRACE_LIMIT_EVENTS] = "Ended by force: more events (system calls, "
                           "signals) than allowed.",
    [TRACE_LIMIT_WALL] = "Ended by force: real time ran out.",
};

const char *timeline_outcome(enum trace_outcome outcome)
{
    size_t i = (size_t)outcome;
    if (i >= sizeof sentences / sizeof *sentences)
        return "How the run ended is not known.";
    return sentences[i];
}

void timeline_signal(int signal, char *buffer, size_t size)
{
    const char *name = sigabbrev_np(signal);
    if (name)
        snprintf(buffer, size, "SIG%s", name);
    else if (signal >= SIGRTMIN && signal <= SIGRTMAX)
        snprintf(buffer, size, "SIGRTMIN+%d", signal - SIGRTMIN);
    else
        snprintf(buffer, size, "signal %d", signal);
}

/* Adopted from outside: then its new parent reaps it, seen or not. */
static bool left_to_others(const struct trace *trace, int proc)
{
    for (size_t i = 0; i < trace->n_events; i++) {
        const struct trace_event *e = &trace->events[i];
        if (e->kind == TRACE_ORPHAN && e->proc == proc && e->other < 0)
            return true;
    }
    return false;
}

bool timeline_is_zombie(const struct trace *trace, int proc)
{
    return trace_end_of(trace, proc).ended &&
           trace_reaper(trace, proc) == TRACE_NOBODY &&
           trace_parent(trace, proc) >= 0 && !left_to_others(trace, proc);
}

/* The call that a process did not come back from, or NULL. */
static const char *last_call(const struct trace *trace, int proc)
{
    const char *call = NULL;
    for (size_t i = 0; i < trace->n_events; i++) {
        const struct trace_event *e = &trace->events[i];
        if (e->proc != proc || e->thread != 0)
            continue;
        if (e->kind == TRACE_BLOCK)
            call = e->text;
        if (e->kind == TRACE_RESUME || e->kind == TRACE_EXEC)
            call = NULL;
    }
    return call;
}

static void say_still(const struct trace *trace, int proc, bool brief,
                      char *buffer, size_t size)
{
    char call[64];
    const char *raw = brief ? NULL : last_call(trace, proc);
    if (raw)
        snprintf(buffer, size, "still in %s",
                 text_clean(raw, call, sizeof call, false));
    else
        snprintf(buffer, size, "still there");
}

static void say_cause(struct trace_end end, bool brief, char *buffer,
                      size_t size)
{
    char signal[32];
    if (end.signal != 0) {
        timeline_signal(end.signal, signal, sizeof signal);
        snprintf(buffer, size, "%s%s", brief ? "" : "killed by ", signal);
    } else {
        snprintf(buffer, size, "exit %d", end.code);
    }
}

void timeline_end(const struct trace *trace, int proc, bool brief, char *buffer,
                  size_t size)
{
    struct trace_end end = trace_end_of(trace, proc);
    char cause[48];
    say_cause(end, brief, cause, sizeof cause);
    if (!end.ended)
        say_still(trace, proc, brief, buffer, size);
    else if (!timeline_is_zombie(trace, proc))
        snprintf(buffer, size, "%s", cause);
    else if (brief)
        snprintf(buffer, size, "zombie");
    else
        snprintf(buffer, size, "%s, never reaped", cause);
}

void timeline_title(const struct trace *trace, int64_t length_ns, bool unicode,
                    char *buffer, size_t size)
{
    char name[64] = "", time[48];
    int n = trace_processes(trace);
    if (n > 0)
        text_clean(trace_name_at_exit(trace, 0), name, sizeof name, unicode);
    timeline_time(length_ns, unicode, time, sizeof time);
    snprintf(buffer, size, "%s%s%d process%s, %s", name, name[0] ? ": " : "", n,
             n == 1 ? "" : "es", time);
}
