/**
 * @file
 * The state of one observation, shared by the files of this directory and by
 * nobody else.
 *
 * A *task* is a thread as the kernel schedules it, a *process* a thread group.
 * A task is in one of these states:
 *
 *     HELD     in a ptrace stop, waiting for its turn; `status` is what it
 *              stopped with and has not been acted on
 *     RUNNING  resumed, and not known to be blocked
 *     BLOCKED  resumed, and proven to be blocked in the kernel
 *     STOPPED  in a group stop (PTRACE_LISTEN)
 *     ZOMBIE   a dead leader whose threads live
 *     GONE     dead
 *
 * Whatever a stop means is worked out when it is the task's turn, never when
 * it arrives, as arrivals of tasks that were woken have no fixed order.
 */
#ifndef PROCLAB_OBSERVER_STATE_H
#define PROCLAB_OBSERVER_STATE_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "observer/arch.h"
#include "observer/observe.h"
#include "observer/schedule.h"
#include "sandbox/nest.h"
#include "trace/trace.h"

enum { NEVER = -1, SIGNALS = 65 };

/** Calls without effect in a row after which time passes. */
enum { IDLE_PATIENCE = 64 };

struct observer;
struct task;

/** What to do at the entry of a traced call. */
enum verb {
    GO,        /**< let it run; its end is of no interest */
    REPORT,    /**< let it run and stop at its end */
    ANSWERED,  /**< not executed: the result was set */
};

/** A traced system call: a row of the table in calls.c. */
struct call {
    int number;
    const char *name;
    enum verb (*enter)(struct observer *, struct task *); /**< NULL: REPORT */
    void (*leave)(struct observer *, struct task *); /**< NULL: nothing */
    enum trace_wait wait; /**< what it waits for where it blocks */
    bool sticky;  /**< once blocked only events that we see can wake it */
    bool choice;  /**< its entry is a point of choice */
    enum {
        FREE_TOO,    /**< traced also where tasks run side by side */
        FREE_STREAM, /**< there for descriptors 0 to 2 only */
        FREE_NOT,    /**< not traced there */
    } free;
    const char *format; /**< its arguments for people, see describe() */
};

/** A disposition as rt_sigaction(2) set it. */
struct disposition {
    uint64_t handler;
    uint64_t flags;
};

/** A POSIX timer, see timers.c. */
struct timer {
    bool used, sent; /**< sent: its signal may be waiting */
    int id, clock, sig, notify, tid;
    uint64_t value;
    int64_t at, every; /**< virtual ns; at NEVER: disarmed */
    int overrun, missed; /**< since its signal was sent; told last */
};

/** A timer descriptor that was set, see timerfd.c. */
struct timerfd {
    int fd; /**< our duplicate */
    int clock;
    int64_t at, every;
};

enum { TIMERS = 32, TIMERFDS = 256 };

struct process {
    int number;    /**< in the trace */
    pid_t tgid;    /**< as we see it */
    int pid;       /**< as the program sees it */
    int group, session; /**< likewise */
    struct process *parent; /**< at present; NULL: outside */
    int threads;   /**< alive */
    int births;    /**< threads ever made, for their numbers */
    char name[16];
    struct disposition signals[SIGNALS];
    int64_t alarm_at, alarm_every; /**< ITIMER_REAL; NEVER: not set */
    struct timer timers[TIMERS];
    int n_timers;  /**< in use */
    int death_signal; /**< PR_SET_PDEATHSIG */
    bool subreaper;
    bool zombie;   /**< dead and not reaped */
    bool gone;     /**< dead and reaped */
    bool reaped_outside; /**< init or the body said that they reaped it */
    bool timer_sent[SIGNALS]; /**< a timer of ours sent it, not delivered */
    bool born;     /**< TRACE_BORN was recorded */
    int pidfd;     /**< see descriptor.c; -1: none yet */
    uint64_t text_low, text_high, base; /**< the student's code, or 0 */
};

