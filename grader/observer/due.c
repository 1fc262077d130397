#include "observer/due.h"

/* Signal timers of a process come before its own sleeps of the same time, as
 * the kernel gives sleeps some slack (prctl(2), PR_SET_TIMERSLACK). */
bool due_of_process(struct process *p, struct due *d)
{
    struct timer *timer = timer_first(p);
    bool alarm = p->alarm_at != NEVER &&
                 (!timer || p->alarm_at <= timer->at);
    if (p->zombie || p->gone || (!alarm && !timer))
        return false;
    *d = (struct due){.age = p->number, .process = p, .timer = timer,
                      .at = alarm ? p->alarm_at : timer->at,
                      .what = alarm ? DUE_ALARM : DUE_TIMER};
    return true;
}

static int of_task(struct task *t, struct due *d)
{
    struct due timer;
    bool delayed = t->state == DELAYED;
    if (!delayed && (!t->park.on || t->park.woken || t->park.deadline == NEVER ||
        (t->state != BLOCKED && t->state != RUNNING)))
        return 0;
    int64_t at = delayed ? t->fault.until : t->park.deadline;
    if (due_of_process(t->process, &timer) && timer.at <= at)
        return 0;
    *d = (struct due){.at = at, .age = t->age, .what = DUE_TASK, .task = t,
                      .process = t->process};
    return 1;
}

static int of_timerfds(struct observer *o, struct due *d)
{
    int n = 0;
    for (int i = 0; i < o->n_timerfds; i++)
        if (o->timerfds[i].at != NEVER)
            d[n++] = (struct due){.at = o->timerfds[i].at, .age = -3 - i,
                                  .what = DUE_TIMERFD,
                                  .timerfd = &o->timerfds[i]};
    return n;
}

/* The step that comes next, or the next one that is no look. */
static const struct observe_step *next_step(const struct observer *o,
                                            bool looks)
{
    const struct observe_request *r = o->request;
    size_t i = o->next_step;
    while (!looks && i < r->n_steps && r->steps[i].kind == OBSERVE_LOOK)
        i++;
    return i < r->n_steps ? &r->steps[i] : NULL;
}

static int of_scenario(const struct observer *o, struct due *d, bool looks)
{
    const struct observe_request *r = o->request;
    const struct observe_step *s = next_step(o, looks);
    int n = 0;
    if (s)
        d[n++] = (struct due){.at = s->at_ns, .age = 1 << 30,
                              .what = s->kind == OBSERVE_LOOK ? DUE_LOOK
                                                              : DUE_STEP};
    if (o->main_ended != NEVER && r->watch_ns > 0)
        d[n++] = (struct due){.at = o->main_ended + r->watch_ns, .age = -1,
                              .what = DUE_WATCH};
    d[n++] = (struct due){.at = o->limits.virtual_ns, .age = -2,
                          .what = DUE_LIMIT};
    return n;
}

enum { DUE_OTHERS = TIMERFDS + 3 };

int64_t due_earliest(const struct due *due, int n)
{
    int64_t at = due[0].at;
    for (int i = 1; i < n; i++)
        if (due[i].at < at)
            at = due[i].at;
    return at;
}

int due_first(struct observer *o, struct due *due, bool looks, bool *alone)
{
    int n = 0, kept = 0;
    for (int i = 0; i < o->n_tasks && n < DUE_MOST - DUE_OTHERS; i++)
        if (o->tasks[i]->thread == 0)
            n += due_of_process(o->tasks[i]->process, &due[n]);
    for (int i = 0; i < o->n_tasks && n < DUE_MOST - DUE_OTHERS; i++)
        n += of_task(o->tasks[i], &due[n]);
    n += of_timerfds(o, &due[n]);
    n += of_scenario(o, &due[n], looks);
    *alone = n == 1;
    int64_t first = due_earliest(due, n);
    for (int i = 0; i < n; i++)
        if (due[i].at <= first + tie_ns || due[i].at <= o->now)
            due[kept++] = due[i];
    return kept;
}

static bool is_now(const struct observer *o, const struct due *d)
{
    return d->at <= o->now || d->at <= o->instant + tie_ns;
}

int due_now(struct observer *o, struct due *due)
{
    int n = 0;
    for (int i = 0; i < o->n_tasks && n < DUE_MOST - DUE_OTHERS; i++) {
        struct task *t = o->tasks[i];
        if (t->thread == 0 && due_of_process(t->process, &due[n]))
            n += is_now(o, &due[n]);
        if (of_task(t, &due[n]))
            n += is_now(o, &due[n]);
    }
    int m = of_timerfds(o, &due[n]);
    for (int i = n; m > 0; i++, m--)
        if (is_now(o, &due[i]))
            due[n++] = due[i];
    of_scenario(o, &due[n], true);
    return n + (due[n].what == DUE_STEP && is_now(o, &due[n]));
}

int due_turns(const struct due *due, int n, int *index)
{
    int m = 0;
    for (int i = 0; i < n; i++)
        if (due[i].what < DUE_LOOK)
            index[m++] = i;
    return m;
}
