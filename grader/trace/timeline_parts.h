/**
 * @file
 * The parts that pictures of a trace are made of, for the files that draw them
 * and their tests.
 */
#ifndef PROCLAB_TRACE_TIMELINE_PARTS_H
#define PROCLAB_TRACE_TIMELINE_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trace/trace.h"

/** What a cell of a lane shows; states first, marks after them. */
enum glyph {
    GLYPH_NONE,
    GLYPH_RUNNING,
    GLYPH_SLEEPING,
    GLYPH_AWAITS_CHILD, /**< text shows it as GLYPH_WAITING */
    GLYPH_WAITING,
    GLYPH_STOPPED,
    GLYPH_ZOMBIE,
    GLYPH_BORN,
    GLYPH_SIGNAL,
    GLYPH_REAPS,
    GLYPH_FAULT,
    GLYPH_EXITED,
    GLYPH_KILLED,
    GLYPH_STILL,
    GLYPHS,
    GLYPH_STATES = GLYPH_BORN
};

/** Who is told of a process's life, in the order of its events; an event of
 * n_events is the end of the run. */
struct life {
    void *to; /**< the first argument of both */
    /** It was in this state from one event to another. */
    void (*span)(void *to, enum glyph state, size_t from, size_t until);
    /** Something happened to it. */
    void (*mark)(void *to, enum glyph mark, size_t event);
};

/** Walks along the life of a process. @return 0 or -ENOMEM */
int timeline_walk(const struct trace *trace, int proc, const struct life *life);

/** Whether a delivered signal had an effect that people want to see. */
bool timeline_noticed(const struct trace_event *e);

/** The event by which the signal sent at `sent`, or an equal one, was delivered;
 * n_events: none. */
size_t timeline_delivery(const struct trace *trace, size_t sent);

/** Positions across: virtual time, or the order of events where a run took
 * no virtual time at all. */
struct scale {
    bool by_event;
    int64_t total; /**< the last position, at least 0 */
    int columns;   /**< at least 1 */
    const double *at; /**< where each event and the end lie, in columns, where
                           it is not by a rule of proportion; or NULL */
};

/** Virtual time that a run took, at least 0. */
int64_t timeline_length(const struct trace *trace);
struct scale scale_of(const struct trace *trace, int columns);

/** Where an event lies, in columns from 0 to columns - 1; n_events: the end. */
double scale_event(const struct scale *scale, const struct trace *trace,
                   size_t event);

/** A label of the axis: "2 s", or "20" by events; size at least 32. */
void scale_label(const struct scale *scale, int64_t position, bool unicode,
                 char *buffer, size_t size);
/** The distance between two labels: round, and wide enough for them. */
int64_t scale_step(const struct scale *scale);
/** The column of a position. */
int scale_column(const struct scale *scale, int64_t position);

/** A time for people: "5 ms", "1.5 s", "1 h 30 min"; size at least 48. */
void timeline_time(int64_t t_ns, bool unicode, char *buffer, size_t size);

/** Fills a lane's cells (scale->columns of them, enum glyph).
 * @return 0 or -ENOMEM */
int timeline_lane(const struct trace *trace, const struct scale *scale,
                  int proc, unsigned char *cells);
/** The same without marks: states alone. */
int timeline_states(const struct trace *trace, const struct scale *scale,
                    int proc, unsigned char *cells);

/** Whether a process that ended stayed a zombie until the end of the run. */
bool timeline_is_zombie(const struct trace *trace, int proc);

/** How a process ended, for the column at the right, shorter where `brief`;
 * size at least 80. */
void timeline_end(const struct trace *trace, int proc, bool brief, char *buffer,
                  size_t size);
/** "downloads: 6 processes, 4 s"; size at least 160. */
void timeline_title(const struct trace *trace, int64_t length_ns, bool unicode,
                    char *buffer, size_t size);
/** The name of a signal: "SIGTERM"; size at least 32. */
void timeline_signal(int signal, char *buffer, size_t size);
/** How the run ended, a whole sentence. */
const char *timeline_outcome(enum trace_outcome outcome);

/**
 * The processes in the order of the tree, each before its children.
 * @param[out] order,depth arrays of trace_processes() numbers each
 * @return how many were written, or -ENOMEM
 */
int timeline_order(const struct trace *trace, int *order, int *depth);

#endif
