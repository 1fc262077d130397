#include "course/replay.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course/shrink.h"
#include "observer/schedule_text.h"

/* Bounds of a search that do not depend on the machine: runs, and their events
 * and decisions together. */
enum { TRIES_MOST = 100, STEPS_MOST = 20000 };
/* More than that nobody wants to read or type. */
enum { FORCED_MOST = 12 };
static const double judge_seconds = 120;

int replay_parse(const char *text, struct replay *out)
{
    const char *colon = strchr(text, ':'), *at = strrchr(text, '@');
    struct replay r = {.schedule = NULL};
    if (!colon || !at || at < colon ||
        (size_t)(colon - text) >= sizeof r.scenario ||
        strlen(at + 1) >= sizeof r.program || strlen(at + 1) < 8)
        return -EINVAL;
    memcpy(r.scenario, text, (size_t)(colon - text));
    strcpy(r.program, at + 1);
    r.schedule = strndup(colon + 1, (size_t)(at - colon) - 1);
    if (!r.schedule)
        return -ENOMEM;
    struct schedule schedule;
    struct schedule_forced *forced;
    int rc = schedule_parse(r.schedule, &schedule, &forced);
    if (rc < 0) {
        free(r.schedule);
        return rc;
    }
    free(forced);
    *out = r;
    return 0;
}

void replay_release(struct replay *replay)
{
    free(replay->schedule);
    replay->schedule = NULL;
}

bool replay_is_of(const struct replay *replay, const char *program)
{
    const char *digits = strchr(program, ':');
    return digits && strncmp(digits + 1, replay->program,
                             strlen(replay->program)) == 0;
}

void showing_release(struct showing *showing)
{
    if (showing->owned)
        trace_free((struct trace *)showing->run.trace);
    free(showing->schedule);
    free(showing->forced);
    *showing = (struct showing){.owned = false};
}

struct search {
    struct batch *batch;
    struct stage *stage;
    const struct failure *failure;
    const struct schedule_forced *all;
    int tries;
    size_t steps;
    struct showing best;
};

/* Whether the same check fails in a run, and none that it needs. */
static bool fails(const struct failure *f, const struct run *run,
                  struct judged *judged)
{
    judge_check(f->check, run, 1, judge_seconds, judged);
    if (judged->verdict != VERDICT_FAIL)
        return false;
    struct judged *other = malloc(sizeof *other);
    bool alone = other != NULL;
    for (size_t i = 0; i < f->n_needed && alone; i++) {
        judge_check(f->needed[i], run, 1, judge_seconds, other);
        alone = other->verdict == VERDICT_PASS;
    }
    free(other);
    return alone;
}

/* Takes over forced. */
static int try_forced(struct search *s, struct schedule_forced *forced,
                      size_t n)
{
    const struct schedule schedule = {.forced = forced, .n_forced = n};
    struct showing now = {.owned = true, .forced = forced, .n = n};
    if (s->tries++ >= TRIES_MOST || s->steps > STEPS_MOST ||
        !(now.schedule = schedule_text(&schedule)) ||
        batch_observe(s->batch, s->stage, &schedule, now.schedule, &now.run,
                      NULL) < 0) {
        now.owned = false;
        showing_release(&now);
        return -1;
    }
    s->steps += now.run.trace->n_events + now.run.trace->n_decisions;
    if (now.run.trace->outcome == TRACE_LIMIT_CPU)
        s->tries = TRIES_MOST; /* more like it would take for ever */
    if (!now.run.trace->exact || !fails(s->failure, &now.run, &now.judged)) {
        showing_release(&now);
        return 0;
    }
    showing_release(&s->best);
    s->best = now;
    return 1;
}

static int try_items(const size_t *items, size_t n, void *context)
{
    struct search *s = context;
    struct schedule_forced *forced = calloc(n + 1, sizeof *forced);
    for (size_t i = 0; forced && i < n; i++)
        forced[i] = s->all[items[i]];
    return forced ? try_forced(s, forced, n) : -1;
}

static int search(struct search *s, size_t n)
{
    size_t *items = calloc(n + 1, sizeof *items);
    if (!items)
        return -ENOMEM;
    for (size_t i = 0; i < n; i++)
        items[i] = i;
    long rc = 0;
    if (try_items(items, n, s) == 1)
        rc = shrink(items, n, try_items, s);
    free(items);
    return rc < 0 ? (int)rc : 0;
}

/* The run where the failure was found, by its name. */
int replay_as_it_is(const struct failure *f, struct showing *out)
{
    size_t n = f->schedule.n_forced;
    char *text = schedule_text(&f->schedule);
    struct schedule_forced *forced = calloc(n + 1, sizeof *forced);
    if (!text || !forced) {
        free(text);
        free(forced);
        return -ENOMEM;
    }
    if (n > 0)
        memcpy(forced, f->schedule.forced, n * sizeof *forced);
    *out = (struct showing){.run = *f->run, .schedule = text, .n = n,
                            .forced = forced, .judged = *f->judged};
    out->run.schedule = text;
    return 0;
}

static bool is_usual(const struct failure *f)
{
    return f->schedule.kind == SCHEDULE_CHILD_FIRST || !f->run->trace->exact ||
           f->run->trace->n_decisions == 0;
}

int replay_find(struct batch *batch, const struct failure *failure,
                struct showing *out)
{
    struct search s = {
        .batch = batch,
        .stage = batch_stage(batch, failure->run->scenario->name),
        .failure = failure,
    };
    struct schedule_forced *all;
    size_t n;
    if (is_usual(failure) || !s.stage)
        return replay_as_it_is(failure, out);
    int rc = schedule_of_trace(failure->run->trace, &all, &n);
    if (rc < 0)
        return rc;
    s.all = all;
    rc = search(&s, n);
    free(all);
    if (rc == 0 && s.best.owned && s.best.n <= FORCED_MOST) {
        *out = s.best;
        return 0;
    }
    showing_release(&s.best);
    return rc < 0 ? rc : replay_as_it_is(failure, out);
}
