#include "course/scenario.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trace/query.h"

static const int64_t ns_per_ms = 1000000;

static int draw_strings(struct drawing *drawing, const char *const *from,
                        char **to)
{
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < SCENARIO_ARGS && from[i]; i++)
        rc = draw_text(drawing, from[i], &to[i]);
    return rc;
}

static int prepare_step(struct prepared *p, const struct step *step)
{
    static const enum observe_step_kind kinds[] = {
        [STEP_INPUT] = OBSERVE_INPUT,
        [STEP_CLOSE] = OBSERVE_CLOSE,
        [STEP_SIGNAL] = OBSERVE_SIGNAL,
        [STEP_LOOK] = OBSERVE_LOOK,
    };
    size_t i = p->n_steps;
    int rc = step->text ? draw_text(&p->drawing, step->text, &p->text[i]) : 0;
    if (rc < 0)
        return rc;
    p->steps[p->n_steps++] = (struct observe_step){
        .at_ns = step->at_ms * ns_per_ms,
        .kind = kinds[step->kind],
        .text = p->text[i],
        .signal = step->signal,
    };
    return 0;
}

static int prepare_file(struct prepared *p, const struct file *file)
{
    char *text = NULL;
    int rc = file->text ? draw_text(&p->drawing, file->text, &text) : -EINVAL;
    if (rc < 0)
        return rc;
    p->files[p->n_files] = (struct file){file->name, text};
    p->placed[p->n_files++] = (struct observe_file){file->name, text};
    return 0;
}

static enum observe_state state_of(const struct bystander *b)
{
    return b->state == 'S'   ? OBSERVE_SLEEPING
           : b->state == 'T' ? OBSERVE_STOPPED
                             : OBSERVE_ZOMBIE;
}

static int prepare_bystander(struct prepared *p, const struct bystander *b)
{
    struct bystander *to = &p->bystanders[p->n_bystanders];
    to->state = b->state;
    int rc = draw_text(&p->drawing, b->name, (char **)&to->name);
    for (size_t i = 0; rc == 0 && i + 1 < BYSTANDER_ARGS && b->args[i]; i++)
        rc = draw_text(&p->drawing, b->args[i], (char **)&to->args[i]);
    p->observed[p->n_bystanders++] =
        (struct observe_bystander){.state = state_of(b), .name = to->name};
    memcpy(p->observed[p->n_bystanders - 1].argv, to->args, sizeof to->args);
    return rc;
}

static int prepare(const struct exercise *exercise,
                   const struct scenario *scenario, struct prepared *p)
{
    const char *slash = strrchr(exercise->id, '/');
    if (asprintf(&p->argv[0], "./%s", slash ? slash + 1 : exercise->id) < 0) {
        p->argv[0] = NULL;
        return -ENOMEM;
    }
    int rc = draw_strings(&p->drawing, scenario->args, p->argv + 1);
    if (rc == 0)
        rc = draw_strings(&p->drawing, scenario->env, p->env);
    for (size_t i = 0; rc == 0 && i < SCENARIO_FILES; i++) {
        if (!scenario->files[i].name)
            break;
        rc = prepare_file(p, &scenario->files[i]);
    }
    for (size_t i = 0; rc == 0 && i < SCENARIO_STEPS; i++) {
        if (scenario->steps[i].kind == STEP_NONE)
            break;
        rc = prepare_step(p, &scenario->steps[i]);
    }
    for (size_t i = 0; rc == 0 && i < SCENARIO_BYSTANDERS; i++) {
        if (!scenario->bystanders[i].state)
            break;
        rc = prepare_bystander(p, &scenario->bystanders[i]);
    }
    for (size_t i = 0; rc == 0 && i < SCENARIO_FAULTS; i++) {
        if (!scenario->inject[i])
            break;
        rc = fault_parse(scenario->inject[i], &p->faults[p->n_faults++], NULL);
    }
    while (p->argv[p->argc])
        p->argc++;
    return rc;
}

