#include "course/scenario.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
        .watch_ns = scenario->watch_ms * ns_per_ms,
        .limits.virtual_ns = limit_ms * ns_per_ms,
    };
}

/* Small seeds are easier to type into `--seed N` of another run. */
struct schedule scenario_schedule(uint64_t seed, int nth)
{
    struct schedule schedule = {.kind = SCHEDULE_RANDOM};
    if (nth == 0)
        schedule.kind = SCHEDULE_CHILD_FIRST;
    else if (nth == 1)
        schedule.kind = SCHEDULE_PARENT_FIRST;
    else
        schedule.seed = 1 + draw_mix(draw_mix(seed) + (uint64_t)nth) % 999999;
    return schedule;
}
