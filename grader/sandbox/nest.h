/**
 * @file
 * A nest: a pid namespace (and what belongs to it) whose processes cannot
 * outlive us.  Its first process, init, is ours; it dies with the thread that
 * made it (PR_SET_PDEATHSIG), and the kernel then kills all others
 * (pid_namespaces(7)).
 *
 * Inside, pid 1 is init and pid 2 the body; numbers are the same each time.
 * For the world outside the body is an ordinary user: where we are root, the
 * uid NEST_OUTSIDE_UID.  (The root of a container that has no such user is
 * ordinary itself: it has rights over that container only.)
 */
#ifndef PROCLAB_SANDBOX_NEST_H
#define PROCLAB_SANDBOX_NEST_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum {
    NEST_OUTSIDE_UID = 65534, /**< who a fixed user is outside, if we are root */
    NEST_INSIDE_UID = 1000,   /**< who a fixed user is inside */
    NEST_INIT = 1,            /**< pid of init inside */
    NEST_BODY = 2,            /**< pid of the body inside */
};

/** What travels on a nest's control socket, from the inside. */
struct nest_message {
    enum nest_news {
        NEST_READY,  /**< a process inside waits for nest_go() */
        NEST_REAPED, /**< init or the body reaped `number` (a pid inside) */
        NEST_FAILED, /**< `number` is an errno, `where` the step */
    } news;
    int number;
    char where[48];
};

struct nest_plan {
    bool fixed_user; /**< NEST_INSIDE_UID inside; else the caller's own ids */
    bool own_files;  /**< tmpfs on /tmp and /dev/shm, host name "lab" */
    size_t files;    /**< size of that tmpfs in bytes */
    /** Runs as pid 2, still with all capabilities inside; what it returns is
     * its exit status.  It has every descriptor that the caller has. */
    int (*body)(void *context, int control);
    void *context;
    bool ends_with_body; /**< init ends, with the body's exit status or
                              128 + signal, when the body ends */
};

struct nest {
    pid_t init;  /**< pid of init, as we see it; our child */
    int control; /**< our end of the control socket */
};

/** Whether a fixed user is NEST_OUTSIDE_UID outside, not ourselves: files that
 * it shall own or use have to be given to it. */
bool nest_is_other_user(void);

/**
 * @param[out] nest to be ended with nest_end(); set on success only
 * @param[out] why where namespaces are not allowed, a sentence with the
 *                 remedy (static); may be NULL
 */
int nest_start(const struct nest_plan *plan, struct nest *nest,
               const char **why);

/** Waits for the next message. @param[out] sender its pid, as we see it; may
 * be NULL @return 0, -EPIPE when all processes inside are gone */
int nest_listen(const struct nest *nest, struct nest_message *message,
                pid_t *sender);

/** Lets the process that said NEST_READY go on. */
int nest_go(const struct nest *nest);

/** Inside: says something; ignores failure, as the outside may be gone. */
void nest_say(int control, enum nest_news news, int number, const char *where);
/** Inside: says NEST_READY and waits for nest_go(); ends the process if the
 * outside is gone. */
void nest_wait_for_go(int control);
/** Inside: reaps children until none is left, saying NEST_REAPED for each.
 * @return the wait status of `child` */
int nest_reap(int control, pid_t child);

/** Kills init, and so everything inside; the caller still has to wait for
 * init (and, as a tracer, for its tracees). */
void nest_kill(const struct nest *nest);
/** Closes the control socket. */
void nest_close(struct nest *nest);

#endif
