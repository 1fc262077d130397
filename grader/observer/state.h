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
 *     DELAYED  in a ptrace stop until a virtual time, see fault.c
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

/** Results that only a tracer sees: the kernel may have the call made again. */
enum { KERNEL_ERESTARTSYS = 512, KERNEL_ERESTARTNOINTR = 513,
       KERNEL_ERESTARTNOHAND = 514, KERNEL_ERESTART_RESTARTBLOCK = 516 };

/** Calls without effect in a row after which time passes. */
enum { IDLE_PATIENCE = 64 };

struct observer;
struct task;

/** What to do at the entry of a traced call. */
enum verb {
    GO,        /**< let it run; its end is of no interest */
    REPORT,    /**< let it run and stop at its end */
    ANSWERED,  /**< not executed: the result was set */
    KILLED,    /**< what was done for it has killed it: to resume it could take
                    it out of the stop at its exit, before that has arrived */
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
    int64_t began; /**< when its signal was sent; NEVER: set anew since */
    int missed;    /**< told last */
};

/** A timer descriptor that was set, see timerfd.c. */
struct timerfd {
    int fd; /**< our duplicate */
    int clock;
    int64_t at, every;
};

enum { TIMERFDS = 256 };

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
    struct timer *timers; /**< or NULL: none was made */
    int timer_room, n_timers; /**< how many there are, and in use */
    int death_signal; /**< PR_SET_PDEATHSIG */
    bool subreaper;
    bool undumpable; /**< it asked to be, see enter_prctl() */
    bool zombie;   /**< dead and not reaped */
    bool gone;     /**< dead and reaped */
    int64_t used_ns; /**< CPU time, see prove.c */
    bool forked;   /**< by fork(2): SIGCHLD tells its parent of its end */
    bool reaped_outside; /**< init or the body said that they reaped it */
    bool timer_sent[SIGNALS]; /**< a timer of ours sent it, not delivered */
    int pidfd;     /**< see descriptor.c; -1: none yet */
    uint64_t text_low, text_high, base; /**< the student's code, or 0 */
    uint64_t libc_low, libc_high; /**< libc's, as far as it is known, or 0 */
};

/** A timed wait whose deadline our clock keeps. */
struct park {
    bool on;
    bool woken;        /**< the deadline came, we interrupted it */
    bool again;        /**< the kernel will execute the call once more */
    int64_t deadline;  /**< virtual ns, NEVER: none */
    uint64_t ip, sp;   /**< where it was made, to know it again */
    bool zero;         /**< not parked: asked for no time at all */
};

/** What is injected into the call that a task is in; see fault.c. */
struct injection {
    int *counts;       /**< calls made, by rule; NULL: none yet */
    struct fault_effect effect;
    char text[64];     /**< the call in words */
    bool delayed;      /**< it waited at its entry */
    int64_t until;     /**< DELAYED: virtual ns */
    uint64_t whole;    /**< bytes asked for, where less is passed on; else 0 */
    bool unheard;      /**< the row of the call does not ask for its end */
    bool again;        /**< the kernel will execute it once more */
    uint64_t ip, sp;   /**< where it was made, to know it again */
};

/** The mask of a wait that a signal interrupted; see mask.c. */
struct lent_mask {
    bool lent; /**< the wait's mask is in force until the kernel restores it */
    bool kept; /**< it is in force by us, and `caller` is to be restored */
    uint64_t wait, caller;
};

/** A write of which a part is done; see partial.c. */
struct part {
    bool on;
    uint64_t ip;      /**< behind the call */
    uint64_t args[6]; /**< as the program gave them */
    uint64_t done;    /**< bytes */
};

/** A descriptor of a tracee, as it was at a moment; see descriptor.c. */
struct descriptor {
    struct stat st;
    int flags;   /**< O_NONBLOCK, ..., where a write may be cut short */
    short ready; /**< of a pipe: poll(2)'s answer, of the events asked for */
};

struct task {
    pid_t tid;      /**< as we see it */
    int age;        /**< ordinal of its birth: larger is younger */
    int thread;     /**< number in its process, 0: the leader */
    struct process *process;
    enum { HELD, RUNNING, BLOCKED, DELAYED, STOPPED, ZOMBIE, GONE } state;
    int status;     /**< HELD: what it stopped with */
    bool newborn;   /**< HELD: has not run yet */
    bool acted_on;  /**< HELD: act() has left it so */
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
    struct part part;
    struct lent_mask mask;
    struct injection fault;
    int idle, idle_before; /**< calls without effect in a row */
    struct {
        uint64_t mark; /**< one of them, to know it again */
        int calls, rounds;
        bool proven;   /**< they repeat themselves */
    } spin;
    int reads;      /**< clock reads in a row */
    long last_turn; /**< when it had the token last */
    uint64_t cpus[16]; /**< sched_setaffinity(2); all 0: never called */
    uint64_t pc;    /**< see record(); out of date unless pc_known */
    bool pc_known;
    struct task *vfork_of; /**< BLOCKED until this child execs or exits */
    uint64_t cpu_ns;       /**< CPU time when last looked at */
    uint64_t cpu_seen;     /**< the part of it that is in stint_ns or before */
    uint64_t stint_ns;     /**< CPU time since it was resumed, see prove.c */
    long long count;       /**< run count in a proof, or -1 */
    long long asleep;      /**< run count when it was last proven blocked */
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
    size_t told;           /**< bytes in TRACE_WRITEs */
    uint64_t program_inode, program_device;
    int64_t now;           /**< virtual ns since start */
    int64_t instant;       /**< when everyone was at rest last */
    struct process *held_back; /**< may not run, see pick.c; or NULL */
    struct process *let_go;    /**< was held back until just now, or NULL */
    int64_t held_back_ns;  /**< how much time has passed so */
    int places_known;      /**< processes that may not be the victim any more */
    int64_t began_ns;      /**< real time of the start, since the epoch */
    int64_t main_ended;    /**< or NEVER */
    bool real_clock, free_running;
    bool uses_network;     /**< somebody called connect(2), see network.c */
    int terminal_written;  /**< looks that are left until all is handed on */
    uint64_t on_the_way;   /**< what the network holds, and since when */
    int64_t on_the_way_since;
    int64_t wall_start, memory_checked;
    int crowded;           /**< others want our CPU, see let_run() */
    long turns, events;
    int64_t computed_ns;   /**< CPU time taken from who waits, since a jump */
    int64_t burnt_ns;      /**< the part of it in which nobody else had a turn */
    long busy_calls;       /**< traced calls since a jump */
    uint64_t random;       /**< state of the program's random bytes */
    uint64_t cpu_dead;     /**< CPU time of tasks that are gone */
    size_t next_step;

    struct task **tasks;   /**< all that are not GONE, by age */
    int n_tasks, task_room;
    struct timerfd timerfds[TIMERFDS];
    int n_timerfds;
    int *aimed_counts;     /**< see fault.c */
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

#endif
