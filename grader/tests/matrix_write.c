/* The matrix as Markdown. */

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "course/catalog.h"
#include "tests/matrix.h"

static int count_checks(const struct exercise *exercise)
{
    int n = 0;
    for (const struct check *c = exercise->checks; c->id; c++)
        n++;
    return n;
}

static int count_scenarios(const struct exercise *exercise)
{
    int n = 0;
    for (const struct scenario *s = exercise->scenarios; s->name; s++)
        n++;
    return n;
}

static int count_mismatches(const struct matrix *matrix)
{
    int mismatches = 0;
    FILE *nowhere = fopen("/dev/null", "w");
    if (!nowhere)
        return -1;
    for (size_t i = 0; i < matrix->n; i++)
        mismatches += matrix_mismatches(&matrix->programs[i], nowhere);
    fclose(nowhere);
    return mismatches;
}

static void write_summary(const struct matrix *matrix, FILE *out)
{
    size_t n;
    int checks = 0;
    long runs = 0;
    const struct exercise *const *all = catalog(&n);
    for (size_t i = 0; i < n; i++)
        checks += count_checks(all[i]);
    for (size_t i = 0; i < matrix->n; i++)
        if (matrix->programs[i].exercise)
            runs += matrix->schedules *
                    count_scenarios(matrix->programs[i].exercise);
    fprintf(out, "%zu programs, %d checks, %d schedules, seed %ld, %ld runs: "
                 "%d not as expected\n",
            matrix->n, checks, matrix->schedules, matrix->seed, runs,
            count_mismatches(matrix));
}

/* In bold where it is not as expected. */
static void write_cell(const struct program *program, const struct check *check,
                       FILE *out)
{
    const struct check_result *c = matrix_verdict(program, check->id);
    const char *word = !c                            ? "none"
                       : c->verdict == VERDICT_PASS ? "."
                                                    : verdict_name(c->verdict);
    bool as_expected = c && (program->kind == PROGRAM_STARTER ||
                             c->verdict == matrix_expects(program, check));
    fprintf(out, as_expected ? " %s |" : " **%s** |", word);
}

/* The check whose message comes first, and words of it that name the cause. */
static void write_first(const struct program *program, FILE *out)
{
    const struct check_result *first = matrix_first_failure(program);
    const char *words = matrix_first_words(program);
    if (program->kind != PROGRAM_WRONG || !first)
        fputs("  |", out);
    else
        fprintf(out, matrix_names_cause(program) ? " %s: \"%s\" |" :
                " **%s: \"%s\"** |", first->id, words ? words : "");
}

static void write_row(const struct program *program, FILE *out)
{
    fprintf(out, "| %s |", program->name);
    for (const struct check *c = program->exercise->checks; c->id; c++)
        write_cell(program, c, out);
    write_first(program, out);
    fputc('\n', out);
}

static void write_exercise(const struct matrix *matrix,
                           const struct exercise *exercise, FILE *out)
{
    fprintf(out, "\n## %s\n\n| program |", exercise->id);
    for (const struct check *c = exercise->checks; c->id; c++)
        fprintf(out, " %s |", c->id);
    fputs(" first message names the cause |\n|---|", out);
    for (const struct check *c = exercise->checks; c->id; c++)
        fputs("---|", out);
    fputs("---|\n", out);
    for (size_t i = 0; i < matrix->n; i++)
        if (matrix->programs[i].exercise == exercise)
            write_row(&matrix->programs[i], out);
}

void matrix_write(const struct matrix *matrix, FILE *out)
{
    size_t n;
    const struct exercise *const *all = catalog(&n);
    write_summary(matrix, out);
    fputs("\nA dot is a check that passed; bold is not as expected. The last column "
          "has the check\nwhose message a student sees first, and words of it.\n", out);
    for (size_t i = 0; i < n; i++)
        write_exercise(matrix, all[i], out);
}
