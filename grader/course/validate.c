#include "course/validate.h"

#include <stdarg.h>
#include <string.h>

#include "course/catalog.h"
#include "course/judge.h"
#include "course/lesson.h"
#include "course/scenario.h"
#include "course/selection.h"
#include "course/starter.h"

struct inspection {
    const struct exercise *exercise;
    FILE *out;
    int faults;
};

__attribute__((format(printf, 2, 3))) static void fault(struct inspection *in,
                                                        const char *format, ...)
{
    va_list args;
    fprintf(in->out, "%s: ", in->exercise->id);
    va_start(args, format);
    vfprintf(in->out, format, args);
    va_end(args);
    putc('\n', in->out);
    in->faults++;
}

static const struct scenario *find_scenario(const struct exercise *exercise,
                                            const char *name, size_t len)
{
    for (const struct scenario *s = exercise->scenarios; s->name; s++)
        if (strlen(s->name) == len && memcmp(s->name, name, len) == 0)
            return s;
    return NULL;
}

static const struct check *find_check(const struct exercise *exercise,
                                      const char *id, size_t len)
{
    for (const struct check *c = exercise->checks; c->id; c++)
        if (strlen(c->id) == len && memcmp(c->id, id, len) == 0)
            return c;
    return NULL;
}

static void inspect_steps(struct inspection *in, const struct scenario *s)
{
    int at = 0;
    for (size_t i = 0; i < SCENARIO_STEPS; i++) {
        if (s->steps[i].kind == STEP_NONE)
            break;
        if (s->steps[i].at_ms < at)
            fault(in, "scenario %s: step %zu comes before the one above it",
                  s->name, i);
        if (s->steps[i].kind == STEP_INPUT && !s->steps[i].text)
            fault(in, "scenario %s: step %zu has no text", s->name, i);
        at = s->steps[i].at_ms;
    }
}

/* The observer makes each one anew, beside the program. */
static bool can_be_placed(const struct exercise *exercise,
                          const struct scenario *s, int nth)
{
    const struct file *file = &s->files[nth];
    const char *slash = strrchr(exercise->id, '/');
    bool taken = strcmp(file->name, slash ? slash + 1 : exercise->id) == 0;
    for (int i = 0; i < nth; i++)
        taken |= strcmp(file->name, s->files[i].name) == 0;
    return !taken && *file->name && !strchr(file->name, '/') &&
           strcmp(file->name, ".") != 0 && strcmp(file->name, "..") != 0 &&
           file->text && strlen(file->text) <= FILE_MOST;
}

static void inspect_files(struct inspection *in, const struct scenario *s)
{
    for (int i = 0; i < SCENARIO_FILES && s->files[i].name; i++)
        if (!can_be_placed(in->exercise, s, i))
            fault(in, "scenario %s: file %d cannot be", s->name, i);
}

/* What lives is cat(1), see the observer's bystanders.c. */
static bool can_live(const struct bystander *b)
{
    return b->args[0] && (!b->args[1] || strcmp(b->args[1], "-") == 0) &&
           !b->args[BYSTANDER_ARGS - 1];
}

static void inspect_bystanders(struct inspection *in, const struct scenario *s)
{
    for (int i = 0; i < SCENARIO_BYSTANDERS && s->bystanders[i].state; i++) {
        const struct bystander *b = &s->bystanders[i];
        if (!strchr("STZ", b->state) || !b->name || strchr(b->name, '/') ||
            (b->state != 'Z' && !can_live(b)))
            fault(in, "scenario %s: bystander %d cannot be", s->name, i);
    }
}

static void inspect_scenario(struct inspection *in, const struct scenario *s)
{
    struct prepared prepared;
    const struct check *checks[SELECTION_MOST];
    size_t n = selection_checks(in->exercise, NULL, checks);
    if (!s->title)
        fault(in, "scenario %s has no title", s->name);
    if (find_scenario(in->exercise, s->name, strlen(s->name)) != s)
        fault(in, "two scenarios are called %s", s->name);
    if (!selection_needs(checks, n, s->name))
        fault(in, "no check is judged on scenario %s", s->name);
    if (scenario_prepare(in->exercise, s, 1, &prepared) < 0)
        fault(in, "scenario %s: a placeholder cannot be drawn, or a rule of "
                  "inject cannot be read",
              s->name);
    else
        scenario_release(&prepared);
    inspect_steps(in, s);
    inspect_bystanders(in, s);
    inspect_files(in, s);
}

