/* Theory: one thread, and no handlers.  Signals are blocked and taken by
 * sigtimedwait(2), the end of a child like a Ctrl-C, so nothing can come at a
 * bad moment.  Only this process writes into the store; a child leaves its
 * answer in memory.  To stop, the children are killed: workers, programs and
 * compilers die with them, and their work directories are removed by their
 * janitors.  All of these become our children then (we are their subreaper),
 * so waiting until no child is left means that nothing is left. */

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>

#include "classroom/hall.h"
#include "classroom/sheet.h"
#include "course/catalog.h"
#include "course/cleanup.h"

static struct seat *free_seat(struct hall *hall)
{
    for (size_t i = 0; i < hall->n_seats; i++)
        if (hall->seats[i].pid == 0)
            return &hall->seats[i];
    return NULL;
}

/* Goes on to the next submission. */
static bool is_more(struct hall *hall)
{
    const struct roll *roll = hall->request->roll;
    while (hall->next < roll->n && roll->entries[hall->next].kind == ROLL_STRAY)
        hall->next++;
    return hall->next < roll->n;
}

static int take_dead(struct hall *hall)
{
    int status, rc = 0;
    pid_t pid;
    while (rc == 0 && (pid = waitpid(-1, &status, WNOHANG)) > 0)
        for (size_t i = 0; i < hall->n_seats && rc == 0; i++)
            if (hall->seats[i].pid == pid)
                rc = hall_stand_up(hall, &hall->seats[i], status);
    return rc;
}

static int take_signals(struct hall *hall, time_t patience_s)
{
    struct timespec patience = {.tv_sec = patience_s};
    int signal = sigtimedwait(&hall->signals, NULL, &patience);
    if (signal > 0 && signal != SIGCHLD)
        hall->outcome.signal = signal;
    if (signal < 0 && patience_s > 0)
        hall_tell(hall, NULL, NULL);
    return take_dead(hall);
}

static int grade_all(struct hall *hall)
{
    int rc = 0;
    while (rc == 0 && !hall->outcome.signal && (is_more(hall) || hall->busy)) {
        struct seat *seat = is_more(hall) ? free_seat(hall) : NULL;
        if (seat) {
            seat->entry = hall->next++;
            rc = hall_sit_down(hall, seat);
        }
        if (rc == 0)
            rc = take_signals(hall, seat ? 0 : 1);
    }
    return rc;
}

/* -1: all children there are. */
static void wait_for(pid_t pid)
{
    pid_t gone;
    do
        gone = waitpid(pid, NULL, 0);
    while (gone < 0 ? errno == EINTR : pid < 0);
}

/* Ends what is still running, and waits until nothing of it is left. */
static void clear(struct hall *hall)
{
    for (size_t i = 0; i < hall->n_seats; i++)
        if (hall->seats[i].pid > 0)
            kill(hall->seats[i].pid, SIGKILL);
    for (size_t i = 0; i < hall->n_seats; i++) {
        if (hall->seats[i].pid > 0)
            wait_for(hall->seats[i].pid);
        seat_clear(&hall->seats[i]);
    }
    if (hall->alone)
        wait_for(-1);
    free(hall->seats);
}

static int write_sheet(const struct hall *hall)
{
    autofree char *text = NULL;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    if (!out)
        return hall_fail(hall, -ENOMEM, "write ", "class.csv");
    int rc = sheet_write(out, hall->request->roll, hall->outcome.marks,
                         hall->exercises, hall->n_exercises);
    if (fclose(out) != 0 && rc == 0)
        rc = -ENOMEM;
    if (rc == 0)
        rc = store_put_sheet(hall->request->store, text, len);
    return rc < 0 ? hall_fail(hall, rc, "write ", "class.csv") : 0;
}

/* A signal that is ignored stays so (nohup(1), a shell's job in the
 * background): once blocked it would be taken. */
static bool is_ignored(int signal)
{
    struct sigaction action;
    return sigaction(signal, NULL, &action) == 0 &&
           action.sa_handler == SIG_IGN;
}

static void block_signals(struct hall *hall)
{
    static const int all[] = {SIGCHLD, SIGINT, SIGTERM, SIGHUP};
    sigemptyset(&hall->signals);
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (!is_ignored(all[i]))
            sigaddset(&hall->signals, all[i]);
    sigprocmask(SIG_BLOCK, &hall->signals, &hall->before);
    hall->alone = waitpid(-1, NULL, WNOHANG) < 0;
    prctl(PR_SET_CHILD_SUBREAPER, 1);
}

/* A SIGCHLD that nobody took is none of the caller's business. */
static void unblock_signals(const struct hall *hall)
{
    const struct timespec no_patience = {0};
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    while (sigtimedwait(&child, NULL, &no_patience) > 0)
        ;
    prctl(PR_SET_CHILD_SUBREAPER, 0);
    sigprocmask(SIG_SETMASK, &hall->before, NULL);
}

/* Programs are kept on one CPU each while they are observed: each seat has its
 * own, as far as there are enough.  Which is first differs, as somebody else
 * may be grading, too. */
static void share_out_cpus(struct hall *hall)
{
    int all[CPU_SETSIZE], n = 0, first = 0, here = sched_getcpu();
    cpu_set_t set;
    if (hall->n_seats < 2 || sched_getaffinity(0, sizeof set, &set) < 0)
        return;
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
        if (CPU_ISSET((size_t)cpu, &set)) {
            first = cpu == here ? n : first;
            all[n++] = cpu;
        }
    for (size_t i = 0; i < hall->n_seats && n > 0; i++)
        hall->seats[i].cpu = 1 + all[((size_t)first + i) % (size_t)n];
}

static void mark_all_pending(struct hall *hall)
{
    const struct roll *roll = hall->request->roll;
    for (size_t i = 0; i < roll->n; i++) {
        mark_set(&hall->outcome.marks[i], MARK_PENDING,
                 "its turn has not come");
        hall->total += roll->entries[i].kind != ROLL_STRAY;
    }
}

static int furnish(struct hall *hall)
{
    size_t n = hall->request->roll->n;
    hall->n_seats = (size_t)hall->request->jobs;
    hall->outcome.marks = calloc(n + 1, sizeof *hall->outcome.marks);
    hall->seats = calloc(hall->n_seats, sizeof *hall->seats);
    if (!hall->outcome.marks || !hall->seats) {
        free(hall->outcome.marks);
        free(hall->seats);
        return hall_fail(hall, -ENOMEM, "grade ", "");
    }
    for (size_t i = 0; i < hall->n_seats; i++)
        hall->seats[i] = (struct seat){.answer = -1, .submission = -1};
    share_out_cpus(hall);
    mark_all_pending(hall);
    return 0;
}

int class_grade(const struct class_request *request, struct class_outcome *out,
                char **why)
{
    struct hall hall = {.request = request, .why = why};
    *why = NULL;
    hall.exercises = catalog(&hall.n_exercises);
    int rc = furnish(&hall);
    if (rc < 0)
        return rc;
    block_signals(&hall);
    rc = grade_all(&hall);
    clear(&hall);
    if (rc == 0)
        rc = write_sheet(&hall);
    unblock_signals(&hall);
    if (rc == 0)
        *out = hall.outcome;
    else
        class_outcome_free(&hall.outcome, request->roll);
    return rc;
}

void class_outcome_free(struct class_outcome *outcome, const struct roll *roll)
{
    for (size_t i = 0; i < roll->n; i++)
        mark_clear(&outcome->marks[i]);
    free(outcome->marks);
    outcome->marks = NULL;
}
