#include "tests/traces.h"

#include <signal.h>

const struct trace trace_empty = {.outcome = TRACE_ENDED, .exact = true,
                                  .honest_clock = true};

static struct trace_event three_sleepers[] = {
    START(100),
    NAME(0, 0, "start_three"),
    FORK(0, 0, 1, 101),
    FORK(0, 0, 2, 102),
    FORK(0, 0, 3, 103),
    BLOCK(0, 0, TRACE_WAIT_CHILD, -1, "waitpid(-1)"),
    NAME(0, 1, "File1"),
    WRITES(0, 1, 1, "[File1] begins\n"),
    BLOCK(0, 1, TRACE_WAIT_SLEEP, 1 * S, "nanosleep(1 s)"),
    NAME(0, 2, "File2"),
    WRITES(0, 2, 1, "[File2] begins\n"),
    BLOCK(0, 2, TRACE_WAIT_SLEEP, 2 * S, "nanosleep(2 s)"),
    NAME(0, 3, "File3"),
    WRITES(0, 3, 1, "[File3] begins\n"),
    BLOCK(0, 3, TRACE_WAIT_SLEEP, 3 * S, "nanosleep(3 s)"),
    RESUME(1 * S, 1, 0),
    WRITES(1 * S, 1, 1, "[File1] done\n"),
    EXITS(1 * S, 1, 1),
    REAPS(1 * S, 0, 1),
    RESUME(1 * S, 0, 101),
    BLOCK(1 * S, 0, TRACE_WAIT_CHILD, -1, "waitpid(-1)"),
    RESUME(2 * S, 2, 0),
    EXITS(2 * S, 2, 2),
    REAPS(2 * S, 0, 2),
    RESUME(2 * S, 0, 102),
    BLOCK(2 * S, 0, TRACE_WAIT_CHILD, -1, "waitpid(-1)"),
    RESUME(3 * S, 3, 0),
    EXITS(3 * S, 3, 3),
    REAPS(3 * S, 0, 3),
    RESUME(3 * S, 0, 103),
    WRITES(3 * S, 0, 1, "all done\n"),
    EXITS(3 * S, 0, 0),
    REAPS(3 * S, TRACE_OUTSIDE, 0),
};
const struct trace trace_three_sleepers =
    TRACE_OF(TRACE_ENDED, 3 * S, three_sleepers);

static struct trace_event killed_download[] = {
    START(100),
    NAME(0, 0, "cancel"),
    FORK(0, 0, 1, 101),
    NAME(0, 1, "Download"),
    BLOCK(0, 1, TRACE_WAIT_SLEEP, 60 * S, "nanosleep(60 s)"),
    BLOCK(0, 0, TRACE_WAIT_SLEEP, 1 * S, "nanosleep(1 s)"),
    RESUME(1 * S, 0, 0),
    EVENT(1 * S, TRACE_SIGNAL, 0, 1, SIGSTOP, 0),
    EVENT(1 * S, TRACE_DELIVER, 1, 0, SIGSTOP, TRACE_DEFAULT),
    EVENT(1 * S, TRACE_STOP, 1, TRACE_NOBODY, SIGSTOP, 0),
    EVENT(1 * S, TRACE_DELIVER, 0, TRACE_KERNEL, SIGCHLD, TRACE_DEFAULT),
    BLOCK(1 * S, 0, TRACE_WAIT_SLEEP, 3 * S, "nanosleep(2 s)"),
    RESUME(3 * S, 0, 0),
    EVENT(3 * S, TRACE_SIGNAL, 0, 1, SIGCONT, 0),
    EVENT(3 * S, TRACE_DELIVER, 1, 0, SIGCONT, TRACE_DEFAULT),
    EVENT(3 * S, TRACE_CONTINUE, 1, TRACE_NOBODY, 0, 0),
    BLOCK(3 * S, 0, TRACE_WAIT_SLEEP, 5 * S, "nanosleep(2 s)"),
    RESUME(5 * S, 0, 0),
    EVENT(5 * S, TRACE_SIGNAL, 0, 1, SIGTERM, 0),
    EVENT(5 * S, TRACE_DELIVER, 1, 0, SIGTERM, TRACE_DEFAULT),
    KILLED(5 * S, 1, SIGTERM),
    REAPS(5 * S, 0, 1),
    WRITES(5 * S, 0, 1, "Download was "),
    WRITES(5 * S, 0, 1, "cancelled\n"),
    EXITS(5 * S, 0, 0),
    REAPS(5 * S, TRACE_OUTSIDE, 0),
};
const struct trace trace_killed_download =
    TRACE_OF(TRACE_ENDED, 5 * S, killed_download);