/** A timed wait whose deadline our clock keeps. */
struct park {
    bool on;
    bool woken;        /**< the deadline came, we interrupted it */
    bool again;        /**< the kernel will execute the call once more */
    int64_t deadline;  /**< virtual ns, NEVER: none */
    uint64_t ip, sp;   /**< where it was made, to know it again */
    uint64_t args[6];  /**< as the program gave them */
    bool zero;         /**< not parked: asked for no time at all */
};

/** A descriptor of a tracee, as it was at a moment; see descriptor.c. */
struct descriptor {
    struct stat st;
    short ready; /**< poll(2)'s answer, of the events asked for */
};

struct task {
    pid_t tid;      /**< as we see it */
    int age;        /**< ordinal of its birth: larger is younger */
    int thread;     /**< number in its process, 0: the leader */
    struct process *process;
    enum { HELD, RUNNING, BLOCKED, STOPPED, ZOMBIE, GONE } state;
    int status;     /**< HELD: what it stopped with */
    bool newborn;   /**< HELD: has not run yet */
    bool ready;     /**< HELD: what it stopped with was dealt with */
    bool looked;    /**< HELD at a call's entry: regs are those of the stop */
    bool leaving;   /**< HELD at its exit */
    bool dying;     /**< was killed: its exit has not arrived yet */
    bool unsure;    /**< STOPPED: something happened that may end it */
    bool sticky;    /**< BLOCKED: stays so until poke() */
    bool interrupted;  /**< a stop of our own PTRACE_INTERRUPT is due */
    bool repaired;  /**< its EINTR became a restart, see park.c */
    bool was_stopped; /**< was in a group stop since its last turn */
    bool blocked_event; /**< TRACE_BLOCK was recorded */
    struct user_regs_struct regs; /**< at the last system call stop */
    long number;    /**< call it is in, or -1 */
    uint64_t args[6];
    const struct call *call;
    struct park park;
    struct descriptor descriptor; /**< that a read or write is about */
    int idle, idle_before; /**< calls without effect in a row */
    int reads;      /**< clock reads in a row */
    long last_turn; /**< when it had the token last */
    uint64_t pc;    /**< see record(); out of date unless pc_known */
    bool pc_known;
    struct task *vfork_of; /**< BLOCKED until this child execs or exits */
    uint64_t cpu_ns;       /**< CPU time when last looked at */
    uint64_t cpu_seen;     /**< the part of it that is in stint_ns or before */
    uint64_t stint_ns;     /**< CPU time since it was resumed, see prove.c */
    long long count;       /**< run count in a proof, or -1 */
    char doing[192];       /**< /proc/TID/syscall at the last look */
    int schedstat_fd, syscall_fd, stat_fd; /**< in /proc, or -1 */
};

/** Standard output or error of the program. */
struct outlet {
    int fd;          /**< our end of the pipe, non-blocking */
    uint64_t inode;
    size_t total;    /**< bytes that came through the pipe */
    char *pending;   /**< bytes that came and are in no TRACE_WRITE yet */
    size_t n_pending, room;
};

struct observer {
    const struct observe_request *request;
    struct observe_limits limits;
    struct schedule_state schedule;
    struct trace *trace;
    size_t event_room, decision_room;
    bool out_of_memory;

    struct nest nest;
    pid_t body;            /**< the nest's body, as we see it, or 0 */
    uint64_t affinity[16]; /**< CPUs allowed before we pinned ourselves */
    int input_fd;          /**< our end of standard input, or -1 */
    uint64_t input_inode, pipe_device;
    struct outlet outlet[3]; /**< 1 and 2 */
    uint64_t program_inode, program_device;
    int64_t now;           /**< virtual ns since start */
    int64_t began_ns;      /**< real time of the start, since the epoch */
    int64_t main_ended;    /**< or NEVER */
    bool real_clock, free_running;
    int64_t wall_start, memory_checked;
    int crowded;           /**< others want our CPU, see let_run() */
    long turns, events;
    int64_t burnt_ns;      /**< computed in vain of who waits, since a jump */
    long busy_calls;       /**< traced calls since a jump */
    uint64_t random;       /**< state of the program's random bytes */
    uint64_t cpu_dead;     /**< CPU time of tasks that are gone */
    size_t next_step;

