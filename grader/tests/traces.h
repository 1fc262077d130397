/**
 * @file
 * Traces written by hand, one event a line, and some that several suites ask
 * about.
 */
#ifndef PROCLAB_TESTS_TRACES_H
#define PROCLAB_TESTS_TRACES_H

#include "trace/trace.h"

#define S INT64_C(1000000000)
#define ANY TRACE_NOBODY
#define LENGTH(array) ((int)(sizeof(array) / sizeof *(array)))

/** An event with its numbers, all else as unused. */
#define EVENT(at, what, who, whom, x, y)                                    \
    {.t_ns = (at), .kind = (what), .proc = (who), .other = (whom),          \
     .a = (x), .b = (y)}
/** An event with a text, a string literal that may hold NUL bytes. */
#define TEXT(at, what, who, x, y, bytes)                                    \
    {.t_ns = (at), .kind = (what), .proc = (who), .other = ANY,             \
     .a = (x), .b = (y), .text = (char *)(bytes), .len = sizeof(bytes) - 1}

#define START(pid)                                                          \
    EVENT(0, TRACE_BORN, 0, TRACE_OUTSIDE, TRACE_BY_START, pid)
#define FORK(at, parent, child, pid)                                        \
    EVENT(at, TRACE_BORN, child, parent, TRACE_BY_FORK, pid)
#define NAME(at, who, name) TEXT(at, TRACE_NAME, who, 0, 0, name)
#define BLOCK(at, who, wait, deadline, call)                                \
    TEXT(at, TRACE_BLOCK, who, wait, deadline, call)
#define RESUME(at, who, result)                                             \
    EVENT(at, TRACE_RESUME, who, ANY, result, 0)
#define EXITS(at, who, code)                                                \
    EVENT(at, TRACE_EXIT, who, ANY, code, 0)
#define KILLED(at, who, signal)                                             \
    EVENT(at, TRACE_EXIT, who, ANY, 0, signal)
#define REAPS(at, who, whom) EVENT(at, TRACE_REAP, who, whom, 0, 0)
#define WRITES(at, who, stream, bytes)                                      \
    TEXT(at, TRACE_WRITE, who, stream, 0, bytes)

/** Facts at a scenario's look; `what` is a struct trace_facts. */
#define LOOKS(at, who, what)                                                \
    {.t_ns = (at), .kind = TRACE_FACTS, .proc = (who), .other = ANY,         \
     .a = TRACE_AT_STEP, .facts = &(what)}

/** A trace of such events. */
#define TRACE_OF(how, until, list)                                          \
    {.outcome = (how), .exact = true, .honest_clock = true,                 \
     .end_ns = (until), .n_events = sizeof(list) / sizeof *(list),          \
     .events = (list)}

extern const struct trace trace_empty;
/** main sleeps in no call but waits for File1, File2, File3 (1, 2, 3 s). */
extern const struct trace trace_three_sleepers;
/** A download is stopped, continued and killed; its parent says so. */
extern const struct trace trace_killed_download;
/** One child is never reaped, a grandchild is left to init. */
extern const struct trace trace_zombie;
/** Two processes that each read from the other. */
extern const struct trace trace_deadlock;
/** 40 children, one a minute; takes an hour. */
extern const struct trace trace_forty;
/** Forks and waits, but never lets time pass. */
extern const struct trace trace_instant;
/** At 1 s main, its child 1 with a pipe between them, and 1's child 2, a daemon
 * that keeps all bytes of /etc, were looked at; the daemon again at 2 s. */
extern const struct trace trace_facts_of_three;
/** 0 has 1 and 3, 1 has 2; 3 gets the pid that 1 had.  Times are 0 ... 4. */
extern const struct trace trace_family;

#endif
