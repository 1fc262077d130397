/* Mutants of a program.
 *
 * A row of the table is an extended regular expression that is searched in the
 * mask of the program (the program with blanks for all that is not code) and
 * the text that takes the place of what it found.  A regular expression cannot
 * count parentheses, so a row may ask for the whole condition behind its match
 * instead. */

#include "tests/mutate.h"

#include <ctype.h>
#include <err.h>
#include <regex.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GROUPS = 5 };

struct row {
    const char *operator;
    const char *pattern;
    const char *with; /* \1, \2 ...: what the groups found */
    bool condition;   /* \1 is what lies between here and the ")" of the "(" */
};

#define NAME "[a-z_][a-z_0-9]*"
/* Has two groups of its own. */
#define PLACE NAME "((->|\\.|\\[)" NAME "\\]?)*"

/* "drop" takes away what stands on a line, or more, of its own. */
static const struct row rows[] = {
    {"drop a call", "(\n +)" NAME "\\([^;{}]*\\);", "\\1;", false},
    {"drop an assignment", "(\n +)\\*?" PLACE " [-+]?= [^;{}]*;", "\\1;",
     false},
    {"drop a step", "(\n +)" PLACE "(\\+\\+|--);", "\\1;", false},
    {"drop a jump", "(\n +)(return|break|continue);", "\\1;", false},
    {"swap the branches", "if \\(", "!(\\1)", true},
    {"never so", "(if|while) \\(", "(\\1) && 0", true},
    {"always so", "if \\(", "(\\1) || 1", true},
    {"== to !=", " == ", " != ", false},
    {"!= to ==", " != ", " == ", false},
    {"< to <=", " < ", " <= ", false},
    {"<= to <", " <= ", " < ", false},
    {"> to >=", " > ", " >= ", false},
    {">= to >", " >= ", " > ", false},
    {"&& to ||", " && ", " || ", false},
    {"|| to &&", " \\|\\| ", " && ", false},
    {"not not", "!(" NAME ")", "\\1", false},
    {"+ to -", " \\+ ", " - ", false},
    {"- to +", " - ", " + ", false},
    {"++ to --", "\\+\\+", "--", false},
    {"one more", "\\b([0-9]+)\\b", "(\\1 + 1)", false},
    {"one less", "\\b([0-9]+)\\b", "(\\1 - 1)", false},
    {"true to false", "\\btrue\\b", "false", false},
    {"false to true", "\\bfalse\\b", "true", false},
    {"constant for a variable", "(=|return|[(,])( ?)" PLACE "( ?[-+;,)])",
     "\\1\\21\\5", false},
    {"swap ? and :", "\\? ([^:;]+) : ([^:;,)]+)", "? \\2 : \\1", false},
    {"success is failure", "\\bEXIT_SUCCESS\\b", "EXIT_FAILURE", false},
    {"failure is success", "\\bEXIT_FAILURE\\b", "EXIT_SUCCESS", false},
    {"another exit code", "\\(EXIT_USAGE\\b", "(EXIT_FAILURE", false},
    {"SIGTERM to SIGKILL", "\\bSIGTERM\\b", "SIGKILL", false},
    {"SIGTERM to SIGINT", "\\bSIGTERM\\b", "SIGINT", false},
    {"SIGKILL to SIGTERM", "\\bSIGKILL\\b", "SIGTERM", false},
    {"SIGKILL to SIGCHLD", "\\bSIGKILL\\b", "SIGCHLD", false},
    {"WNOHANG to 0", "\\bWNOHANG\\b", "0", false},
    {"_exit to exit", "\\b_exit\\(", "exit(", false},
};

enum { ROWS = sizeof rows / sizeof *rows };

const char *mutate_operator(size_t n)
{
    return n < ROWS ? rows[n].operator: NULL;
}

static char *checked(char *text)
{
    if (!text)
        err(EXIT_FAILURE, NULL);
    return text;
}

/* Where the comment, string, character or directive at p ends, or p. */
static const char *not_code(const char *p, const char *start)
{
    const char *end = p;
    if (strncmp(p, "/*", 2) == 0) {
        end = strstr(p, "*/");
        return end ? end + 2 : p + strlen(p);
    }
    if (*p == '#' && (p == start || p[-1] == '\n'))
        return p + strcspn(p, "\n");
    if (*p != '"' && *p != '\'')
        return p;
    for (end = p + 1; *end && *end != *p; end++)
        end += *end == '\\' && end[1];
    return *end ? end + 1 : end;
}

/* As long as the program, with quotes for what is between quotes and blanks
 * for what else is not code. */
static char *mask_of(const char *program)
{
    char *mask = checked(strdup(program));
    for (const char *p = program; *p;) {
        const char *end = not_code(p, program);
        for (const char *q = p; q < end; q++)
            if (*q != '\n')
                mask[q - program] = *p == '"' || *p == '\'' ? '"' : ' ';
        p = end > p ? end : p + 1;
    }
    return mask;
}

/* Text between two places, newline and indentation made one blank. */
static void write_code(const char *from, const char *to, FILE *out)
{
    while (from < to && isspace((unsigned char)*from))
        from++;
    for (; from < to; from++) {
        if (*from != '\n') {
            fputc(*from, out);
            continue;
        }
        while (from + 1 < to && isspace((unsigned char)from[1]))
            from++;
        if (from + 1 < to)
            fputc(' ', out);
    }
}