static struct trace_event zombie[] = {
    START(100),
    NAME(0, 0, "forgetful"),
    FORK(0, 0, 1, 101),
    FORK(0, 1, 2, 102),
    NAME(0, 2, "orphan"),
    BLOCK(0, 2, TRACE_WAIT_SLEEP, 4 * S, "nanosleep(4 s)"),
    BLOCK(0, 1, TRACE_WAIT_SLEEP, 1 * S, "nanosleep(1 s)"),
    BLOCK(0, 0, TRACE_WAIT_SIGNAL, -1, "pause()"),
    RESUME(1 * S, 1, 0),
    EXITS(1 * S, 1, 7),
    EVENT(1 * S, TRACE_ORPHAN, 2, TRACE_OUTSIDE, 0, 0),
    RESUME(4 * S, 2, 0),
    EXITS(4 * S, 2, 0),
    REAPS(4 * S, TRACE_OUTSIDE, 2),
};
const struct trace trace_zombie = TRACE_OF(TRACE_DEADLOCK, 5 * S, zombie);

static struct trace_event deadlock[] = {
    START(100),
    NAME(0, 0, "embrace"),
    FORK(0, 0, 1, 101),
    BLOCK(0, 1, TRACE_WAIT_SLEEP, S / 2, "nanosleep(0.5 s)"),
    BLOCK(0, 0, TRACE_WAIT_READ, -1, "read(3)"),
    RESUME(S / 2, 1, 0),
    WRITES(S / 2, 1, 2, "your turn"),
    BLOCK(S / 2, 1, TRACE_WAIT_READ, -1, "read(5)"),
};
const struct trace trace_deadlock = TRACE_OF(TRACE_DEADLOCK, S / 2, deadlock);

#define WORKER(i)                                                           \
    FORK((i) * 60 * S, 0, i, 100 + (i)),                                    \
    BLOCK((i) * 60 * S, i, TRACE_WAIT_SLEEP, (i) * 60 * S + 1200 * S,       \
          "nanosleep(1200 s)")
#define REST(i)                                                             \
    RESUME(1200 * S + (i) * 60 * S, i, 0),                                  \
    EXITS(1200 * S + (i) * 60 * S, i, 0),                                   \
    REAPS(1200 * S + (i) * 60 * S, 0, i)
#define TEN(what, i)                                                        \
    what(i), what(i + 1), what(i + 2), what(i + 3), what(i + 4),            \
    what(i + 5), what(i + 6), what(i + 7), what(i + 8), what(i + 9)

static struct trace_event forty[] = {
    START(100), NAME(0, 0, "make"),
    BLOCK(0, 0, TRACE_WAIT_CHILD, -1, "waitpid(-1)"),
    TEN(WORKER, 1), TEN(WORKER, 11), TEN(REST, 1), TEN(WORKER, 21),
    TEN(REST, 11), TEN(WORKER, 31), TEN(REST, 21), TEN(REST, 31),
    EXITS(3600 * S, 0, 0), REAPS(3600 * S, TRACE_OUTSIDE, 0),
};
const struct trace trace_forty = TRACE_OF(TRACE_ENDED, 3600 * S, forty);

static struct trace_event instant[] = {
    START(100),
    NAME(0, 0, "spawn"),
    FORK(0, 0, 1, 101),
    BLOCK(0, 0, TRACE_WAIT_CHILD, -1, "waitpid(101)"),
    TEXT(0, TRACE_EXEC, 1, 0, 0, "/bin/true\0"),
    NAME(0, 1, "true"),
    EXITS(0, 1, 0),
    REAPS(0, 0, 1),
    RESUME(0, 0, 101),
    FORK(0, 0, 2, 101),
    BLOCK(0, 0, TRACE_WAIT_CHILD, -1, "waitpid(101)"),
    WRITES(0, 2, 1, "second\n"),
    EXITS(0, 2, 3),
    REAPS(0, 0, 2),
    RESUME(0, 0, 101),
    EXITS(0, 0, 0),
    REAPS(0, TRACE_OUTSIDE, 0),
};
const struct trace trace_instant = TRACE_OF(TRACE_ENDED, 0, instant);

