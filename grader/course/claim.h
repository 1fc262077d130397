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

struct text; /* see tell.h */

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
/** Main started one process for each argument, and nobody else started any. */
void claim_child_each(const struct run *run);
/** After the exec that began it main executed no program.
 * @param expected what it does instead, a sentence */
void claim_main_stays(const struct run *run, const char *expected);
/** The process that wrote this line on stdout; fails if nobody did, or more
 * than once.  @param line a printf format */
int claim_writer_of(const struct run *run, const char *line, ...)
    __attribute__((format(printf, 2, 3)));
/**
 * The line that one of several workers begins with was written once, by a child
 * of main's that wrote none of the others.
 * @param what   what a worker is called: "download"
 * @param nth    which one it is, from 0
 * @param procs  who wrote the lines of those before it (TRACE_NOBODY where that
 *               does not matter); the nth is set
 */
void claim_own_writer(const struct run *run, const char *what, int nth,
                      const char *line, int *procs);
/** All of these processes were alive at one moment. */
void claim_alive_together(const struct run *run, const int *procs, int n);
/** proc started no process. */
void claim_no_children(const struct run *run, int proc);
/** The comm of proc at its exit is the first 15 bytes of name. */
void claim_named_at_exit(const struct run *run, int proc, const char *name);

/**
 * Finds which child of main is which of n workers: the one that wrote a line
 * that begins as its first line does (stops at the end do not count), else the
 * oldest child that is left over (a line may be wrong, or lost when a signal
 * came).  Claims nothing.
 * @param procs  set to n processes; TRACE_NOBODY where there is no child
 */
void claim_match_children(const struct run *run, int n,
                          const struct text *first, int *procs);

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
/** Main never ended, or all others ended before it, or with it (less than 20 ms
 * after).  @param expected why not, a sentence */
void claim_nobody_outlives_main(const struct run *run, const char *expected);
/** At the end of the run nobody is left but main and these.
 * @param but may be NULL if n is 0
 * @param expected why not, a sentence */
void claim_all_ended(const struct run *run, const int *but, int n,
                     const char *expected);
/** proc itself removed this file, by whichever path.
 * @param what what the file is to it: "pid file" */
void claim_removes_file(const struct run *run, int proc, const char *what,
                        const char *file);
/** proc was reaped by `by` (a process number). */
void claim_reaped_by(const struct run *run, int proc, int by);
/** The program came to its end, and main reaped each of its children. */
void claim_main_reaps(const struct run *run);
/** Each child of main ended by itself, with this exit code. */
void claim_children_exit(const struct run *run, int code);
/** Before main had reaped n children nobody wrote anything to stdout. */
void claim_silent_until_reaped(const struct run *run, int n);
/** The program came to its end, and each child of main had ended, and was
 * reaped by main, before main did. */
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
/** `from` sent, or tried to send, this signal (0: any) to `to` (TRACE_NOBODY:
 * to anyone) no more than n times.  @param expected why not, a sentence */
void claim_sends_at_most(const struct run *run, int from, int to, int signal,
                         int n, const char *expected);
/** From this event on (-1: it did not happen) `from` sent no signal, and did
 * not try to.  @param expected why not, a sentence */
void claim_sends_none_after(const struct run *run, int from, long event,
                            const char *expected);
/** Nobody signalled a process outside the tree, nor all processes at once
 * (signal 0, which only asks, does not count). */
void claim_signals_stay_inside(const struct run *run);

/** proc was ready at this event: until a signal came to it it called neither
 * setsid() nor fork() any more, nor another call that a trace has (but
 * unlink()), and set no handler for SIGTERM.
 * @param expected why it had to be, a sentence */
void claim_ready(const struct run *run, int proc, long event,
                 const char *expected);

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

/** What a scenario's only rule makes of a program.  Where a call fails
 * claim_gives_up() holds, nobody outside is signalled, and the line `success`
 * (may be NULL) is not written; who makes no exec meets no fault of it.  Where
 * a call is only disturbed claim_goes_on() holds, and the line `last` is
 * written whole. */
void claim_fault_noticed(const struct run *run, const char *last,
                         const char *success);

/* --- output (stdout, unless said otherwise) ------------------------------ */

/** proc (or anyone: TRACE_NOBODY) wrote this line exactly once. */
void claim_prints(const struct run *run, int proc, const char *line, ...)
    __attribute__((format(printf, 3, 4)));
/** The line (one of them, if it is there more than once) was written at this
 * time. */
void claim_prints_at(const struct run *run, long ms, const char *line, ...)
    __attribute__((format(printf, 3, 4)));
/** Both: proc wrote this line exactly once, and at this time. */
void claim_prints_once_at(const struct run *run, int proc, long ms,
                          const char *line, ...)
    __attribute__((format(printf, 4, 5)));
/** proc wrote each of these lines exactly once, in this order. */
void claim_prints_in_order(const struct run *run, int proc,
                           const struct text *lines, int n);
/** Nobody wrote a line that contains these words. */
void claim_never_prints(const struct run *run, const char *words);
/** To this command main answered at once, with exactly these lines; lines
 * without `words` do not count.
 * @param what what each line is about: "download" */
void claim_answers(const struct run *run, const struct typed *command,
                   const char *words, const char *what,
                   const struct text *lines, int n);
/** The first line was complete before the second one; both were written. Of
 * several alike the first one counts. */
void claim_prints_before(const struct run *run, const char *first,
                         const char *second);
/** How many lines there are that are not blank, in all. */
void claim_line_count(const struct run *run, int n);
/** Something was written to stderr. */
void claim_complains(const struct run *run);
/** Something was written to stderr, with this word in one of its lines.
 * @param expected what the message says, a sentence */
void claim_complains_of(const struct run *run, const char *word,
                        const char *expected);
/** A bad argument: claim_refused() with exit code 2. */
void claim_bad_argument(const struct run *run);
/** Of a scenario whose name begins with "bad" claim_bad_argument(), of one with
 * a fault claim_fault_noticed().  @return false if it is neither */
bool claim_mistake_noticed(const struct run *run, const char *last);
/** A bad argument: main started nothing, wrote to stderr, not to stdout, and
 * ended with this exit code. */
void claim_refused(const struct run *run, int code);

/* --- what claims of an exercise's own are made of ------------------------ */

/** The lines of trace_lines_of(), to be freed by trace_lines_free(). */
struct trace_lines claim_lines(const struct run *run, int stream, int proc);
/** Whether there is one of them with these words. */
bool claim_says(const struct run *run, int stream, int proc, const char *words);
/** Whether a line, without the blanks around it, is this text. */
bool claim_line_is(const struct trace_line *line, const char *want);
/** Those of them with these words that were written at this time. */
struct trace_lines claim_lines_at(const struct run *run, int stream, int proc,
                                  long ms, const char *words);

#endif
