/**
 * @file
 * What the files of this directory do for each other, and for nobody else, in
 * the order of the files.  The data is in state.h.
 */
#ifndef PROCLAB_OBSERVER_INTERNAL_H
#define PROCLAB_OBSERVER_INTERNAL_H

#include "observer/state.h"

/* --- record.c: writing the trace ----------------------------------------- */

/** Adds an event at the present virtual time. @return it, or NULL when memory
 * ran out; text (may be NULL) is copied */
struct trace_event *record(struct observer *o, enum trace_kind kind,
                           struct task *t, int other, int64_t a, int64_t b,
                           const char *text, size_t len);
/** The same for who has no task: TRACE_KERNEL, TRACE_OUTSIDE, ... */
struct trace_event *record_for(struct observer *o, enum trace_kind kind,
                               int proc, int other, int64_t a, int64_t b);
/** find_pc() of a task's last stop, looked up once, or 0 if nobody asks. */
uint64_t place_of(const struct observer *o, struct task *t);
/** Asks the schedule and records its answer. */
int decide(struct observer *o, enum choice_kind kind,
           const struct schedule_option *options, int n);

/* --- facts.c: what /proc says of a process --------------------------------- */

/** Records the facts of every living process, for the scenario. */
void facts_of_all(struct observer *o);
/** Records the facts of the process of a task that can be read. */
void facts_of(struct observer *o, const struct task *t,
              enum trace_moment moment);

/* --- task.c: tasks and processes ----------------------------------------- */

struct task *task_find(struct observer *o, pid_t tid);
struct task *task_add(struct observer *o, pid_t tid, struct process *p);
void task_remove(struct observer *o, struct task *t);
struct process *process_add(struct observer *o, pid_t tgid, int pid,
                            struct process *parent);
/** The living or zombie process that the program knows by this pid. */
struct process *process_by_pid(struct observer *o, int pid);
struct task *leader_of(struct observer *o, const struct process *p);
/** Marks a process's blocked tasks as not proven; NULL: all tasks. */
void poke(struct observer *o, const struct process *p);
/** A process got SIGKILL: nothing but the exits of its tasks is awaited. */
void killed(struct observer *o, const struct process *p);
/** The process that a pidfd of a task refers to, or NULL. */
struct process *process_by_pidfd(struct observer *o, const struct task *t,
                                 int fd);
/** Reads the pid inside the innermost namespace from /proc. @return pid or
 * -1 */
int pid_inside(pid_t tid);

/* --- memory.c: the tracee's memory and registers ------------------------- */

/** @return 0 or -EFAULT/-ESRCH; all or nothing */
int peek(const struct task *t, uint64_t address, void *to, size_t n);
int put(const struct task *t, uint64_t address, const void *from, size_t n);
/** Bytes up to a NUL, at most size - 1; @return length or -EFAULT */
long peek_text(const struct task *t, uint64_t address, char *to, size_t size);
int get_registers(struct task *t);
int set_registers(struct task *t);

/* --- unwind.c ------------------------------------------------------------- */

/** Where in the student's program the task is, by its registers: the address of
 * an instruction (of a call: of its last byte) in the program's ELF file, or
 * 0. */
uint64_t find_pc(const struct task *t);

/* --- descriptor.c --------------------------------------------------------- */
/** What a task's descriptor is now. @return false if there is no such one */
bool descriptor_look(const struct task *t, int fd, short events,
                     struct descriptor *d);
/** A duplicate in our own table, for the caller to close soon; -1: none. */
int descriptor_duplicate(struct process *p, int fd);
/** Closes what is kept for the two above. */
void descriptors_forget(struct process *p);

/* --- partial.c ------------------------------------------------------------- */
/** At the entry and the end of a write. */
void part_enter(struct task *t);
void part_leave(struct task *t);
/** A signal that counts has come: the write ends with what is done. */
void part_end(struct task *t);
/** Whether this entry is that of the rest of a write. */
bool part_is_rest(const struct task *t);

/* --- mask.c ---------------------------------------------------------------- */
/** At the end of a call: notes the mask it waited with. */
void mask_leave(struct task *t);
/** What has come does not count: to be called before the task is resumed. */
void mask_keep(struct task *t);
/** The wait goes on, or a signal came that counts. */
void mask_restore(struct task *t);

/* --- fault.c ---------------------------------------------------------------- */
/** At the entry of a call. @return false: the task waits, or is being killed */
bool fault_enter(struct observer *o, struct task *t);
/** @return whether an injected result was set in place of the call */
bool fault_answers(struct observer *o, struct task *t);
/** Whether the end of the call is awaited for what is injected there.
 * @param verb what the row of the call says */
