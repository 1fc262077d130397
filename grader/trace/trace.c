#include "trace/trace.h"

#include <stdlib.h>

static const char *const kind_names[TRACE_KINDS] = {
    [TRACE_BORN] = "born",
    [TRACE_THREAD] = "thread",
    [TRACE_THREAD_EXIT] = "thread-exit",
    [TRACE_EXEC] = "exec",
    [TRACE_EXEC_FAILED] = "exec-failed",
    [TRACE_NAME] = "name",
    [TRACE_BLOCK] = "block",
    [TRACE_RESUME] = "resume",
    [TRACE_STOP] = "stop",
    [TRACE_CONTINUE] = "continue",
    [TRACE_SIGNAL] = "signal",
    [TRACE_DELIVER] = "deliver",
    [TRACE_HANDLER] = "handler",
    [TRACE_EXIT] = "exit",
    [TRACE_REAP] = "reap",
    [TRACE_ORPHAN] = "orphan",
    [TRACE_WRITE] = "write",
    [TRACE_READ] = "read",
    [TRACE_INPUT] = "input",
    [TRACE_GROUP] = "group",
    [TRACE_SESSION] = "session",
    [TRACE_CALL] = "call",
    [TRACE_FACTS] = "facts",
    [TRACE_FAULT] = "fault",
};

static const char *const outcome_names[] = {
    [TRACE_ENDED] = "ended",
    [TRACE_LEFT_WAITING] = "processes left over",
    [TRACE_DEADLOCK] = "deadlock",
    [TRACE_LIMIT_CPU] = "too much CPU time",
    [TRACE_LIMIT_OUTPUT] = "too much output",
    [TRACE_LIMIT_PROCESSES] = "too many processes",
    [TRACE_LIMIT_MEMORY] = "too much memory",
    [TRACE_LIMIT_TIME] = "too much virtual time",
    [TRACE_LIMIT_EVENTS] = "too many events",
    [TRACE_LIMIT_WALL] = "too much real time",
};

void trace_facts_free(struct trace_facts *facts)
{
    if (!facts)
        return;
    for (size_t i = 0; i < facts->n_descriptors; i++)
        free(facts->descriptors[i].path);
    free(facts->descriptors);
    free(facts->cwd);
    free(facts->command);
    free(facts->root);
    free(facts);
}

void trace_free(struct trace *trace)
{
    if (!trace)
        return;
    for (size_t i = 0; i < trace->n_events; i++) {
        free(trace->events[i].text);
        trace_facts_free(trace->events[i].facts);
    }
    free(trace->events);
    free(trace->decisions);
    free(trace);
}

const char *trace_kind_name(enum trace_kind kind)
{
    size_t i = (size_t)kind;
    return i < TRACE_KINDS ? kind_names[i] : "unknown";
}

const char *trace_outcome_name(enum trace_outcome outcome)
{
    size_t i = (size_t)outcome;
    size_t n = sizeof outcome_names / sizeof *outcome_names;
    return i < n ? outcome_names[i] : "unknown";
}
