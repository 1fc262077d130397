/* The course's own hash: two gradings with the same one were judged by the
 * same tables and lessons.  What a check's function does is not in a table;
 * the version stands for it, and its source where that is embedded. */

#include "course/catalog.h"
#include "course/hash.h"

static void add_scenario(struct sha256_ctx *hash, const struct scenario *s)
{
    hash_string(hash, s->name);
    hash_string(hash, s->title);
    for (size_t i = 0; i < SCENARIO_ARGS; i++)
        hash_string(hash, s->args[i]);
    for (size_t i = 0; i < SCENARIO_ARGS; i++)
        hash_string(hash, s->env[i]);
    for (size_t i = 0; i < SCENARIO_STEPS; i++) {
        hash_number(hash, s->steps[i].at_ms);
        hash_number(hash, s->steps[i].kind);
        hash_string(hash, s->steps[i].text);
        hash_number(hash, s->steps[i].signal);
    }
    for (size_t i = 0; i < SCENARIO_FILES; i++) {
        hash_string(hash, s->files[i].name);
        hash_string(hash, s->files[i].text);
    }
    for (size_t i = 0; i < SCENARIO_BYSTANDERS; i++) {
        const struct bystander *b = &s->bystanders[i];
        hash_number(hash, b->state);
        hash_string(hash, b->name);
        for (size_t k = 0; k < BYSTANDER_ARGS; k++)
            hash_string(hash, b->args[k]);
    }
    for (size_t i = 0; i < SCENARIO_FAULTS; i++)
        hash_string(hash, s->inject[i]);
    hash_number(hash, s->watch_ms);
    hash_number(hash, s->limit_ms);
}

static void add_check(struct sha256_ctx *hash, const struct check *check)
{
    hash_string(hash, check->id);
    hash_number(hash, check->points);
    hash_string(hash, check->title);
    hash_string(hash, check->why);
    hash_string(hash, check->scenarios);
    hash_string(hash, check->hint);
    hash_string(hash, check->lesson);
    hash_number(hash, check->clock);
    hash_string(hash, check->depends);
}

static void add_exercise(struct sha256_ctx *hash,
                         const struct exercise *exercise)
{
    hash_string(hash, exercise->id);
    hash_string(hash, exercise->title);
    hash_string(hash, exercise->usage);
    for (const struct scenario *s = exercise->scenarios; s->name; s++)
        add_scenario(hash, s);
    for (const struct check *check = exercise->checks; check->id; check++)
        add_check(hash, check);
}

const char *catalog_course_hash(void)
{
    static char text[HASH_TEXT];
    struct sha256_ctx hash;
    size_t n;
    if (text[0])
        return text;
    sha256_init(&hash);
    hash_string(&hash, PROCLAB_VERSION);
    const struct exercise *const *all = catalog(&n);
    for (size_t i = 0; i < n; i++)
        add_exercise(&hash, all[i]);
    const struct embedded *files = embedded_files(&n);
    for (size_t i = 0; i < n; i++) {
        hash_string(&hash, files[i].path);
        hash_piece(&hash, files[i].bytes, files[i].len);
    }
    return hash_text(&hash, text);
}