bool fault_awaits_end(struct task *t, enum verb verb);
/** At the end of a call. @return true: the task does not go on now */
bool fault_leave(struct observer *o, struct task *t);
/** Gives a call of which less was executed the count that it had. */
void fault_whole(struct task *t);

/* --- image.c: what exec made --------------------------------------------- */

/** Output that came by calls that we do not see. */
void record_leftovers(struct observer *o);
void input_feed(struct observer *o, const char *text);
void input_close(struct observer *o);

/** After an exec: turns the vDSO into system calls, fills AT_RANDOM, finds
 * the student's code, sets the name. */
void image_prepare(struct observer *o, struct task *t);

/* --- calls.c, time_calls.c, process_calls.c, io.c ------------------ */

const struct call *call_find(long number);
/** All rows that are traced, for the filter. @return how many */
size_t call_rows(bool real_clock, const struct call **rows);
/** The call in words: "waitpid(-1)". Writes at most size bytes. */
void describe(struct task *t, char *text, size_t size);
/** A call that is not traced, for describe(); NULL: not known. */
const struct call *call_unseen(long number);
/** The same for a blocked task in a call that is not traced. */
enum trace_wait describe_unseen(struct task *t, char *text, size_t size);
/** Sets the result of a call that is not executed. */
enum verb answer(struct task *t, long result);
/** Notes a call without effect; see pick_idle() on fairness. */
void note_idle(struct task *t);
/** Whether only the passing of time can help a task. */
bool out_of_patience(const struct task *t);

/* --- clock.c -------------------------------------------------------------- */

/** Advances to the next deadline and wakes whom the schedule chooses.
 * @return false: there is no deadline left */
bool clock_jump(struct observer *o);
/** Whoever sleeps until the present instant and could run as well as those that
 * do.  @param options room for twice all tasks, all timerfds and 1
 * @return how many */
int clock_due(struct observer *o, struct schedule_option *options);
/** Wakes one of these. */
void clock_wake(struct observer *o, int nth);
/** Whether time may pass until the next deadline although somebody could
 * run. */
bool clock_may_pass(struct observer *o);
/** The same if there were no looks. */
bool clock_might_pass(struct observer *o);
/** Wakes all whose deadline has come. */
void clock_wake_due(struct observer *o);
/** Tasks computed, and who could go on else waits: jumps when so much CPU time
 * was used that the next deadline may well have come. @return whether it did */
bool clock_computed(struct observer *o, int64_t cpu_ns);
/** A traced call is made: whoever makes calls without end does not stop the
 * clock. */
void clock_call(struct observer *o);
/** Whether that lasts so long that it is another's turn, whatever the schedule
 * prefers: now and then. */
bool clock_is_fair(const struct observer *o);
/** A task reads the clock: it advances a little. @return its time */
int64_t clock_read(struct observer *o, struct task *t);
/** Nanoseconds since the epoch at virtual time 0. */
int64_t clock_epoch(const struct observer *o);
int64_t clock_boot(const struct observer *o);
/** Before the real-time clock is read: it is behind no file, where files are
 * those of the real world. */
void clock_keep_lead(struct observer *o);
/** Whether this machine lacks it: alarm clocks need a clock that can wake it. */
bool clock_is_missing(int clock);
/** Real time, CLOCK_MONOTONIC, in ns. */
int64_t wall_now(void);

/* --- park.c ---------------------------------------------------------------- */

/** Handlers of all timed waits, see the table in park.c. */
enum verb enter_timed(struct observer *o, struct task *t);
void leave_timed(struct observer *o, struct task *t);

/* --- sockets.c --------------------------------------------------------------- */

/** How long a call of a task waits for the socket in args[0] at most, in ns;
 * 0: without an end, or it is no socket. */
int64_t socket_patience(const struct observer *o, const struct task *t,
                        bool sends);

/* --- terminal.c ------------------------------------------------------------- */

/** Something was written to what may be a terminal. */
void terminal_note(struct observer *o, const struct stat *st);
/** Whether somebody may be woken by what was written to one. */
bool terminal_is_busy(struct observer *o);

/* --- network.c -------------------------------------------------------------- */

/** Whether somebody will be woken by data that are on their way. */
bool network_is_busy(struct observer *o);

/* --- signal.c --------------------------------------------------------------- */

void act_on_signal(struct observer *o, struct task *t, int sig);
/** Sends a signal that comes from the kernel or the scenario. */
void send_from(struct observer *o, int from, struct process *p, int sig);
const char *signal_name(int sig);
/** A signal mask of /proc/TID/status, proc(5); 0 where it cannot be read.
 * @param field with what is around it: "\nSigPnd:" */
