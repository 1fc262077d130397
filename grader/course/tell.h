/**
 * @file
 * How claims talk: pieces of sentences in buffers on the stack.
 */
#ifndef PROCLAB_COURSE_TELL_H
#define PROCLAB_COURSE_TELL_H

#include "course/course.h"

/** A piece of text; what does not fit is cut. */
struct text {
    char s[1024];
};

/** Formats into a text. @return its string */
const char *tell(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/** Appends to a text. @return its string */
const char *tell_more(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** "main", "File2 (1.2)", "process 1.2", "the kernel", ... */
const char *tell_who(struct text *text, const struct run *run, int proc);

/** "2.000 s". */
const char *tell_time(struct text *text, int64_t ns);

/** Bytes of a program in quotes; what cannot be read on any terminal stands
 * as in C (`\t`, `\x1b`), more than 100 columns are cut. */
const char *tell_quoted(struct text *text, const char *bytes, size_t len);

/** "SIGTERM", or "signal 40". */
const char *tell_signal(struct text *text, int signal);

/** "exit code 3" or "killed by SIGTERM", with the time, or "never ended". */
const char *tell_end(struct text *text, const struct run *run, int proc);

/** What a TRACE_BLOCK says: "waits for File2 (1.2) in waitpid()". */
const char *tell_wait(struct text *text, const struct run *run,
                      const struct trace_event *block);

/** The TRACE_BLOCK by which any of proc's threads began to wait last and still
 * does, or -1. */
long tell_last_wait(const struct run *run, int proc);

/** The source line of an event: "downloads.c:57", or "".  The end of a program
 * that returns from main() is at the last call that it made before. */
const char *tell_line(struct text *text, const struct run *run, long event);

/** "waits for a signal in pause() since 2.000 s", or "runs". */
const char *tell_waiting(struct text *text, const struct run *run, int proc);

/** What claim_comes_to_an_end() expects. */
#define CLAIM_TO_END "The program comes to its end by itself"

/** The claim does not hold; points at the source line of an event (-1: none).
 * Nothing is added to the sentences but why the run was stopped, if it was. */
_Noreturn void claim_ends(const struct run *run, long event,
                          const char *expected, const char *seen, ...)
    __attribute__((format(printf, 4, 5)));

/** Index of the event that ended proc, or -1. */
long exit_of(const struct run *run, int proc);
/** Index of the event by which proc was reaped, or -1. */
long reap_of(const struct run *run, int proc);

/** Whether the time is what was expected: less than 20 ms after it, at most
 * 1 us before. */
bool is_on_time(int64_t ns, long expected_ms);

#endif
