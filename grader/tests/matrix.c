/* Which programs there are, and what their gradings should say. */

#include "tests/matrix.h"

#include <err.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "course/catalog.h"
#include "course/judge.h"
#include "tests/place.h"

enum { CAUSE_AT_LEAST = 8 }; /* bytes: "at" would be in any message */

static const char *const kind_names[PROGRAM_KINDS] = {
    [PROGRAM_STARTER] = "starter",
    [PROGRAM_SOLUTION] = "solution",
    [PROGRAM_RIGHT] = "right",
    [PROGRAM_WRONG] = "wrong",
};

/* Reads `// fails: CHECK: "words"` and the other first lines, see matrix.h.
 * @return false: it is none of them */
static bool read_first_line(struct program *program, const char *line)
{
    struct foretold *f = &program->foretold[program->n_foretold];
    const char *quote = strchr(line, '"'), *end = strrchr(line, '"');
    if (strncmp(line, "// rare:", 8) == 0)
        return program->rare = true;
    f->perhaps = strncmp(line, "// may fail:", 12) == 0;
    if (!f->perhaps && strncmp(line, "// fails:", 9) != 0)
        return false;
    if (sscanf(strchr(line, ':'), ": %63[a-z0-9_]", f->check) != 1 ||
        quote == end)
        return true;
    snprintf(f->words, sizeof f->words, "%.*s", (int)(end - quote - 1),
             quote + 1);
    program->n_foretold++;
    return true;
}

static void read_first_lines(struct program *program)
{
    char line[400];
    FILE *in = fopen(program->path, "r");
    if (!in)
        err(EXIT_FAILURE, "%s", program->path);
    while (program->n_foretold < MATRIX_FAILURES &&
           fgets(line, sizeof line, in) && read_first_line(program, line))
        ;
    fclose(in);
}

/* chapters/02-spawning/wrong/downloads.atoi.c belongs to 02-spawning/downloads.
 */
static void take_path(struct program *program, const char *path)
{
    char id[128], chapter[64], kind[16], file[64];
    *program = (struct program){.kind = PROGRAM_WRONG};
    snprintf(program->path, sizeof program->path, "%s", path);
    const char *tail = strstr(path, "chapters/");
    if (sscanf(tail, "chapters/%63[^/]/%15[^/]/%63s", chapter, kind, file) != 3)
        errx(EXIT_FAILURE, "%s: an odd path", path);
    snprintf(program->name, sizeof program->name, "%s/%s", kind, file);
    snprintf(id, sizeof id, "%s/%.*s", chapter, (int)strcspn(file, "."), file);
    program->exercise = catalog_find(id);
    while (strcmp(kind_names[program->kind], kind) != 0)
        program->kind--;
    if (program->kind == PROGRAM_WRONG)
        read_first_lines(program);
}

void matrix_find(struct matrix *matrix, const char *part)
{
    char pattern[PATH_MAX];
    place_of_source("chapters/*/{starter,solution,right,wrong}/*.c", pattern,
                    sizeof pattern);
    glob_t found;
    if (glob(pattern, GLOB_BRACE, NULL, &found) != 0)
        errx(EXIT_FAILURE, "no program: %s", pattern);
    matrix->programs = calloc(found.gl_pathc, sizeof *matrix->programs);
    if (!matrix->programs)
        err(EXIT_FAILURE, NULL);
    for (size_t i = 0; i < found.gl_pathc; i++)
        if (strstr(found.gl_pathv[i], part))
            take_path(&matrix->programs[matrix->n++], found.gl_pathv[i]);
    if (matrix->n == 0)
        errx(EXIT_FAILURE, "no program has %s in its path", part);
    globfree(&found);
}

static const struct foretold *foretold(const struct program *program,
                                       const char *check)
{
    for (size_t i = 0; i < program->n_foretold; i++)
        if (strcmp(program->foretold[i].check, check) == 0)
            return &program->foretold[i];
    return NULL;
}

/* What depends on a failure is skipped, and what depends on that. */
enum verdict matrix_expects(const struct program *program,
                            const struct check *check)
{
    const struct foretold *f = foretold(program, check->id);
    const struct check_result *now = matrix_verdict(program, check->id);
    if (f && (!f->perhaps || (now && now->verdict == VERDICT_FAIL)))
        return VERDICT_FAIL;
    for (const struct check *c = program->exercise->checks; c->id; c++)
        if (list_has(check->depends, c->id) &&
            matrix_expects(program, c) != VERDICT_PASS)
            return VERDICT_SKIP;
    return VERDICT_PASS;
}

const struct check_result *matrix_verdict(const struct program *program,
                                          const char *check)
{
    if (!program->graded)
        return NULL;
    const struct exercise_result *e = &program->result.exercises[0];
    for (size_t i = 0; i < e->n_checks; i++)
        if (strcmp(e->checks[i].id, check) == 0)
            return &e->checks[i];
    return NULL;
}

