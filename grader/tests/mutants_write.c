/* The fates of the mutants as Markdown. */

#include <string.h>

#include "course/catalog.h"
#include "tests/mutants.h"

static const char *const fate_names[FATES] = {
    [FATE_UNKNOWN] = "not tried",     [FATE_NO_PROGRAM] = "does not compile",
    [FATE_SAME] = "same object code", [FATE_KILLED] = "killed",
    [FATE_SURVIVED] = "survived",     [FATE_ERROR] = "grader error",
};

/* NULL: any operator, any exercise. */
static size_t count(const struct mutants *all, const char *operator,
                    const struct exercise * exercise, enum fate fate)
{
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++) {
        const struct mutant *m = &all->list[i];
        n += m->fate == fate && (!operator|| m->operator== operator) &&
             (!exercise || m->exercise == exercise);
    }
    return n;
}

static void write_cell(const struct mutants *all, const char *operator,
                       const struct exercise * exercise, FILE *out)
{
    size_t killed = count(all, operator, exercise, FATE_KILLED);
    size_t survived = count(all, operator, exercise, FATE_SURVIVED);
    if (killed + survived == 0)
        fputs(" |", out);
    else
        fprintf(out, " %zu of %zu |", killed, killed + survived);
}

static void write_row(const struct mutants *all, const char *operator,
                      FILE * out)
{
    size_t n;
    const struct exercise *const *exercises = catalog(&n);
    fprintf(out, "| %s |", operator ? operator : "all");
    for (size_t i = 0; i < n; i++)
        write_cell(all, operator, exercises[i], out);
    write_cell(all, operator, NULL, out);
    fputc('\n', out);
}

static void write_table(const struct mutants *all, FILE *out)
{
    size_t n;
    const struct exercise *const *exercises = catalog(&n);
    fputs("\n## Killed\n\n| operator |", out);
    for (size_t i = 0; i < n; i++)
        fprintf(out, " %s |", exercises[i]->id);
    fputs(" all |\n|---|", out);
    for (size_t i = 0; i < n + 1; i++)
        fputs("---|", out);
    fputc('\n', out);
    for (size_t i = 0; mutate_operator(i); i++)
        write_row(all, mutate_operator(i), out);
    write_row(all, NULL, out);
}

static void write_problems(const struct mutants *all, FILE *out)
{
    fputs("\n## Not as it should be\n\n", out);
    for (size_t i = 0; i < all->n; i++)
        if (mutant_problem(&all->list[i]))
            fprintf(out, "- `%s` %s\n", all->list[i].name,
                    mutant_problem(&all->list[i]));
    for (size_t i = 0; i < all->n_unknown; i++)
        fprintf(out, "- `%s` is listed, but is no mutant\n", all->unknown[i]);
}

static void write_survivors(const struct mutants *all, FILE *out)
{
    fputs("\n## Survivors\n", out);
    for (size_t r = 0; r < all->n_reasons; r++) {
        fprintf(out, "\n%s\n\n", all->reasons[r]);
        for (size_t i = 0; i < all->n; i++)
            if (all->list[i].fate == FATE_SURVIVED &&
                all->list[i].reason == all->reasons[r])
                fprintf(out, "- `%s`\n", all->list[i].name);
    }
}

static void write_killed(const struct mutants *all, FILE *out)
{
    fputs("\n## Which check fails first\n\n", out);
    for (size_t i = 0; i < all->n; i++)
        if (all->list[i].fate == FATE_KILLED)
            fprintf(out, "- %s: `%s`\n", all->list[i].check, all->list[i].name);
}

void mutants_write(const struct mutants *all, FILE *out)
{
    fprintf(out, "%zu mutants:", all->n);
    for (enum fate fate = FATE_UNKNOWN; fate < FATES; fate++)
        if (count(all, NULL, NULL, fate) > 0)
            fprintf(out, "%s %zu %s", fate == FATE_UNKNOWN ? "" : ",",
                    count(all, NULL, NULL, fate), fate_names[fate]);
    fputc('\n', out);
    write_problems(all, out);
    write_table(all, out);
    write_survivors(all, out);
    write_killed(all, out);
}