static struct trace_event family_events[] = {
    /* 0 */ START(100),
    /* 1 */ NAME(0, 0, "main"),
    /* 2 */ FORK(1, 0, 1, 101),
    /* 3 */ NAME(1, 1, "worker"),
    /* 4 */ FORK(1, 1, 2, 102),
    /* 5 */ EXITS(1, 1, 5),
    /* 6 */ EVENT(1, TRACE_ORPHAN, 2, TRACE_OUTSIDE, 0, 0),
    /* 7 */ NAME(1, 0, "boss"),
    /* 8 */ REAPS(2, 0, 1),
    /* 9 */ FORK(3, 0, 3, 101),
    /* 10 */ {.t_ns = 3, .kind = TRACE_NAME, .proc = 3, .thread = 1,
              .other = TRACE_NOBODY, .text = (char *)"thread", .len = 6},
    /* 11 */ KILLED(4, 3, SIGKILL),
    /* 12 */ EXITS(4, 0, 0),
};
const struct trace trace_family =
    TRACE_OF(TRACE_LEFT_WAITING, 9, family_events);

static struct trace_descriptor main_descriptors[] = {
    {0, TRACE_NULL_DEVICE, TRACE_READS, false, 0, (char *)"/dev/null"},
    {1, TRACE_STANDARD, TRACE_WRITES, false, 1, NULL},
    {2, TRACE_STANDARD, TRACE_WRITES, false, 2, NULL},
    {4, TRACE_PIPE, TRACE_WRITES, true, 1, NULL},
};
static struct trace_facts main_facts = {
    .parent = TRACE_OUTSIDE, .group = 0, .session = TRACE_OUTSIDE,
    .cwd = (char *)"/tmp/lab", .root = (char *)"/", .umask = 022,
    .uid = 1000, .euid = 1000, .gid = 100, .egid = 100,
    .n_descriptors = LENGTH(main_descriptors),
    .descriptors = main_descriptors,
};

static struct trace_descriptor child_descriptors[] = {
    {0, TRACE_PIPE, TRACE_READS, false, 1, NULL},
    {3, TRACE_TERMINAL, TRACE_READS | TRACE_WRITES, false, 1, NULL},
    {4, TRACE_SOCKET, TRACE_READS | TRACE_WRITES, false, 7, NULL},
    {5, TRACE_FIFO, TRACE_READS, false, 1, (char *)"/tmp/lab/fifo"},
    {6, TRACE_ANONYMOUS, TRACE_READS, true, 0, (char *)"eventfd"},
    {7, TRACE_DIRECTORY, TRACE_NO_ACCESS, true, 0, (char *)"/"},
    {8, TRACE_DEVICE, TRACE_READS, false, 0, (char *)"/dev/zero"},
};
static struct trace_facts child_facts = {
    .parent = 0, .group = 1, .session = 1, .terminal = true,
    .cwd = (char *)"/tmp/odd \xff\n\x1b name", .umask = 077,
    .command = (char *)"child \x1b with a title",
    .uid = -1, .euid = 2, .gid = 3, .egid = 4, .nice = -20,
    .blocked = UINT64_C(1) << 63, .ignored = UINT64_C(1) << 12 | 1,
    .caught = UINT64_MAX,
    .n_descriptors = LENGTH(child_descriptors),
    .descriptors = child_descriptors,
};

static struct trace_descriptor daemon_descriptors[] = {
    {0, TRACE_NULL_DEVICE, 3, false, 0, (char *)"/dev/null"},
    {1, TRACE_NULL_DEVICE, 3, false, 0, (char *)"/dev/null"},
    {2, TRACE_NULL_DEVICE, 3, false, 0, (char *)"/dev/null"},
    {3, TRACE_FILE, 3, true, 0, (char *)"/run/daemon.pid"},
};
static struct trace_facts daemon_facts = {
    .parent = TRACE_OUTSIDE, .group = 1, .session = 1,
    .cwd = (char *)"/", .root = (char *)"/", .umask = 0,
    .n_descriptors = LENGTH(daemon_descriptors),
    .descriptors = daemon_descriptors,
};
static struct trace_facts nothing_open = {.parent = TRACE_OUTSIDE};

static struct trace_event facts_events[] = {
    START(100),
    NAME(0, 0, "prog"),
    FORK(0, 0, 1, 101),
    NAME(0, 1, "odd\x1bname"),
    FORK(0, 1, 2, 102),
    LOOKS(S, 0, main_facts),
    LOOKS(S, 1, child_facts),
    LOOKS(S, 2, nothing_open),
    EXITS(S, 0, 0),
    LOOKS(2 * S, 2, daemon_facts),
};
const struct trace trace_facts_of_three =
    TRACE_OF(TRACE_LEFT_WAITING, 3 * S, facts_events);
