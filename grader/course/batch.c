#include "course/batch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "course/digest.h"
#include "course/selection.h"
#include "observer/observe.h"
#include "observer/schedule_text.h"

/* Runs with all of their CPU time that may run away. */
enum { RUNAWAYS = 2 };

static size_t count_scenarios(const struct exercise *exercise)
{
    size_t n = 0;
    while (exercise->scenarios[n].name)
        n++;
    return n;
}

static int add_stage(struct batch *batch, const struct scenario *scenario)
{
    struct stage *stage = &batch->stages[batch->n_stages];
    stage->scenario = scenario;
    int rc = scenario_prepare(batch->work->exercise, scenario,
                              batch->work->request->seed, &stage->prepared);
    if (rc == 0)
        batch->n_stages++;
    return rc;
}

int batch_open(struct batch *batch, const struct work *work, const char *binary,
               const struct check *const *checks, size_t n_checks)
{
    size_t n = count_scenarios(work->exercise);
    *batch = (struct batch){.work = work, .binary = binary};
    batch->stages = calloc(n ? n : 1, sizeof *batch->stages);
    int rc = batch->stages ? 0 : -ENOMEM;
    for (size_t i = 0; i < n && rc == 0; i++) {
        const struct scenario *scenario = &work->exercise->scenarios[i];
        if (!selection_needs(checks, n_checks, scenario->name))
            continue;
        batch->stages[batch->n_stages].honest =
            selection_honest(checks, n_checks, scenario->name);
        rc = add_stage(batch, scenario);
    }
    if (rc < 0)
        batch_close(batch);
    return rc;
}

static void forget_runs(struct batch *batch)
{
    for (size_t i = 0; i < batch->n; i++)
        trace_free((struct trace *)batch->runs[i].trace);
    batch->n = 0;
}

void batch_close(struct batch *batch)
{
    forget_runs(batch);
    for (size_t i = 0; i < batch->n_stages; i++)
        scenario_release(&batch->stages[i].prepared);
    free(batch->stages);
    free(batch->ways);
    free(batch->forced);
    batch->forced = NULL;
    batch->stages = NULL;
    batch->ways = NULL;
    batch->n_stages = batch->n_ways = 0;
}

/* Only a real clock can tell that real time ran out: no verdict on a program
 * may come from that. */
static int refuse_wall(const struct trace *trace, const char **why)
{
    if (trace->outcome != TRACE_LIMIT_WALL)
        return 0;
    *why = "Real time ran out before the run was over: grade again when the "
           "machine has less to do.";
    return -ETIME;
}

/* A program that computes without end takes all of its CPU time in each of many
 * runs.  Nothing new is learnt after the first one of a scenario, and little
 * after some scenarios: then the others get less. */
static void note_runaway(struct batch *batch, struct stage *stage,
                         const struct trace *trace)
{
    if (trace->outcome != TRACE_LIMIT_CPU || stage->ran_away)
        return;
    stage->ran_away = true;
    batch->runaways++;
}

int batch_observe(struct batch *batch, struct stage *stage,
                  const struct schedule *schedule, const char *name,
                  struct run *out, const char **why)
{
    struct observe_request request;
    struct trace *trace;
    scenario_request(stage->scenario, &stage->prepared, batch->binary,
                     &request);
    if (batch->runaways >= RUNAWAYS)
        request.limits.cpu_ns = 1000000000;
    request.on_cpu = batch->work->request->on_cpu;
    request.schedule = *schedule;
    int rc = observe(&request, &trace, why);
    if (rc < 0)
        return rc;
    rc = refuse_wall(trace, why);
    if (rc < 0) {
        trace_free(trace);
        return rc;
    }
    *out = (struct run){
        .scenario = stage->scenario,
        .exercise = batch->work->exercise,
        .schedule = name,
        .trace = trace,
        .args = (const char *const *)stage->prepared.argv,
        .argc = stage->prepared.argc,
        .texts = (const char *const *)stage->prepared.text,
        .files = stage->prepared.files,
        .bystanders = stage->prepared.bystanders,
        .drawn = stage->prepared.drawing.drawn,
        .n_drawn = stage->prepared.drawing.n,
        .binary = batch->binary,
    };
    return 0;
}

