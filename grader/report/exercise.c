/* An exercise's section: checks, program, a run. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "course/cleanup.h"
#include "course/intake.h"
#include "report/parts.h"
#include "report/transcript.h"
#include "result/shell.h"
#include "trace/json.h"
#include "trace/query.h"
#include "trace/svg.h"

/* Lines of a program that are shown; of a longer one its beginning and end. */
enum { CODE_MOST = 700, CODE_HEAD = 500, CODE_TAIL = 100 };

/* --- checks --------------------------------------------------------------- */

static const char *const verdict_words[] = {
    [VERDICT_PASS] = "\xe2\x9c\x93 passed",
    [VERDICT_FAIL] = "\xe2\x9c\x97 failed",
    [VERDICT_SKIP] = "\xe2\x80\x93 skipped",
    [VERDICT_ERROR] = "? not judged",
};

static json_t *check_row(const struct exercise_result *e,
                         const struct check_result *c)
{
    json_t *points = c->verdict == VERDICT_ERROR
                         ? ast_format("? of %d", c->max_points)
                         : ast_format("%d of %d", c->points, c->max_points);
    json_t *claim = ast_list(ast_str(c->title), AST_END);
    /* Where it does not build, that is the reason of all. */
    if (c->verdict == VERDICT_SKIP && c->seen && e->built)
        ast_add(claim, ast_format(" (%s)", c->seen));
    return ast_list(claim, ast_list(ast_code(c->id), AST_END),
                    ast_list(ast_str(verdict_words[c->verdict]), AST_END),
                    ast_list(points, AST_END), AST_END);
}

static void put_checks(const struct exercise_result *e, json_t *to)
{
    static const struct ast_column columns[] = {
        {"What is claimed", false, 43},
        {"Check", false, 32},
        {"Verdict", false, 14},
        {"Points", true, 11},
    };
    json_t *rows = json_array();
    for (size_t i = 0; i < e->n_checks; i++)
        ast_add(rows, check_row(e, &e->checks[i]));
    ast_add(to, ast_header(4, "", "Checks"));
    ast_add(to, ast_table(columns, 4, rows));
}

static void define(json_t *items, const char *term, const char *text)
{
    if (text && *text)
        ast_define(items, term, ast_list(ast_str(text), AST_END));
}

/* What a check says that did not pass. */
static void put_failure(const struct writing *w, const struct check_result *c,
                        json_t *to)
{
    json_t *items = json_array();
    bool failed = c->verdict == VERDICT_FAIL;
    define(items, "Expected", c->expected);
    define(items, failed ? "Seen" : "Why", c->seen);
    define(items, "Where", c->where);
    define(items, "Run", failed ? c->command : NULL);
    define(items, "To do", failed ? c->hint : NULL);
    char *again = NULL;
    if (failed && asprintf(&again, "%s --check %s --replay", w->report->command,
                           c->id) >= 0)
        ast_define(items, "Again", ast_list(ast_code(again), AST_END));
    free(again);
    ast_add(to,
            ast_div("failure",
                    ast_list(ast_para(ast_list(ast_strong(c->title), AST_END)),
                             ast_definitions(items), AST_END)));
}

/* What was skipped has its reason in the table. */
static void put_failures(const struct writing *w,
                         const struct exercise_result *e, json_t *to)
{
    for (size_t i = 0; i < e->n_checks && e->built; i++)
        if (e->checks[i].verdict == VERDICT_FAIL ||
            e->checks[i].verdict == VERDICT_ERROR)
            put_failure(w, &e->checks[i], to);
}

/* --- the program ---------------------------------------------------------- */

static const char *nth_line(const char *text, size_t n)
{
    for (; n > 0 && text; n--) {
        text = strchr(text, '\n');
        text += text ? 1 : 0;
    }
    return text;
}

static size_t count_lines(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += *text == '\n';
    return n;
}

static void put_code(const char *text, size_t len, json_t *to)
{
    size_t n = count_lines(text);
    if (n <= CODE_MOST) {
        ast_add(to, ast_code_block("c", text, len));
        return;
    }
    const char *end = nth_line(text, CODE_HEAD);
    const char *rest = nth_line(text, n - CODE_TAIL);
    ast_add(to, ast_code_block("c", text, (size_t)(end - text)));
    part_missing(to, ast_list(ast_format("%zu lines are left out here.",
                                         n - CODE_HEAD - CODE_TAIL),
                              AST_END));
    json_t *tail = ast_code_block("c", rest, strlen(rest));
    ast_add(to, ast_div("tail", ast_list(tail, AST_END)));
}

static void put_program(const struct writing *w,
                        const struct exercise_result *e, json_t *to)
{
    autofree char *text = NULL;
    autofree char *problem = NULL;
    size_t len;
    ast_add(to, ast_header(4, "", "Program"));
    int rc = intake_source(w->report->dir, e->id, &text, &len, &problem);
    /* Intake takes bytes as they are; what is behind a NUL is shown no more. */
    if (rc == 0)
        put_code(text, strlen(text), to);
    else
        part_missing(
            to, ast_list(ast_str(problem ? problem : strerror(-rc)), AST_END));
}

static json_t *remark(const struct diagnostic *d)
{
    return ast_para(ast_list(ast_format("%s:%d:%d: %s: %s", d->file, d->line,
                                        d->column, d->severity, d->message),
                             AST_END));
}

