#include "course/batch.h"

#include <errno.h>
#include <stdlib.h>

#include "course/selection.h"
#include "observer/observe.h"

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
        if (selection_needs(checks, n_checks, scenario->name))
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
    batch->stages = NULL;
    batch->n_stages = 0;
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

static int observe_one(struct batch *batch, struct stage *stage, int schedule,
                       const char **why)
{
    struct observe_request request;
    struct trace *trace;
    struct run *run = &batch->runs[batch->n];
    scenario_request(stage->scenario, &stage->prepared, batch->binary,
                     &request);
    if (batch->runaways >= RUNAWAYS)
        request.limits.cpu_ns = 1000000000;
    request.on_cpu = batch->work->request->on_cpu;
    request.schedule = scenario_schedule(batch->work->request->seed, schedule);
    int rc = observe(&request, &trace, why);
    if (rc < 0)
        return rc;
    *run = (struct run){
        .scenario = stage->scenario,
        .exercise = batch->work->exercise,
        .schedule = schedule_name(&request.schedule, batch->schedule[batch->n],
                                  sizeof batch->schedule[batch->n]),
        .trace = trace,
        .args = (const char *const *)stage->prepared.argv,
        .argc = stage->prepared.argc,
        .texts = (const char *const *)stage->prepared.text,
        .drawn = stage->prepared.drawing.drawn,
        .n_drawn = stage->prepared.drawing.n,
        .binary = batch->binary,
    };
    batch->n++;
    note_runaway(batch, stage, trace);
    return refuse_wall(trace, why);
}

int batch_next(struct batch *batch, const char **why)
{
    int stages = (int)batch->n_stages, rc = 0;
    int all = stages * batch->work->request->schedules;
    forget_runs(batch);
    while (rc == 0 && batch->n < BATCH_MOST && batch->next < all) {
        int i = batch->next++;
        struct stage *stage = &batch->stages[i % stages];
        if (!stage->ran_away)
            rc = observe_one(batch, stage, i / stages, why);
        if (batch->work->tick)
            batch->work->tick(batch->work->context);
    }
    return rc < 0 ? rc : (int)batch->n;
}
