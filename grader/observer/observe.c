/* Theory of operation.
 *
 * The program runs in a nest (sandbox/nest.h), traced with ptrace(2), and
 * stops only at the system calls of the table in calls.c, as a seccomp filter
 * says.  At most one task runs: it has the *token* until it blocks, ends or
 * comes to a point of choice.  Then everyone else must have come to rest
 * (prove.c), so that the set of tasks that can go on is the same in each run,
 * and the schedule chooses among them (schedule.c).  When nobody can go on,
 * virtual time jumps to the next deadline (clock.c), and when there is none,
 * the run is over: all have ended, or they wait for each other.
 *
 *     settle: collect stops, prove the rest blocked   prove.c
 *     pick:   the schedule chooses a held task        pick.c
 *     act:    work out its stop, record, resume       stop.c
 *     jump:   nobody is held: advance the clock       clock.c
 *
 * All is kept on one CPU: tracer and tracee then change places without waking
 * another processor (measured: 7 us a stop instead of 47).
 */
#include "observer/observe.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "observer/timers.h"

void finish(struct observer *o, enum trace_outcome outcome)
{
    if (o->over)
        return;
    o->trace->outcome = outcome;
    /* What depends on real resources may come a moment sooner or later. */
    if (outcome == TRACE_LIMIT_CPU || outcome == TRACE_LIMIT_MEMORY ||
        outcome == TRACE_LIMIT_WALL)
        o->trace->exact = false;
    o->over = true;
}

/* --- nobody can go on --------------------------------------------------------- */

static bool anyone(const struct observer *o,
                   bool (*is)(const struct observer *, const struct task *))
{
    for (int i = 0; i < o->n_tasks; i++)
        if (is(o, o->tasks[i]))
            return true;
    return false;
}

static bool is_running(const struct observer *o, const struct task *t)
{
    (void)o;
    return t->state == RUNNING;
}

static bool is_delayed(const struct observer *o, const struct task *t)
{
    (void)o;
    return t->state == DELAYED;
}

/* Before we say that they wait for each other, everyone is looked at anew. */
static bool really_at_rest(struct observer *o)
{
    poke(o, NULL);
    for (int i = 0; i < o->n_tasks; i++)
        o->tasks[i]->unsure = true;
    settle(o);
    return !anyone(o, can_go) && !anyone(o, is_running) && !o->over;
}

static void end_at_rest(struct observer *o)
{
    if (!really_at_rest(o))
        return;
    finish(o, o->main_ended != NEVER ? TRACE_LEFT_WAITING : TRACE_DEADLOCK);
}

/* A daemon that waits without a deadline is no deadlock; and with no watch
 * asked for nothing that comes later is of interest... unless it has a
 * deadline, as it may still end by itself. */
static void rest_virtual(struct observer *o)
{
    if (terminal_is_busy(o) || network_is_busy(o)) {
        struct timespec wait = {.tv_nsec = 1000000};
        nanosleep(&wait, NULL);
        poke(o, NULL);
    } else if (!pass_time(o)) {
        end_at_rest(o);
    }
}

static void rest_real(struct observer *o)
{
    const struct observe_request *r = o->request;
    struct timespec wait = {.tv_nsec = 2000000};
    sigset_t child;
    o->now = wall_now() - o->wall_start;
    if ((o->next_step < r->n_steps && r->steps[o->next_step].at_ns <= o->now) ||
        anyone(o, is_delayed))
        clock_wake_due(o);
    if (o->now > o->limits.wall_ns)
        finish(o, TRACE_LIMIT_WALL);
    if (o->main_ended != NEVER && r->watch_ns > 0 &&
        o->now > o->main_ended + r->watch_ns)
        finish(o, TRACE_LEFT_WAITING);
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigtimedwait(&child, NULL, &wait);
}

static void rest(struct observer *o)
{
    if (o->real_clock)
        rest_real(o);
    else if (!anyone(o, can_go))
        rest_virtual(o);
}

/* --- the loop ------------------------------------------------------------------- */

static void one_turn(struct observer *o)
{
    if (o->token && o->token->state == HELD && !at_choice(o, o->token)) {
        act(o, o->token);
    } else if (o->n_tasks == 0) {
        finish(o, TRACE_ENDED);
    } else {
        struct task *t = pick(o);
        if (t)
            act(o, t);
        else if (!anyone(o, is_running))
            rest(o);
    }
    if (!o->over)
        check_limits(o);
}

static void run(struct observer *o)
{
    while (!o->over) {
        if (o->n_tasks > 0)
            settle(o);
        if (!o->over)
            one_turn(o);
    }
}

/* --- before and after -------------------------------------------------------------- */