struct stage *batch_stage(struct batch *batch, const char *scenario)
{
    for (size_t i = 0; i < batch->n_stages; i++)
        if (strcmp(batch->stages[i].scenario->name, scenario) == 0)
            return &batch->stages[i];
    return NULL;
}

int batch_one(struct batch *batch, const char *scenario, const char *schedule,
              const char **why)
{
    struct stage *stage = batch_stage(batch, scenario);
    forget_runs(batch);
    if (!stage)
        return -ENOENT;
    free(batch->forced);
    batch->forced = NULL;
    int rc = schedule_parse(schedule, &batch->plan[0], &batch->forced);
    if (rc == 0)
        rc = batch_observe(batch, stage, &batch->plan[0], "again",
                           &batch->runs[0], why);
    if (rc < 0)
        return rc;
    batch->nth[0] = -1;
    batch->n = 1;
    return 0;
}

/* @return 1: nothing went this way before; 0; -ENOMEM */
static int add_way(struct batch *batch, const struct stage *stage,
                   const struct trace *trace)
{
    struct way way = {.stage = (size_t)(stage - batch->stages)};
    trace_digest(trace, way.digest);
    for (size_t i = 0; i < batch->n_ways; i++)
        if (batch->ways[i].stage == way.stage &&
            memcmp(batch->ways[i].digest, way.digest, sizeof way.digest) == 0)
            return 0;
    struct way *more =
        reallocarray(batch->ways, batch->n_ways + 1, sizeof *more);
    if (!more)
        return -ENOMEM;
    batch->ways = more;
    batch->ways[batch->n_ways++] = way;
    return 1;
}

/* What choices the first run had, all others have that choose alike.  Who is
 * held back makes the clock dishonest. */
static void note_choices(struct stage *stage, const struct trace *trace)
{
    size_t i = 0;
    while (i < trace->n_decisions && trace->decisions[i].kind == CHOICE_HOLD)
        i++;
    stage->holds = trace->exact && i == trace->n_decisions;
    stage->settled = stage->holds && (i == 0 || stage->honest);
}

static int observe_one(struct batch *batch, struct stage *stage, int nth,
                       const char **why)
{
    size_t i = batch->n;
    struct schedule schedule =
        scenario_schedule(batch->work->request->seed, nth, &stage->places);
    char *name = batch->schedule[i];
    schedule_name(&schedule, name, sizeof batch->schedule[i]);
    if (stage->holds && schedule.kind != SCHEDULE_STARVE)
        return 0;
    int rc = batch_observe(batch, stage, &schedule, name, &batch->runs[i], why);
    if (rc < 0)
        return rc;
    const struct trace *trace = batch->runs[i].trace;
    batch->tried++;
    batch->nth[i] = nth;
    batch->plan[i] = schedule;
    note_runaway(batch, stage, trace);
    if (nth == 0) {
        scenario_places(trace, &stage->places);
        note_choices(stage, trace);
    }
    rc = add_way(batch, stage, trace);
    if (rc == 1)
        batch->n++;
    else
        trace_free((struct trace *)trace);
    return rc < 0 ? rc : 0;
}

static void tick(struct batch *batch)
{
    if (batch->work->tick)
        batch->work->tick(batch->work->context);
}

static int runs_in_all(const struct batch *batch)
{
    return (int)batch->n_stages * batch->work->request->schedules;
}

void batch_stop(struct batch *batch)
{
    for (int all = runs_in_all(batch); batch->next < all; batch->next++)
        tick(batch);
}

/* The first call makes few runs: they may be enough. */
int batch_next(struct batch *batch, const char **why)
{
    int stages = (int)batch->n_stages, rc = 0, all = runs_in_all(batch);
    int end = batch->next == 0 && 2 * stages < all ? 2 * stages : all;
    forget_runs(batch);
    while (rc == 0 && batch->n < BATCH_MOST && batch->next < end) {
        int i = batch->next++;
        struct stage *stage = &batch->stages[i % stages];
        if (!stage->ran_away && !stage->settled)
            rc = observe_one(batch, stage, i / stages, why);
        tick(batch);
        if (batch->n == 0 && batch->next == end)
            end = all;
    }
    return rc < 0 ? rc : (int)batch->n;
}
