#include "cli/knowledge.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/changes.h"
#include "cli/cli.h"
#include "cli/standing.h"
#include "cli/terminal.h"
#include "result/format.h"

struct known {
    json_t *json;                  /* owned; NULL: nothing is known */
    struct exercise_result result; /* points into it */
};

int knowledge_open(struct knowledge *k, const struct submission *submission,
                   char *command)
{
    *k = (struct knowledge){.submission = submission, .command = command};
    k->known = calloc(submission->n + 1, sizeof *k->known);
    return command && k->known ? 0 : -ENOMEM;
}

static size_t collect(const struct knowledge *k,
                      const struct exercise_result **exercises)
{
    size_t n = 0;
    for (size_t i = 0; i < k->submission->n; i++)
        if (k->known[i].json)
            exercises[n++] = &k->known[i].result;
    return n;
}

static void write_one(const struct knowledge *k, const struct page *page)
{
    struct known *known = &k->known[k->shown];
    struct result one = {.n_exercises = 1, .exercises = &known->result};
    struct text_style style = {
        .width = page->width,
        .colour = page->colour,
        .unicode = page->unicode,
        .command = k->command,
    };
    if (known->json)
        result_write_text(&one, page->out, &style);
    putc('\n', page->out);
}

void knowledge_write(const struct knowledge *k, const struct page *page)
{
    const struct exercise_result **rows =
        calloc(k->submission->n + 1, sizeof *rows);
    size_t n = rows ? collect(k, rows) : 0;
    if (k->changes)
        fputs(k->changes, page->out);
    if (n > 0)
        write_one(k, page);
    if (n > 1)
        standing_write(page, rows, n, cli_program());
    free(rows);
}

static size_t place_of(const struct knowledge *k, const char *id)
{
    size_t i = 0;
    while (i < k->submission->n && strcmp(k->submission->exercises[i]->id, id))
        i++;
    return i;
}

static void forget(struct known *known)
{
    if (!known->json)
        return;
    exercise_result_clear(&known->result);
    json_decref(known->json);
    known->json = NULL;
}

static bool take_exercise(struct knowledge *k, json_t *json,
                          const struct page *changes)
{
    struct exercise_result result;
    if (exercise_from_json(json, &result, NULL) != 0)
        return false;
    size_t i = place_of(k, result.id);
    struct known *known = &k->known[i];
    if (known->json) {
        changes_write(changes, &known->result, &result);
        k->shown = i;
    }
    forget(known);
    *known = (struct known){json_incref(json), result};
    return true;
}

static bool take_all(struct knowledge *k, json_t *all)
{
    json_t *exercise;
    size_t i, len;
    struct page changes = terminal_page();
    bool good = true;
    free(k->changes);
    k->changes = NULL;
    changes.out = open_memstream(&k->changes, &len);
    json_array_foreach(json_object_get(all, "exercises"), i, exercise) good =
        good && changes.out && take_exercise(k, exercise, &changes);
    if (changes.out)
        fclose(changes.out);
    return good;
}

/* At first the exercise that comes next is shown. */
static void choose_shown(struct knowledge *k)
{
    const struct exercise_result **rows =
        calloc(k->submission->n + 1, sizeof *rows);
    if (!rows)
        return;
    const struct exercise_result *next = standing_next(rows, collect(k, rows));
    if (next)
        k->shown = place_of(k, next->id);
    free(rows);
}

int knowledge_take(struct knowledge *k, const char *bytes, size_t len)
{
    bool first = !k->known[k->shown].json;
    json_t *all = json_loadb(bytes, len, JSON_REJECT_DUPLICATES, NULL);
    bool good = all && take_all(k, all);
    json_decref(all);
    if (first)
        choose_shown(k);
    return good ? 0 : -EINVAL;
}

void knowledge_excuse(struct knowledge *k, const char *text, size_t len)
{
    free(k->changes);
    if (asprintf(&k->changes, "%.*s\n\n", (int)len, text) < 0)
        k->changes = NULL;
}

void knowledge_close(struct knowledge *k)
{
    for (size_t i = 0; k->known && i < k->submission->n; i++)
        forget(&k->known[i]);
    free(k->known);
    free(k->command);
    free(k->changes);
}
