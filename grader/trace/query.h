/**
 * @file
 * Pure questions about a trace.  Nothing here allocates what a caller must
 * free, prints, or does I/O; a trace written by hand does as well as one of
 * the observer's.
 *
 * "never" is -1 wherever a time in ns or an event's index is returned.
 */
#ifndef PROCLAB_TRACE_QUERY_H
#define PROCLAB_TRACE_QUERY_H

#include "trace/trace.h"

/** How a process ended. */
struct trace_end {
    bool ended;     /**< false: still there when the run was over */
    int code;       /**< exit code; 0 when killed */
    int signal;     /**< killing signal, or 0 */
    int64_t at_ns;
};

/** Number of processes ever born; they are numbered 0 ... n - 1. */
int trace_processes(const struct trace *trace);

/** Parent at birth (not after adoption), or TRACE_OUTSIDE. */
int trace_parent(const struct trace *trace, int proc);

/** The nth child (from 0, in the order of birth), or TRACE_NOBODY. */
int trace_child(const struct trace *trace, int proc, int nth);
/** How many children it has started. */
int trace_children(const struct trace *trace, int proc);

/** Whether proc was born of ancestor, at any depth. */
bool trace_descends(const struct trace *trace, int proc, int ancestor);

/** Place in the tree, "1.2.1".  Writes at most size bytes. @return buffer */
const char *trace_place(const struct trace *trace, int proc, char *buffer,
                        size_t size);

/** The process's pid as the program saw it, or -1. */
int trace_pid(const struct trace *trace, int proc);
/** The process with this pid at this event, or TRACE_NOBODY.  A zombie keeps
 * its pid; the event that reaps it is the last one with it. */
int trace_by_pid(const struct trace *trace, int pid, size_t at_event);

/** When it was born. */
int64_t trace_born_at(const struct trace *trace, int proc);
/** How and when it ended. */
struct trace_end trace_end_of(const struct trace *trace, int proc);
/** When it was reaped. */
int64_t trace_reaped_at(const struct trace *trace, int proc);
/** By whom it was reaped; TRACE_NOBODY: never; may be TRACE_OUTSIDE. */
int trace_reaper(const struct trace *trace, int proc);

/** Alive: born and not yet ended (a zombie is not alive), judged by the order
 * of events, with times only for people. */
bool trace_alive_at_event(const struct trace *trace, int proc, size_t event);
/** Whether there was a moment at which both were alive. */
bool trace_overlap(const struct trace *trace, int a, int b);
/** The largest number of these processes alive at one moment. */
int trace_most_alive(const struct trace *trace, const int *procs, int n);

/** The name (comm) of the leader at an event; "" if unknown. The
 * pointer stays valid as long as the trace. */
const char *trace_name_at(const struct trace *trace, int proc, size_t event);
/** The same at its exit. */
const char *trace_name_at_exit(const struct trace *trace, int proc);
/** A label for people: the name at exit where it tells processes apart, with
 * the place: "File2 (1.2)"; "process 1.2" where the name is the parent's.
 * Always valid UTF-8 without control characters. Writes at most size bytes.
 * @return buffer */
const char *trace_label(const struct trace *trace, int proc, char *buffer,
                        size_t size);

/** Index of the first event of a kind by a process at or after `from`;
 * proc TRACE_NOBODY: by anyone. -1: none. */
long trace_find(const struct trace *trace, enum trace_kind kind, int proc,
                size_t from);

/** Index of the first event by which proc removed a file of this name, by
 * whichever path, or -1; proc TRACE_NOBODY: anyone. */
long trace_removal(const struct trace *trace, int proc, const char *file);

/** Index of the last TRACE_FACTS by which the scenario looked at proc, or
 * -1. */
long trace_last_look(const struct trace *trace, int proc);
/** The descriptor of this number, or NULL. */
const struct trace_descriptor *
trace_descriptor(const struct trace_facts *facts, int number);

/** A line of output as it reached stdout or stderr. */
struct trace_line {
    int proc;         /**< who wrote its first byte */
    int stream;       /**< 1 stdout, 2 stderr */
    int64_t at_ns;    /**< when its last byte was written */
    size_t event;     /**< the event of its last byte */
    bool ended;       /**< by a newline */
    bool shared;      /**< several processes wrote parts of it */
    size_t len;       /**< bytes in text, without the newline */
    const char *text; /**< NUL-terminated copy, owned by the line list */
};

/** The lines that a program wrote; the one structure here to be freed. */
struct trace_lines {
    size_t n;
    struct trace_line *line;
};

/**
 * Splits the output of a stream into lines, in the order in which bytes
 * reached it.
 * @param stream 1, 2 or 0 for both (each stream's lines stay whole)
 * @param proc only bytes by this process, or TRACE_NOBODY for everyone's
 * @return 0 or -ENOMEM
 */
int trace_lines_of(const struct trace *trace, int stream, int proc,
                   struct trace_lines *out);
/** Frees what trace_lines_of() has made. */
void trace_lines_free(struct trace_lines *lines);

#endif