static void put_diagnostics(const struct exercise_result *e, json_t *to)
{
    enum { MOST = 10 };
    json_t *blocks = json_array();
    if (e->build_problem)
        ast_add(blocks, ast_says(e->build_problem));
    for (size_t i = 0; i < e->n_diagnostics && i < MOST; i++)
        ast_add(blocks, remark(&e->diagnostics[i]));
    if (e->n_diagnostics > MOST)
        ast_add(blocks, ast_para(ast_list(ast_format("%zu more remarks of the "
                                                     "compiler.",
                                                     e->n_diagnostics - MOST),
                                          AST_END)));
    if (json_array_size(blocks) > 0)
        ast_add(to, ast_div(e->built ? "remarks" : "failure", blocks));
    else
        json_decref(blocks);
}

/* --- a run ---------------------------------------------------------------- */

/* "./downloads 2 3", as a shell takes it; NULL when memory ran out. */
static char *command_of(const struct trace *trace)
{
    char *line = NULL;
    size_t size;
    long at = trace_find(trace, TRACE_EXEC, 0, 0);
    FILE *out = open_memstream(&line, &size);
    if (!out)
        return NULL;
    const struct trace_event *e = at < 0 ? NULL : &trace->events[at];
    for (size_t i = 0; e && i < e->len; i += strlen(e->text + i) + 1) {
        if (i > 0)
            fputc(' ', out);
        shell_word(out, e->text + i);
    }
    return fclose(out) == 0 ? line : NULL;
}

/* "02-spawning-downloads-timeline.svg" */
static char *file_of(const char *id, const char *what)
{
    char *name = NULL;
    if (asprintf(&name, "%s-%s.svg", id, what) < 0)
        return NULL;
    for (char *at = name; *at; at++)
        if (*at == '/')
            *at = '-';
    return name;
}

static char *caption_of(const char *what, const char *id)
{
    char *caption = NULL;
    return asprintf(&caption, "%s of %s", what, id) < 0 ? NULL : caption;
}

static void put_picture(const struct writing *w,
                        const struct exercise_result *e, const char *what,
                        const char *words, char *svg, const char *command,
                        json_t *to)
{
    const struct figure figure = {
        .name = file_of(e->id, what),
        .caption = caption_of(words, e->id),
        .command = strdup(command),
        .svg = svg,
    };
    part_figure(w, &figure, to);
}

static void put_transcript(char *text, json_t *to)
{
    if (text && !*text)
        part_missing(to, ast_list(ast_str("It printed nothing."), AST_END));
    else
        ast_add(to,
                text ? ast_code_block("transcript", text, strlen(text)) : NULL);
    free(text);
}

static void put_traced(const struct writing *w, const struct exercise_result *e,
                       const struct trace *trace, json_t *to)
{
    const struct svg_style style = {.lanes = 0};
    autofree char *command = command_of(trace);
    if (!command) {
        ast_add(to, NULL);
        return;
    }
    ast_add(to, ast_para(ast_list(
                    ast_code(command),
                    ast_format(": %d process%s, %g s of virtual "
                               "time; the run went this way: %s.",
                               trace_processes(trace),
                               trace_processes(trace) == 1 ? "" : "es",
                               (double)(trace->end_ns / 1000000) / 1000,
                               trace_outcome_name(trace->outcome)),
                    AST_END)));
    put_transcript(transcript_of_trace(trace), to);
    put_picture(w, e, "timeline", "Timeline", svg_timeline(trace, &style),
                command, to);
    put_picture(w, e, "tree", "Tree of processes", svg_tree(trace, &style),
                command, to);
}

static void put_recorded(const struct run_result *run, json_t *to)
{
    ast_add(to, ast_para(ast_list(ast_format("Scenario %s, %g s of virtual "
                                             "time; the run went this way: %s.",
                                             run->scenario,
                                             (double)run->virtual_ms / 1000,
                                             run->outcome),
                                  AST_END)));
    put_transcript(transcript_of_run(run), to);
    part_missing(to, ast_list(ast_str("There is no picture of it: it is too "
                                      "large to be drawn, or its trace was "
                                      "not kept."),
                              AST_END));
}

static void put_run(const struct writing *w, const struct exercise_result *e,
                    json_t *to)
{
    struct trace *trace = NULL;
    ast_add(to, ast_header(4, "", "A run"));
    if (e->trace && trace_from_json(e->trace, &trace, NULL) == 0)
        put_traced(w, e, trace, to);
    else if (e->n_runs > 0)
        put_recorded(&e->runs[0], to);
    else
        part_missing(to, ast_list(ast_str("It was not run."), AST_END));
    trace_free(trace);
}

void part_exercise(const struct writing *w, const struct exercise_result *e,
                   json_t *to)
{
    const char *name = e->id + part_chapter_len(e->id);
    char *heading = NULL;
    if (asprintf(&heading, "%s: %s", name + (*name == '/'), e->title) < 0)
        heading = NULL;
    ast_add(to, heading ? ast_header(3, e->id, heading) : NULL);
    free(heading);
    ast_add(to,
            ast_para(ast_list(ast_format("%d of %d points", exercise_points(e),
                                         exercise_max_points(e)),
                              AST_END)));
    put_diagnostics(e, to);
    put_checks(e, to);
    put_failures(w, e, to);
    put_run(w, e, to);
    put_program(w, e, to);
}
