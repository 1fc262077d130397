/**
 * @file
 * The vocabulary of claims: what a check says about a run.
 *
 * Each claim returns when it holds.  When it does not, it ends the check (it
 * does not return) with a message of its own making: what was expected, what
 * was seen (process, virtual time, source line where known), and leaves "what
 * to do" to the check's hint.  Claims are called inside a Check test only.
 *
 * Times are ms of virtual time.  They are compared to the millisecond, with
 * 20 ms to spare above (not below) what is expected, as reading the clock
 * costs some.  Lines are compared without leading and trailing blanks.
 */
#ifndef PROCLAB_COURSE_CLAIM_H
#define PROCLAB_COURSE_CLAIM_H

#include "course/course.h"

/** The process that everything begins with. */
enum { CLAIM_MAIN = 0 };

/**
 * Fails the check with a message.  Use it only where no other claim fits.
 * @param event index of the event to point at (its process, virtual time and
 *        source line are added), or -1
 * @param expected, seen whole sentences without the final stop; `seen` is a
 *        printf format
 */
_Noreturn void claim_failed(const struct run *run, long event,
                            const char *expected, const char *seen, ...)
    __attribute__((format(printf, 4, 5)));

/* --- how the run as a whole went ------------------------------------- */

/** No deadlock, no limit hit; the program came to its end by itself. */
void claim_comes_to_an_end(const struct run *run);
/** From start to main's end it took so long. */
void claim_makespan(const struct run *run, long ms);

/* --- processes -------------------------------------------------------- */

/** Main started exactly n processes itself (children of children do not
 * count). */
void claim_children_of_main(const struct run *run, int n);
/** No process but main and its children was ever there. */
void claim_no_grandchildren(const struct run *run);
/** The process that wrote this line on stdout; fails if nobody did, or more
 * than once.  @param line a printf format */
int claim_writer_of(const struct run *run, const char *line, ...)
    __attribute__((format(printf, 2, 3)));
/** All of these processes were alive at one moment. */
void claim_alive_together(const struct run *run, const int *procs, int n);
/** proc started no process. */
void claim_no_children(const struct run *run, int proc);
/** The comm of proc at its exit is the first 15 bytes of name. */
void claim_named_at_exit(const struct run *run, int proc, const char *name);

/**
 * Finds which child of main is which of n workers: the one that wrote a line
 * that begins with its words, else the oldest child that is left over (a line
 * may be wrong, or lost when a signal came).  Claims nothing.
 * @param procs  set to n processes; TRACE_NOBODY where there is no child
 */
void claim_match_children(const struct run *run, int n,
                          const char *const *words, int *procs);

/* --- ends ---------------------------------------------------------------- */

/** It ended by itself, with this exit code. */
void claim_exits(const struct run *run, int proc, int code);
/** This signal ended it. */
void claim_killed_by(const struct run *run, int proc, int signal);
/** It ended at this time. */
void claim_ends_at(const struct run *run, int proc, long ms);
/** It had ended when main ended. */
void claim_ended_before_main(const struct run *run, int proc);
/** It ended when main did (less than 20 ms before or after). */
void claim_ends_with_main(const struct run *run, int proc);
/** It outlived main and ended by itself, not by a signal. */
void claim_outlives_main(const struct run *run, int proc);
/** proc was reaped by `by` (a process number). */
void claim_reaped_by(const struct run *run, int proc, int by);
/** The program came to its end, and each child of main had ended, and was reaped
 * by main, before main did. */
void claim_all_reaped(const struct run *run);
/** Every child of main had been reaped when main ended: by main, or by the
 * kernel where main ignores SIGCHLD. */
void claim_no_zombies(const struct run *run);

/* --- signals ------------------------------------------------------------- */

/** `from` sent `signal` to `to`, successfully, at least once. */
void claim_sent(const struct run *run, int from, int to, int signal);
/** The same, and it did so first at this time. */
void claim_sent_at(const struct run *run, int from, int to, int signal,
                   long ms);
/** No process of the tree ever sent a signal to proc. */
void claim_never_signalled(const struct run *run, int proc);
/** Nobody signalled a process outside the tree, nor all processes at once
 * (signal 0, which only asks, does not count). */
void claim_signals_stay_inside(const struct run *run);

/* --- what a process has and where it is ------------------------------------
 * As the scenario's last LOOK found it; a process that was never looked at
 * fails them. */

/** It has left the session in which the program was started. */
void claim_left_session(const struct run *run, int proc);
/** It leads its session. */
void claim_session_leader(const struct run *run, int proc);
/** It does not lead its session. */
void claim_no_session_leader(const struct run *run, int proc);
/** It has no controlling terminal. */
void claim_no_terminal(const struct run *run, int proc);
/** Its working directory is this one. */
void claim_directory(const struct run *run, int proc, const char *path);
/** Its umask is this one. */
void claim_umask(const struct run *run, int proc, int mask);
/** What ps -f shows of it, as the LOOK at this time found it. */
void claim_command_line(const struct run *run, int proc, long ms,
                        const char *text);
/** Descriptors 0, 1 and 2 refer to /dev/null, each open for what its stream is
 * for. */
void claim_null_streams(const struct run *run, int proc);
/** Above 2 it has no descriptor open but on these files, each a path or a
 * file's own name.  @param n may be 0 */
void claim_descriptors(const struct run *run, int proc,
                       const char *const *files, int n);

/* --- injected faults --------------------------------------------------------
 * Of a scenario with `inject` rows.  They point at the call that the first
 * fault was injected into. */

/** Index of the first injected fault, or -1: the program did not make such a
 * call. */
long claim_fault(const struct run *run);
/** A process could not be started, or did not do its work: main wrote a message
 * to stderr, waited for all that it had started, and ended with exit code 1. */
void claim_gives_up(const struct run *run);
/** Main was not disturbed: it waited for all of its children and ended with
 * exit code 0. */
void claim_goes_on(const struct run *run);
/** Somebody wrote this line, whole. */
void claim_prints_whole(const struct run *run, const char *line);

/* --- output (stdout, unless said otherwise) ------------------------------ */

/** proc (or anyone: TRACE_NOBODY) wrote this line exactly once. */
void claim_prints(const struct run *run, int proc, const char *line, ...)
    __attribute__((format(printf, 3, 4)));
/** The line (one of them, if it is there more than once) was written at this
 * time. */
void claim_prints_at(const struct run *run, long ms, const char *line, ...)
    __attribute__((format(printf, 3, 4)));
/** Nobody wrote a line that contains these words. */
void claim_never_prints(const struct run *run, const char *words);
/** The first line was complete before the second one; both were written. Of
 * several alike the first one counts. */
void claim_prints_before(const struct run *run, const char *first,
                         const char *second);
/** How many lines there are that are not blank, in all. */
void claim_line_count(const struct run *run, int n);
/** Something was written to stderr. */
void claim_complains(const struct run *run);
/** A bad argument: main started nothing, wrote to stderr, not to stdout, and
 * ended with this exit code. */
void claim_refused(const struct run *run, int code);

#endif