static bool says(const char *text, const char *words)
{
    return text && strstr(text, words);
}

const struct check_result *matrix_first_failure(const struct program *program)
{
    const struct exercise_result *e = &program->result.exercises[0];
    for (size_t i = 0; program->graded && i < e->n_checks; i++)
        if (e->checks[i].verdict == VERDICT_FAIL)
            return &e->checks[i];
    return NULL;
}

const char *matrix_first_words(const struct program *program)
{
    const struct check_result *first = matrix_first_failure(program);
    const struct foretold *f = first ? foretold(program, first->id) : NULL;
    return f ? f->words : NULL;
}

bool matrix_names_cause(const struct program *program)
{
    const struct check_result *first = matrix_first_failure(program);
    const char *words = matrix_first_words(program);
    return words && strlen(words) >= CAUSE_AT_LEAST &&
           (says(first->expected, words) || says(first->seen, words));
}

/* What the message says in all, as one line. */
static void tell_message(const struct check_result *c, FILE *out)
{
    fprintf(out, " expected: %s seen: %s where: %s run: %s, %s, %s\n",
            c->expected ? c->expected : "-", c->seen ? c->seen : "-",
            c->where ? c->where : "-", c->scenario ? c->scenario : "-",
            c->schedule ? c->schedule : "-", c->command ? c->command : "-");
}

static int compare_first(const struct program *program, FILE *out)
{
    const struct check_result *first = matrix_first_failure(program);
    if (program->kind != PROGRAM_WRONG || !first || matrix_names_cause(program))
        return 0;
    fprintf(out, "%s: its first message, of %s, does not name the cause;",
            program->name, first->id);
    tell_message(first, out);
    return 1;
}

static int compare_check(const struct program *program,
                         const struct check *check, FILE *out)
{
    const struct check_result *c = matrix_verdict(program, check->id);
    enum verdict wanted = matrix_expects(program, check);
    if (!c || c->verdict != wanted) {
        fprintf(out, "%s: %s is %s instead of %s;", program->name, check->id,
                c ? verdict_name(c->verdict) : "missing",
                verdict_name(wanted));
        c ? tell_message(c, out) : (void)fputc('\n', out);
        return 1;
    }
    int mismatches = 0;
    for (size_t i = 0; i < program->n_foretold; i++) {
        const struct foretold *f = &program->foretold[i];
        if (strcmp(f->check, check->id) != 0 || wanted != VERDICT_FAIL || says(c->expected, f->words) ||
            says(c->seen, f->words) || says(c->hint, f->words))
            continue;
        fprintf(out, "%s: %s does not say \"%s\";", program->name, check->id,
                f->words);
        tell_message(c, out);
        mismatches++;
    }
    return mismatches;
}

/* A starter's checks may fail or be skipped as they like. */
static int compare_starter(const struct program *program, FILE *out)
{
    int points = result_points(&program->result);
    bool complete = result_complete(&program->result);
    if (points == 0 && complete)
        return 0;
    fprintf(out, "%s: a starter with %d points%s\n", program->name, points,
            complete ? "" : " and a grader error");
    return 1;
}

/* A wrong program has to name what it fails, as its exercise calls it. */
static int compare_names(const struct program *program, FILE *out)
{
    int mismatches = 0;
    if (program->kind == PROGRAM_WRONG && program->n_foretold == 0) {
        fprintf(out, "%s: names no check that fails\n", program->name);
        mismatches++;
    }
    for (size_t i = 0; i < program->n_foretold; i++) {
        const char *check = program->foretold[i].check;
        const struct exercise *exercise = NULL;
        if (catalog_check(check, &exercise) && exercise == program->exercise)
            continue;
        fprintf(out, "%s: its exercise has no check %s\n", program->name,
                check);
        mismatches++;
    }
    return mismatches;
}

int matrix_mismatches(const struct program *program, FILE *out)
{
    if (!program->exercise || !program->graded) {
        fprintf(out, "%s: %s\n", program->name,
                program->exercise ? program->problem : "no such exercise");
        return 1;
    }
    if (program->kind == PROGRAM_STARTER)
        return compare_starter(program, out);
    int mismatches = compare_names(program, out) + compare_first(program, out);
    for (const struct check *c = program->exercise->checks; c->id; c++)
        mismatches += compare_check(program, c, out);
    return mismatches;
}

int matrix_count(const struct matrix *matrix, const struct exercise *exercise,
                 enum program_kind kind)
{
    int count = 0;
    for (size_t i = 0; i < matrix->n; i++)
        count += matrix->programs[i].exercise == exercise &&
                 matrix->programs[i].kind == kind;
    return count;
}

static bool fails_surely(const struct program *program, const char *check)
{
    const struct foretold *f = foretold(program, check);
    return f && !f->perhaps;
}

bool matrix_has_failure(const struct matrix *matrix, const char *check)
{
    for (size_t i = 0; i < matrix->n; i++)
        if (fails_surely(&matrix->programs[i], check))
            return true;
    return false;
}