/* The function that a place belongs to: what stands before the "(" of the last
 * line before it that begins with a letter. */
static void write_function(const char *mask, size_t at, FILE *out)
{
    const char *line = NULL;
    for (size_t i = 0; i <= at; i++)
        if ((i == 0 || mask[i - 1] == '\n') && isalpha((unsigned char)mask[i]))
            line = mask + i;
    size_t end = line ? strcspn(line, "({;\n") : 0, begin = end;
    while (begin > 0 &&
           (isalnum((unsigned char)line[begin - 1]) || line[begin - 1] == '_'))
        begin--;
    if (begin < end && line[end] == '(')
        fprintf(out, "%.*s", (int)(end - begin), line + begin);
    else
        fputs("file", out);
}

/* The lines of text from begin to end, both with what is around them. */
static void write_lines(const char *text, size_t begin, size_t end, FILE *out)
{
    while (begin > 0 && text[begin - 1] != '\n')
        begin--;
    end += strcspn(text + end, "\n");
    write_code(text + begin, text + end, out);
}

static void number_if_known(const struct mutations *known, char **name)
{
    int n = 1;
    size_t len = strlen(*name);
    for (size_t i = 0; i < known->n; i++) {
        const char *other = known->list[i].name;
        n += strncmp(other, *name, len) == 0 &&
             (other[len] == '\0' || strncmp(other + len, " #", 2) == 0);
    }
    char *numbered = NULL;
    if (n > 1 && asprintf(&numbered, "%s #%d", *name, n) < 0)
        err(EXIT_FAILURE, NULL);
    if (n > 1) {
        free(*name);
        *name = numbered;
    }
}

/* A program, its mask, and the place that is to change. */
struct place {
    const char *program, *mask;
    regmatch_t group[GROUPS + 1];
    size_t begin, end;
};

static void write_with(const struct place *at, const char *with, FILE *out)
{
    for (; *with; with++) {
        if (*with != '\\') {
            fputc(*with, out);
            continue;
        }
        const regmatch_t *g = &at->group[*++with - '0'];
        if (g->rm_so >= 0)
            fwrite(at->program + g->rm_so, 1, (size_t)(g->rm_eo - g->rm_so),
                   out);
    }
}

static void add(struct mutations *all, const struct row *row,
                const struct place *at)
{
    struct mutation m = {.operator= row->operator};
    size_t len;
    FILE *out = open_memstream(&m.text, &len);
    fwrite(at->program, 1, at->begin, out);
    write_with(at, row->with, out);
    long end = (fflush(out), ftell(out));
    fputs(at->program + at->end, out);
    fclose(out);
    /* The newline that a dropped statement's pattern begins with is not part
     * of the line that changes. */
    size_t begin = at->begin + (at->program[at->begin] == '\n');
    out = open_memstream(&m.name, &len);
    write_function(at->mask, at->begin, out);
    fprintf(out, ": %s: ", row->operator);
    if (strncmp(row->operator, "drop", 4) == 0)
        write_lines(at->program, begin, at->end, out);
    else
        write_lines(m.text, begin, (size_t)end, out);
    fclose(out);
    number_if_known(all, &m.name);
    all->list = realloc(all->list, (all->n + 1) * sizeof *all->list);
    if (!all->list)
        err(EXIT_FAILURE, NULL);
    all->list[all->n++] = m;
}

/* The ")" that belongs to the "(" before a place. */
static size_t closing(const char *mask, size_t at)
{
    for (int depth = 1; mask[at]; at++) {
        depth += (mask[at] == '(') - (mask[at] == ')');
        if (depth == 0)
            return at;
    }
    return at;
}

static void apply(struct mutations *all, const struct row *row,
                  const char *program, const char *mask)
{
    regex_t pattern;
    struct place at = {.program = program, .mask = mask};
    if (regcomp(&pattern, row->pattern, REG_EXTENDED) != 0)
        errx(EXIT_FAILURE, "a bad pattern: %s", row->pattern);
    for (regoff_t from = 0, len = (regoff_t)strlen(mask); from < len;) {
        at.group[0] = (regmatch_t){.rm_so = from, .rm_eo = len};
        if (regexec(&pattern, mask, GROUPS + 1, at.group, REG_STARTEND) != 0)
            break;
        from = at.group[0].rm_so + 1;
        at.begin = (size_t)at.group[0].rm_so;
        at.end = (size_t)at.group[0].rm_eo;
        if (row->condition) {
            at.begin = at.end;
            at.end = closing(mask, at.begin);
            at.group[1] = (regmatch_t){(regoff_t)at.begin, (regoff_t)at.end};
        }
        add(all, row, &at);
    }
    regfree(&pattern);
}

void mutate(const char *program, struct mutations *out)
{
    char *mask = mask_of(program);
    *out = (struct mutations){.n = 0};
    for (size_t i = 0; i < ROWS; i++)
        apply(out, &rows[i], program, mask);
    free(mask);
}

void mutate_free(struct mutations *mutations)
{
    for (size_t i = 0; i < mutations->n; i++) {
        free(mutations->list[i].text);
        free(mutations->list[i].name);
    }
    free(mutations->list);
}