static void inspect_scenarios_of(struct inspection *in, const struct check *c)
{
    const char *at = c->scenarios;
    while (at && *(at += strspn(at, " "))) {
        size_t len = strcspn(at, " ");
        if (!find_scenario(in->exercise, at, len))
            fault(in, "check %s: no scenario is called %.*s", c->id, (int)len,
                  at);
        at += len;
    }
}

/* What comes earlier cannot depend on what comes later: so there is no
 * circle. */
static void inspect_depends(struct inspection *in, const struct check *c)
{
    const char *at = c->depends;
    while (at && *(at += strspn(at, " "))) {
        size_t len = strcspn(at, " ");
        const struct check *other = find_check(in->exercise, at, len);
        if (!other)
            fault(in, "check %s: there is no check %.*s", c->id, (int)len, at);
        else if (other >= c)
            fault(in, "check %s depends on %s, which does not come before it",
                  c->id, other->id);
        at += len;
    }
}

static void inspect_lesson(struct inspection *in, const struct check *c)
{
    char path[128];
    const char *section;
    size_t len;
    if (!c->why)
        fault(in, "check %s does not say why it matters", c->id);
    if (!c->lesson) {
        fault(in, "check %s points at no lesson", c->id);
        return;
    }
    snprintf(path, sizeof path, "chapters/%.*s/README.md",
             (int)strcspn(in->exercise->id, "/"), in->exercise->id);
    const struct embedded *lesson = embedded_find(path);
    if (!lesson || lesson_section((const char *)lesson->bytes, lesson->len,
                                  c->lesson, &section, &len) < 0)
        fault(in, "check %s: %s has no section #%s", c->id, path, c->lesson);
}

static void inspect_check(struct inspection *in, const struct check *c,
                          bool lessons)
{
    if (!c->title || !c->hint || !c->judge)
        fault(in, "check %s lacks its title, hint or function", c->id);
    if (c->points <= 0)
        fault(in, "check %s is worth nothing", c->id);
    inspect_scenarios_of(in, c);
    inspect_depends(in, c);
    if (lessons)
        inspect_lesson(in, c);
}

/* Ids are unique in the course, not only in the exercise. */
static void inspect_ids(struct inspection *in,
                        const struct exercise *const *all, size_t n)
{
    for (const struct check *c = in->exercise->checks; c->id; c++)
        for (size_t i = 0; i < n; i++) {
            const struct check *other =
                find_check(all[i], c->id, strlen(c->id));
            if (other && other != c)
                fault(in, "check %s: %s has one of the same id", c->id,
                      all[i]->id);
        }
    for (size_t i = 0; i < n && all[i] != in->exercise; i++)
        if (strcmp(all[i]->id, in->exercise->id) == 0)
            fault(in, "there are two exercises of this id");
}

static void inspect_exercise(struct inspection *in, bool lessons)
{
    char path[128];
    const char *id = in->exercise->id, *slash = strchr(id, '/');
    if (!slash || strchr(slash + 1, '/') || slash[1] == '\0') {
        fault(in, "the id is not CHAPTER/EXERCISE");
        return;
    }
    if (!in->exercise->title || !in->exercise->usage)
        fault(in, "it has no title or no usage");
    starter_path(id, path);
    if (lessons && !embedded_find(path))
        fault(in, "there is no starter %s", path);
    size_t scenarios = 0, checks = 0;
    for (const struct scenario *s = in->exercise->scenarios; s->name; s++) {
        inspect_scenario(in, s);
        scenarios++;
    }
    for (const struct check *c = in->exercise->checks; c->id; c++) {
        inspect_check(in, c, lessons);
        checks++;
    }
    if (scenarios == 0 || checks == 0 || checks > SELECTION_MOST)
        fault(in, "it has %zu scenarios and %zu checks", scenarios, checks);
}

int course_faults(const struct exercise *const *exercises, size_t n,
                  bool lessons, FILE *out)
{
    int faults = 0;
    for (size_t i = 0; i < n; i++) {
        struct inspection in = {.exercise = exercises[i], .out = out};
        inspect_exercise(&in, lessons);
        inspect_ids(&in, exercises, n);
        faults += in.faults;
    }
    return faults;
}