static void pin(struct observer *o)
{
    cpu_set_t one;
    memset(o->affinity, 0, sizeof o->affinity);
    sched_getaffinity(0, sizeof o->affinity, (cpu_set_t *)o->affinity);
    if (o->real_clock || o->free_running ||
        CPU_COUNT_S(sizeof o->affinity, (cpu_set_t *)o->affinity) == 1)
        return;
    int cpu = o->request->on_cpu > 0 ? o->request->on_cpu - 1 : sched_getcpu();
    CPU_ZERO(&one);
    CPU_SET((size_t)(cpu < 0 ? 0 : cpu), &one);
    sched_setaffinity(0, sizeof one, &one);
}

static void unpin(struct observer *o)
{
    sched_setaffinity(0, sizeof o->affinity, (cpu_set_t *)o->affinity);
}

/* Kill until nothing is left, then answer.  A killed tracee may stop once more
 * at its exit; one that has done so already is not wakened by SIGKILL. */
static void kill_all(struct observer *o)
{
    int status;
    nest_kill(&o->nest);
    for (int i = 0; i < o->n_tasks; i++)
        if (o->tasks[i]->leaving)
            ptrace(PTRACE_CONT, o->tasks[i]->tid, 0, NULL);
    for (;;) {
        pid_t pid = waitpid(-1, &status, __WALL);
        if (pid < 0 && errno == EINTR)
            continue;
        if (pid < 0 || (pid == o->nest.init && !WIFSTOPPED(status)))
            break;
        if (WIFSTOPPED(status))
            ptrace(PTRACE_CONT, pid, 0, (void *)(intptr_t)SIGKILL);
    }
    nest_close(&o->nest);
}

static void release(struct observer *o)
{
    timerfds_close(o);
    while (o->n_tasks > 0)
        task_remove(o, o->tasks[0]);
    for (int i = 0; i < o->n_processes; i++) {
        descriptors_forget(o->processes[i]);
        timers_delete(o->processes[i]);
        free(o->processes[i]);
    }
    free(o->tasks);
    free(o->processes);
    free(o->seen);
    free(o->patience);
    free(o->aimed_counts);
    for (int i = 1; i <= 2; i++) {
        if (o->outlet[i].fd >= 0)
            close(o->outlet[i].fd);
        free(o->outlet[i].pending);
    }
    if (o->input_fd >= 0)
        close(o->input_fd);
}

static struct observer *start(const struct observe_request *request)
{
    struct observer *o = calloc(1, sizeof *o);
    struct trace *tr = calloc(1, sizeof *tr);
    struct timespec t;
    if (!o || !tr) {
        free(o);
        free(tr);
        return NULL;
    }
    *o = (struct observer){
        .request = request, .limits = fill_limits(request),
        .trace = tr, .input_fd = -1, .main_ended = NEVER,
        .outlet = {[1] = {.fd = -1}, [2] = {.fd = -1}},
        .real_clock = request->clock == OBSERVE_REAL,
        .free_running = request->clock == OBSERVE_REAL ||
                        request->schedule.kind == SCHEDULE_FREE,
        .random = request->seed ^ 0x5851f42d4c957f2dU,
        .wall_start = wall_now(), .nest = {.init = -1, .control = -1},
    };
    clock_gettime(CLOCK_REALTIME, &t);
    o->began_ns = t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
    tr->exact = !o->free_running;
    tr->honest_clock = true;
    schedule_start(&o->schedule, &request->schedule);
    return o;
}

/* Three descriptors for each task that was ever proven blocked. */
static void raise_descriptor_limit(void)
{
    struct rlimit l;
    if (getrlimit(RLIMIT_NOFILE, &l) == 0 && l.rlim_cur < l.rlim_max) {
        l.rlim_cur = l.rlim_max < 65536 ? l.rlim_max : 65536;
        setrlimit(RLIMIT_NOFILE, &l);
    }
}

static void block_child_signal(sigset_t *before)
{
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, before);
}

static int observe_all(struct observer *o, const char **why)
{
    int r = launch(o, why);
    int slack = prctl(PR_GET_TIMERSLACK);
    prctl(PR_SET_TIMERSLACK, 1);
    if (r == 0)
        run(o);
    prctl(PR_SET_TIMERSLACK, slack);
    if (o->nest.init > 0)
        kill_all(o);
    record_leftovers(o);
    o->trace->end_ns = o->now;
    return r ? r : o->error;
}

int observe(const struct observe_request *request, struct trace **out,
            const char **why)
{
    const char *ignored;
    sigset_t before;
    why = why ? why : &ignored;
    *why = "the kernel refused";
    if (!request->argv || !request->argv[0])
        return -EINVAL;
    if (request->n_bystanders + request->n_files > 0 &&
        request->world != OBSERVE_GRADE)
        return -EINVAL; /* both need a /tmp of their own */
    struct observer *o = start(request);
    if (!o)
        return -ENOMEM;
    raise_descriptor_limit();
    block_child_signal(&before);
    pin(o);
    int r = observe_all(o, why);
    unpin(o);
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (r < 0)
        trace_free(o->trace);
    else
        *out = o->trace;
    release(o);
    free(o);
    return r;
}