uint64_t status_mask(const struct task *t, const char *field);

/* --- pick.c: whose turn it is ---------------------------------------------- */

/** Asks the schedule. @return a HELD task, or NULL: nobody, or somebody was
 * woken */
struct task *pick(struct observer *o);
/** Whether it is HELD and nobody holds it back. */
bool can_go(const struct observer *o, const struct task *t);
/** Nobody else can go on: time passes, or who is held back may go.
 * @return false: there is no deadline left */
bool pass_time(struct observer *o);
/** Whether somebody may be held back for so much longer. */
bool hold_lasts(const struct observer *o, int64_t ns);
/** Holds nobody back, never again. */
void hold_nobody(struct observer *o);

/* --- stop.c: what a stop means ---------------------------------------------- */

/** Acts on what a HELD task stopped with and resumes it. */
void act(struct observer *o, struct task *t);
/** Takes note of a wait status; nothing is acted on. */
void arrive(struct observer *o, pid_t tid, int status);
void resume(struct observer *o, struct task *t, int request, int sig);

/** Whether it is the schedule that says when this HELD task goes on. */
bool at_choice(struct observer *o, struct task *t);
/** Waits for one task. @return its status, or -1 if there is none */
int wait_for(pid_t tid);

/* --- birth.c, death.c --------------------------------------------------------- */

void act_on_birth(struct observer *o, struct task *t, int event);
void act_on_exec(struct observer *o, struct task *t);
/** At the arrival of an exec stop. @return the task that it belongs to */
struct task *take_over(struct observer *o, struct task *leader);
void act_on_exit(struct observer *o, struct task *t);
/** Death without an exit stop: SIGKILL may skip it. */
void act_on_death(struct observer *o, struct task *t, int status);
/** Acts on such deaths of a process that its parent has noticed before us. */
void bury(struct observer *o, const struct process *p);
/** At the end of a task: a wait that SIGKILL cut off may have reaped before its
 * return was seen; its children are its own still. */
void reaped_unseen(struct observer *o, struct task *t);

/* --- blocked.c --------------------------------------------------------------------- */
/** The first half of the proof. @return the run count of a task that is off
 * the CPU, else -1 */
long long task_off_cpu(struct task *t);
/** The second half: it sleeps, and has not run since the first. */
bool task_still_blocked(const struct observer *o, struct task *t,
                        long long count);
/** Waits for a leader that is on its way out, while other threads live: what
 * its end wakens is awake then. */
void task_await_zombie(struct task *t);
/** Opens what an exec can hide; task_close_proc() closes it. */
void task_open_proc(struct task *t);
void task_close_proc(struct task *t);

/* --- prove.c -------------------------------------------------------------------- */

/** Collects stops until every task is held, stopped or proven blocked. */
void settle(struct observer *o);
/** A task is blocked, and nobody waits for it to come to a stop. */
void now_blocked(struct observer *o, struct task *t);
/** Waits until each blocked task of a process has stopped or is blocked again,
 * after something may have woken it. */
void await_rest(struct observer *o, const struct process *p);
/** Reads what the program wrote; @return bytes */
size_t drain(struct observer *o);

/* --- bystanders.c ---------------------------------------------------------- */

/** Called by the body, inside: starts the request's bystanders and waits until
 * each is what it shall be. @return 0, or -1 with errno */
int bystanders_start(const struct observe_request *r);

/* --- files.c ---------------------------------------------------------------- */

/** Called by the program's first process, inside: writes the request's files
 * into the working directory. @return 0, or -1 with errno */
int files_place(const struct observe_request *r);

/* --- launch.c, filter.c --------------------------------------------------------- */

int launch(struct observer *o, const char **why);
struct sock_fprog;
/** The filter as BPF; static, made once for each kind. */
int filter_program(const struct observe_request *request,
                   struct sock_fprog *out);
/** Whether each change of this signal's disposition is traced.  That of others
 * is looked up when one is delivered: posix_spawn(3) sets dozens. */
bool signal_is_followed(int sig);

/* --- limits.c --------------------------------------------------------------------- */
/** At each turn: what is counted. */
void check_limits(struct observer *o);
/** Seldom, as it asks the kernel: CPU time, memory, real time. */
void check_real_limits(struct observer *o);
/** The limits of a request, defaults filled in. */
struct observe_limits fill_limits(const struct observe_request *request);

/** Ends the observation with an outcome. */
void finish(struct observer *o, enum trace_outcome outcome);

#endif
