/* The sections around the exercises: a chapter's beginning, the speed-up, the
 * appendix. */
#include <gnu/libc-version.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "course/catalog.h"
#include "report/parts.h"
#include "report/plot.h"

/* --- a chapter ------------------------------------------------------------ */

static const char *lesson_of(const char *chapter)
{
    char path[300];
    snprintf(path, sizeof path, "chapters/%s/README.md", chapter);
    const struct embedded *file = embedded_find(path);
    return file ? (const char *)file->bytes : NULL;
}

/* A lesson begins with its title and the question that it answers. */
void part_chapter(const struct writing *w, const char *chapter, json_t *to)
{
    static const char question[] = "**The question:**";
    const char *lesson = lesson_of(chapter);
    const char *at = lesson ? strstr(lesson, question) : NULL;
    char title[160];
    (void)w;
    snprintf(title, sizeof title, "%s", chapter);
    if (lesson && strncmp(lesson, "# ", 2) == 0)
        snprintf(title, sizeof title, "%.*s", (int)strcspn(lesson + 2, "\n"),
                 lesson + 2);
    ast_add(to, ast_header(2, chapter, title));
    if (!at)
        return;
    const char *end = strstr(at, "\n\n");
    size_t len = end ? (size_t)(end - at) : strlen(at);
    ast_add(to, ast_header(3, "", "Objective"));
    ast_add(to, ast_prose("prose", at, len));
}

/* --- the speed-up --------------------------------------------------------- */

static json_t *speedup_row(const struct speedup *s, int workers)
{
    struct speedup_spread spread = speedup_spread(s, workers);
    return ast_list(
        ast_list(ast_format("%d", workers), AST_END),
        ast_list(ast_format("%.1f", spread.median), AST_END),
        ast_list(ast_format("%.1f", spread.low), AST_END),
        ast_list(ast_format("%.1f", spread.high), AST_END),
        ast_list(ast_format("%.2f", speedup_of(s, workers)), AST_END),
        ast_list(ast_format("%.2f", speedup_slept(s, workers)), AST_END),
        AST_END);
}

static json_t *speedup_table(const struct speedup *s)
{
    static const struct ast_column columns[] = {
        {"Workers", true, 14},      {"Median, ms", true, 18},
        {"Quickest, ms", true, 18}, {"Slowest, ms", true, 18},
        {"Speed-up", true, 16},     {"Asleep", true, 16},
    };
    json_t *rows = json_array();
    for (int p = 1; p <= s->n_workers; p++)
        ast_add(rows, speedup_row(s, p));
    return ast_table(columns, 6, rows);
}

/* What the law says of any number of workers; nothing where all is shared. */
static json_t *limit_of(double serial)
{
    return serial < 0.005
               ? ast_str(".")
               : ast_format(", and by this law no number of workers "
                            "is more than %.1f times as fast as one.",
                            1 / serial);
}

static void put_fit(const struct speedup *s, json_t *to)
{
    double serial, first;
    if (speedup_fit(s, &serial, &first) < 0)
        return;
    ast_add(to,
            ast_para(ast_list(
                ast_format("Fitted to Amdahl's law, T(p) = T(1) (s + "
                           "(1 - s) / p), over 1 to %d workers: T(1) = "
                           "%.1f ms and s = %.2f. So %.0f %% of the time "
                           "of one worker is not shared; %.1f ms of it have "
                           "passed before the first worker is started",
                           s->n_workers < s->cpus ? s->n_workers : s->cpus,
                           first, serial, serial * 100, speedup_before(s, 1)),
                limit_of(serial), AST_END)));
}

/* What was measured belongs to a version of the program. */
static void put_version(const struct writing *w, json_t *to)
{
    const struct result *result = w->report->result;
    for (size_t i = 0; i < result->n_exercises; i++) {
        const struct exercise_result *e = &result->exercises[i];
        if (strcmp(e->id, "02-spawning/image_filter") == 0 && e->program &&
            strcmp(e->program, w->report->speedup->program) != 0)
            part_missing(to, ast_list(ast_str("This was measured with another "
                                              "version of image_filter.c; "),
                                      ast_code("proclab measure"),
                                      ast_str(" measures again."), AST_END));
    }
}

