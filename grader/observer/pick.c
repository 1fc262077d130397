/* Whose turn it is.
 *
 * The schedule chooses among the held tasks.  Two more things are possible
 * wherever the kernel leaves an order open.  Whoever sleeps until the present
 * instant could run as well (clock_due()): two sleepers of the same time may
 * both be awake before a third process hears of the first.  And where all that
 * can run is one process, while others sleep or ask in vain, time may pass
 * before it does: a busy machine can keep it off the CPU for seconds.  It is
 * then *held back*: from now on it does not run unless nobody else can go on,
 * not even later. That ends with a bound on all such time of a run, so that
 * nobody waits in vain for ever, and neither a look of the scenario nor the end
 * of its watch comes meanwhile: these are ours, not the program's. */
#include <stdlib.h>

#include "observer/internal.h"

/* Longer than what people take for long enough, in sleep(10). */
static const int64_t hold_most_ns = INT64_C(15) * 1000000000;
/* What it costs to be held back until nobody else can go on. */
static const int64_t hold_cost_ns = 100000000;

bool can_go(const struct observer *o, const struct task *t)
{
    return t->state == HELD && t->process != o->held_back;
}

static int ready(struct observer *o, struct task **found, bool idle)
{
    int n = 0;
    for (int i = 0; i < o->n_tasks; i++) {
        struct task *t = o->tasks[i];
        if (can_go(o, t) && (t->idle > 0) == idle)
            found[n++] = t;
    }
    return n;
}

/* Among those whose calls have no effect everyone gets a turn, or a loop
 * around waitpid(WNOHANG) would never end under some schedules. */
static struct task *longest_waiting(struct task **tasks, int n)
{
    struct task *best = tasks[0];
    for (int i = 1; i < n; i++)
        if (tasks[i]->last_turn < best->last_turn)
            best = tasks[i];
    return best;
}

/* All that can run run in vain: only the passing of time can help them. */
static bool patience_is_over(struct task **tasks, int n)
{
    for (int i = 0; i < n; i++)
        if (!out_of_patience(tasks[i]))
            return false;
    return true;
}

/* --- holding back ----------------------------------------------------------
 */

void hold_nobody(struct observer *o)
{
    o->held_back = NULL;
    o->held_back_ns = hold_most_ns;
}

bool hold_lasts(const struct observer *o, int64_t ns)
{
    return o->held_back_ns + ns <= hold_most_ns;
}

static bool of_one_process(struct task **tasks, int n)
{
    for (int i = 1; i < n; i++)
        if (tasks[i]->process != tasks[0]->process)
            return false;
    return n > 0;
}

/* Whether another process asks in vain for what may come. */
static bool others_ask(const struct observer *o, const struct process *p)
{
    for (int i = 0; i < o->n_tasks; i++)
        if (o->tasks[i]->process != p && o->tasks[i]->idle > 0 &&
            can_go(o, o->tasks[i]))
            return true;
    return false;
}

/* Whether the only process that can run is held back from now on. */
static bool holds_back(struct observer *o, struct task **tasks, int n)
{
    if (o->held_back || !of_one_process(tasks, n) || !hold_lasts(o, 1))
        return false;
    struct process *p = tasks[0]->process;
    bool now = o->let_go == p;
    o->let_go = NULL;
    if (now || (!others_ask(o, p) && !clock_might_pass(o)))
        return false;
    const struct schedule_option one = {tasks[0]->age, p->number, false};
    const struct schedule_option options[] = {one, one};
    if (decide(o, CHOICE_HOLD, options, 2) == 0)
        return false;
    o->held_back = p;
    return true;
}

bool pass_time(struct observer *o)
{
    if (o->held_back && !clock_may_pass(o)) {
        o->let_go = o->held_back;
        o->held_back = NULL;
        o->held_back_ns += hold_cost_ns;
        return true;
    }
    return clock_jump(o);
}

/* --- picking ---------------------------------------------------------------
 */

/* All that can run asks in vain: time passes, or who waits longest is next.
 * @return how many tasks there are to choose from */
static int take_idle(struct observer *o, struct task **tasks)
{
    int n = ready(o, tasks, true);
    if (n == 0)
        return 0;
    if (!o->real_clock && patience_is_over(tasks, n)) {
        for (int i = 0; i < n; i++)
            tasks[i]->idle = IDLE_PATIENCE / 2;
        if (pass_time(o))
            return 0;
    }
    tasks[0] = longest_waiting(tasks, n);
    return 1;
}

/* Whoever runs without an end is no reason to hold back another any longer. */
static struct task *pick_fair(struct observer *o, struct task **tasks, int n)
{
    if (o->held_back)
        hold_nobody(o);
    return longest_waiting(tasks, n);
}

/* @return NULL: a sleeper was woken */
static struct task *pick_one(struct observer *o, struct task **tasks, int n,
                             struct schedule_option *options)
{
    for (int i = 0; i < n; i++)
        options[i] = (struct schedule_option){tasks[i]->age,
                                              tasks[i]->process->number, false};
    bool by_clock = !o->real_clock && !o->free_running;
    int due = by_clock ? clock_due(o, options + n) : 0;
    if (by_clock && due == 0 && holds_back(o, tasks, n))
        return NULL;
    int chosen = decide(o, CHOICE_RUN, options, n + due);
    if (chosen < n)
        return tasks[chosen];
    clock_wake(o, chosen - n);
    return NULL;
}

struct task *pick(struct observer *o)
{
    size_t most = (size_t)o->n_tasks + 1;
    struct task **tasks = calloc(most, sizeof *tasks), *chosen = NULL;
    struct schedule_option *options =
        calloc(3 * most + (size_t)o->n_timerfds, sizeof *options);
    o->out_of_memory |= !tasks || !options;
    int n = tasks && options ? ready(o, tasks, false) : 0;
    bool fair = n > 0 && clock_is_fair(o);
    if (n == 0 && tasks && options)
        n = take_idle(o, tasks);
    if (n > 0)
        chosen = fair ? pick_fair(o, tasks, n) : pick_one(o, tasks, n, options);
    free(tasks);
    free(options);
    return chosen;
}