    struct task **tasks;   /**< all that are not GONE, by age */
    int n_tasks, task_room;
    struct timerfd timerfds[TIMERFDS];
    int n_timerfds;
    struct patience *patience; /**< see sockets.c */
    size_t n_patience;
    struct seen *seen;     /**< see facts.c */
    size_t n_seen;
    struct process **processes; /**< all, by number */
    int n_processes, process_room;
    int births;            /**< tasks ever made */
    struct task *token;    /**< who runs, or NULL */
    struct {
        pid_t tid;
        int status;
    } unknown[64];         /**< stops of tasks not announced yet */
    int n_unknown;
    int error;             /**< -Exxx: the observation failed */
    bool over;
};

/* --- record.c: writing the trace ----------------------------------------- */

/** Adds an event at the present virtual time. @return it, or NULL when memory
 * ran out; text (may be NULL) is copied */
struct trace_event *record(struct observer *o, enum trace_kind kind,
                           struct task *t, int other, int64_t a, int64_t b,
                           const char *text, size_t len);
/** The same for who has no task: TRACE_KERNEL, TRACE_OUTSIDE, ... */
struct trace_event *record_for(struct observer *o, enum trace_kind kind,
                               int proc, int other, int64_t a, int64_t b);
/** find_pc() of a task's last stop, looked up once. */
uint64_t place_of(struct task *t);
/** Asks the schedule and records its answer. */
int decide(struct observer *o, enum choice_kind kind, const int *options,
           int n);

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
/** Where in the student's program the task is, by its registers: an address in
 * the program's ELF file, or 0. */
uint64_t find_pc(const struct task *t);

/* --- descriptor.c --------------------------------------------------------- */
/** What a task's descriptor is now. @return false if there is no such one */
bool descriptor_look(const struct task *t, int fd, short events,
                     struct descriptor *d);
/** A duplicate in our own table, for the caller to close soon; -1: none. */
int descriptor_duplicate(struct process *p, int fd);
/** Closes what is kept for the two above. */
void descriptors_forget(struct process *p);

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
/** The same for a blocked task in a call that is not traced. */
enum trace_wait describe_unseen(struct task *t, char *text, size_t size);
/** Sets the result of a call that is not executed. */
enum verb answer(struct task *t, long result);
/** Notes a call without effect; see pick_idle() on fairness. */
void note_idle(struct task *t);

/* --- clock.c -------------------------------------------------------------- */

int64_t clock_now(const struct observer *o);
/** Advances to the next deadline and wakes whom the schedule chooses.
 * @return false: there is no deadline left */
bool clock_jump(struct observer *o);
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

/* --- signal.c --------------------------------------------------------------- */

void act_on_signal(struct observer *o, struct task *t, int sig);
/** Sends a signal that comes from the kernel or the scenario. */
void send_from(struct observer *o, int from, struct process *p, int sig);
enum trace_disposition disposition_of(const struct process *p, int sig);
const char *signal_name(int sig);

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

/* --- blocked.c --------------------------------------------------------------------- */
/** The first half of the proof. @return the run count of a task that is off
 * the CPU, else -1 */
long long task_off_cpu(struct task *t);
/** The second half: it sleeps, and has not run since the first. */
bool task_still_blocked(struct task *t, long long count);
void task_close_proc(struct task *t);

/* --- prove.c -------------------------------------------------------------------- */

/** Collects stops until every task is held, stopped or proven blocked. */
void settle(struct observer *o);
/** A task is blocked, and nobody waits for it to come to a stop. */
void now_blocked(struct observer *o, struct task *t);
/** Reads what the program wrote; @return bytes */
size_t drain(struct observer *o);

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