int scenario_prepare(const struct exercise *exercise,
                     const struct scenario *scenario, uint64_t seed,
                     struct prepared *out)
{
    struct prepared p = {.argc = 0};
    draw_start(&p.drawing, seed, exercise->id, scenario->name);
    int rc = prepare(exercise, scenario, &p);
    if (rc < 0) {
        scenario_release(&p);
        return rc;
    }
    *out = p;
    return 0;
}

void scenario_release(struct prepared *prepared)
{
    for (size_t i = 0; i < SCENARIO_ARGS + 2; i++)
        free(prepared->argv[i]);
    for (size_t i = 0; i < SCENARIO_ARGS + 1; i++)
        free(prepared->env[i]);
    for (size_t i = 0; i < SCENARIO_STEPS; i++)
        free(prepared->text[i]);
    for (size_t i = 0; i < prepared->n_files; i++)
        free((char *)(uintptr_t)prepared->files[i].text);
    for (size_t i = 0; i < prepared->n_bystanders; i++) {
        free((char *)(uintptr_t)prepared->bystanders[i].name);
        for (size_t k = 0; k < BYSTANDER_ARGS; k++)
            free((char *)(uintptr_t)prepared->bystanders[i].args[k]);
    }
    *prepared = (struct prepared){.argc = 0};
}

void scenario_request(const struct scenario *scenario,
                      const struct prepared *prepared, const char *binary,
                      struct observe_request *out)
{
    int64_t limit_ms = scenario->limit_ms ? scenario->limit_ms : 600 * 1000;
    *out = (struct observe_request){
        .argv = (const char *const *)prepared->argv,
        .program = binary,
        .env = (const char *const *)prepared->env,
        .world = OBSERVE_GRADE,
        .clock = OBSERVE_VIRTUAL,
        .seed = prepared->drawing.state,
        .steps = prepared->steps,
        .n_steps = prepared->n_steps,
        .bystanders = prepared->observed,
        .n_bystanders = prepared->n_bystanders,
        .files = prepared->placed,
        .n_files = prepared->n_files,
        .faults = prepared->faults,
        .n_faults = prepared->n_faults,
        .watch_ns = scenario->watch_ms * ns_per_ms,
        .limits.virtual_ns = limit_ms * ns_per_ms,
    };
}

void scenario_places(const struct trace *trace, struct places *out)
{
    char place[4 * SCHEDULE_PLACE];
    int n = trace_processes(trace);
    *out = (struct places){.n = 0};
    for (int proc = 0; proc < n && out->n < PLACES_MOST; proc++) {
        trace_place(trace, proc, place, sizeof place);
        if (strlen(place) < SCHEDULE_PLACE)
            strcpy(out->place[out->n++], place);
    }
}

/* Each finds what the other seldom does: plain chance, two processes that mix
 * at every step; priorities, one that comes far while others wait.  Small
 * seeds are easier to type into `--seed N` of another run. */
static struct schedule by_chance(uint64_t seed, int nth)
{
    return (struct schedule){
        .kind = nth / 2 % 2 ? SCHEDULE_RANDOM : SCHEDULE_PCT,
        .seed = 1 + draw_mix(draw_mix(seed) + (uint64_t)nth) % 999999,
    };
}

/* The first child, for whom main may wait by sleeping; main, who may come too
 * late for its children; then the others. */
static struct schedule starving(const struct places *places, size_t nth)
{
    struct schedule schedule = {.kind = SCHEDULE_STARVE};
    size_t which = nth < 2 && places->n > 1 ? 1 - nth : nth;
    strcpy(schedule.victim, places->place[which]);
    return schedule;
}

struct schedule scenario_schedule(uint64_t seed, int nth,
                                  const struct places *places)
{
    if (nth < 2)
        return (struct schedule){.kind = nth == 0 ? SCHEDULE_CHILD_FIRST
                                                  : SCHEDULE_PARENT_FIRST};
    size_t starved = (size_t)(nth - 2) / 2;
    if (nth % 2 == 0 && starved < places->n)
        return starving(places, starved);
    return by_chance(seed, nth);
}