static void put_measured(const struct writing *w, json_t *to)
{
    const struct speedup *s = w->report->speedup;
    ast_add(
        to,
        ast_para(ast_list(
            ast_format("image_filter, an image of %d x %d pixels, %d CPU%s, "
                       "%d runs with each number of workers: the time from "
                       "the program's start until the last worker was "
                       "reaped. Beside it the same program with %d rows of "
                       "%d ms of sleep each, in virtual time: who sleeps "
                       "needs no CPU.",
                       s->width, s->height, s->cpus, s->cpus == 1 ? "" : "s",
                       s->repeats, s->rows, s->row_ms),
            AST_END)));
    put_version(w, to);
    const struct figure figure = {
        .name = strdup("speedup.svg"),
        .caption = strdup("Speed-up of image_filter, measured and asleep"),
        .svg = plot_speedup(s),
    };
    part_figure(w, &figure, to);
    put_fit(s, to);
    ast_add(to, speedup_table(s));
}

void part_speedup(const struct writing *w, json_t *to)
{
    ast_add(to, ast_header(2, "speed-up", "Speed-up"));
    if (w->report->speedup)
        put_measured(w, to);
    else
        part_missing(to, ast_list(ast_format("notes/speedup.json %s. ",
                                             w->report->speedup_problem),
                                  ast_code("proclab measure"),
                                  ast_str(" makes it."), AST_END));
}

/* --- the appendix --------------------------------------------------------- */

static void define(json_t *items, const char *term, json_t *inline_)
{
    ast_define(items, term, ast_list(inline_, AST_END));
}

static void put_environment(const struct report *r, json_t *to)
{
    struct utsname machine;
    json_t *items = json_array();
    define(items, "Grader", ast_str("proclab " PROCLAB_VERSION));
    define(items, "Course",
           ast_code(r->result->course ? r->result->course : "not known"));
    define(items, "Seed",
           ast_format("%llu", (unsigned long long)r->result->seed));
    define(items, "Schedules",
           ast_format("%d of each scenario", r->result->schedules));
    define(items, "Compiler", ast_str(r->compiler ? r->compiler : "not known"));
    define(items, "C library", ast_format("glibc %s", gnu_get_libc_version()));
    if (uname(&machine) == 0)
        define(items, "System",
               ast_format("%s %s, %s", machine.sysname, machine.release,
                          machine.machine));
    ast_add(to, ast_header(3, "", "Environment"));
    ast_add(to, ast_definitions(items));
}

static json_t *figure_row(const struct figures *figures, size_t i)
{
    const struct figure *f = &figures->figure[i];
    return ast_list(
        ast_list(ast_format("%zu", i + 1), AST_END),
        ast_list(ast_code(f->name), AST_END),
        ast_list(ast_code(f->command ? f->command : "proclab measure"),
                 AST_END),
        AST_END);
}

static void put_commands(const struct writing *w, json_t *to)
{
    static const struct ast_column columns[] = {
        {"Figure", true, 10},
        {"File", false, 45},
        {"Run", false, 45},
    };
    json_t *rows = json_array();
    char *lines = NULL;
    for (size_t i = 0; i < w->figures->n; i++)
        ast_add(rows, figure_row(w->figures, i));
    ast_add(to, ast_header(3, "", "How to make it again"));
    if (asprintf(&lines, "%s\n%s --figures figures", w->report->command,
                 w->report->remake) < 0)
        lines = NULL;
    ast_add(to,
            ast_says("The first command grades with the same values and "
                     "schedules, the second one makes this report, and "
                     "every figure as a file in figures/. What was measured "
                     "in real time comes out a little different each "
                     "time."));
    ast_add(to,
            lines ? ast_code_block("commands", lines, strlen(lines)) : NULL);
    free(lines);
    ast_add(to, ast_table(columns, 3, rows));
}

void part_appendix(const struct writing *w, json_t *to)
{
    ast_add(to, ast_header(2, "appendix", "Appendix"));
    put_environment(w->report, to);
    put_commands(w, to);
}
