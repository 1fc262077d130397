#include "tests/soak/script.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/native.h"
#include "tests/observed.h"
#include "tests/soak/generate.h"

enum { RUNS = 3, MORE_RUNS = 12 };
static const int units_ms[] = {20, 60, 150};

void script_case_free(struct script_case *c)
{
    free(c->script);
    free(c->native);
}

int script_observe(const char *script, const struct schedule *schedule,
                   struct trace **out, const char **why)
{
    char *program = subject_program("interpret");
    const char *argv[] = {"./interpret", script, NULL};
    struct observe_request request = {.argv = argv, .program = program,
                                      .world = OBSERVE_GRADE,
                                      .schedule = *schedule, .seed = 1};
    int r = program ? observe(&request, out, why) : -ENOENT;
    free(program);
    return r;
}

/* --- comparable words ----------------------------------------------------------- */

struct line {
    const char *text;
    size_t length, label, place;
};

static int compare_lines(const void *a, const void *b)
{
    const struct line *x = a, *y = b;
    size_t shorter = x->label < y->label ? x->label : y->label;
    int by_label = memcmp(x->text, y->text, shorter);
    if (by_label != 0)
        return by_label;
    if (x->label != y->label)
        return x->label < y->label ? -1 : 1;
    return x->place < y->place ? -1 : 1;
}

static size_t split(const char *text, struct line *lines)
{
    size_t n = 0;
    for (; *text; n++) {
        size_t length = strcspn(text, "\n");
        lines[n] = (struct line){text, length, strcspn(text, " \n"), n};
        text += length + (text[length] == '\n');
    }
    return n;
}

static char *words_of(const struct ending *e)
{
    char *text = NULL;
    size_t size;
    const char *printed = e->stream[1] ? e->stream[1] : "";
    struct line *lines = calloc(strlen(printed) + 1, sizeof *lines);
    FILE *f = open_memstream(&text, &size);
    if (!lines || !f)
        abort();
    size_t n = split(printed, lines);
    qsort(lines, n, sizeof *lines, compare_lines);
    for (size_t i = 0; i < n; i++)
        fprintf(f, "%.*s\n", (int)lines[i].length, lines[i].text);
    fprintf(f, "%send: exit %d signal %d\n", e->stream[2] ? e->stream[2] : "",
            e->code, e->signal);
    fclose(f);
    free(lines);
    return text;
}

char *script_words(const struct trace *trace)
{
    struct ending e = observed_ending(trace);
    char *text = words_of(&e);
    ending_free(&e);
    return text;
}

/* --- native runs ------------------------------------------------------------------ */

static int add(struct subject_list *list, const char *script, int unit_ms)
{
    struct subject *s = &list->subject[list->n++];
    *s = (struct subject){.program = subject_program("interpret"),
                          .script = script_with_unit(script, unit_ms)};
    if (asprintf(&s->name, "native.%zu", list->n) < 0 || !s->program)
        return -ENOENT;
    return 0;
}

/* Into a directory of its own, as names come again. */
static int run(struct subject_list *list, const char *base)
{
    char dir[512], command[600];
    snprintf(dir, sizeof dir, "%s/oracle-XXXXXX", base);
    if (!mkdtemp(dir))
        return -errno;
    int r = native_run(list, dir);
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    return system(command) == 0 ? r : -EIO;
}

/* What most of the runs say, or NULL. */
static char *majority(const struct subject *s, int n)
{
    char *text[RUNS], *most = NULL;
    for (int i = 0; i < n; i++)
        text[i] = words_of(&s[i].expected);
    for (int i = 0; i < n && !most; i++)
        for (int j = i + 1; j < n && !most; j++)
            if (strcmp(text[i], text[j]) == 0)
                most = strdup(text[i]);
    for (int i = 0; i < n; i++)
        free(text[i]);
    return most;
}

static int ask(struct script_case *cases, size_t n, int unit_ms,
               const char *dir)
{
    struct subject_list list = {0};
    int r = 0;
    list.subject = calloc(RUNS * n + 1, sizeof *list.subject);
    for (size_t i = 0; i < RUNS * n && r == 0; i++)
        if (!cases[i / RUNS].native)
            r = add(&list, cases[i / RUNS].script, unit_ms);
    if (r == 0 && list.n > 0)
        r = run(&list, dir);
    size_t at = 0;
    for (size_t i = 0; i < n && r == 0; i++)
        if (!cases[i].native) {
            cases[i].native = majority(&list.subject[at], RUNS);
            cases[i].unit_ms = unit_ms;
            at += RUNS;
        }
    subject_list_free(&list);
    return r;
}

int script_oracle(struct script_case *cases, size_t n, const char *dir)
{
    int r = 0;
    for (size_t i = 0; i < sizeof units_ms / sizeof *units_ms && r == 0; i++)
        r = ask(cases, n, units_ms[i], dir);
    return r;
}

int script_natively_possible(const char *script, const char *words,
                             const char *dir)
{
    struct subject_list list = {0};
    int r = 0, possible = 0;
    list.subject = calloc(MORE_RUNS, sizeof *list.subject);
    for (int i = 0; i < MORE_RUNS && r == 0; i++)
        r = add(&list, script, units_ms[i % 3]);
    if (r == 0)
        r = run(&list, dir);
    for (int i = 0; i < MORE_RUNS && r == 0; i++) {
        char *text = words_of(&list.subject[i].expected);
        possible |= strcmp(text, words) == 0;
        free(text);
    }
    subject_list_free(&list);
    return r ? r : possible;
}
