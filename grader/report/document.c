#include "report/document.h"

#include <stdlib.h>
#include <string.h>

#include "report/folder.h"
#include "report/parts.h"

static const char *or_nothing(const char *text)
{
    return text && *text ? text : "not given";
}

/* --- what the sections share ---------------------------------------------- */

size_t part_chapter_len(const char *id)
{
    return strcspn(id, "/");
}

void part_missing(json_t *to, json_t *inlines)
{
    ast_add(to, ast_div("missing", ast_list(ast_para(inlines), AST_END)));
}

void part_notes(const struct writing *w, const char *name, const char *class,
                json_t *to)
{
    char *text = NULL;
    size_t len = 0;
    int rc = folder_text(w->report->dir, name, &text, &len);
    if (rc == 0)
        ast_add(to, ast_prose(class, text, len));
    else
        part_missing(
            to, ast_list(ast_format("notes/%s %s.", name, folder_words(rc)),
                         AST_END));
    free(text);
}

void part_figure(const struct writing *w, const struct figure *figure,
                 json_t *to)
{
    char *uri = figures_add(w->figures, figure);
    const char *caption = uri ? figure->caption : NULL;
    json_t *image = uri ? ast_image(uri, caption) : NULL;
    json_t *words =
        caption ? ast_format("Figure %zu. %s", w->figures->n, caption) : NULL;
    free(uri);
    ast_add(to, ast_div("figure",
                        ast_list(ast_para(ast_list(image, AST_END)),
                                 ast_para(ast_list(words, AST_END)), AST_END)));
}

/* --- the title page ------------------------------------------------------- */

static void define(json_t *facts, const char *term, const char *text)
{
    ast_define(facts, term, ast_list(ast_str(text), AST_END));
}

static json_t *cover_facts(const struct report *r)
{
    json_t *facts = json_array();
    define(facts, "Name", or_nothing(r->student.name));
    define(facts, "Student id", or_nothing(r->student.id));
    if (r->student.group && *r->student.group)
        define(facts, "Group", r->student.group);
    define(facts, "Date", or_nothing(r->date));
    define(facts, "Submission", r->result->submission);
    if (r->commit)
        define(facts, "Commit", r->commit);
    ast_define(facts, "Points",
               ast_list(ast_format("%d of %d", result_points(r->result),
                                   result_max_points(r->result)),
                        AST_END));
    ast_define(facts, "Seed",
               ast_list(ast_format("%llu", (unsigned long long)r->result->seed),
                        AST_END));
    return ast_definitions(facts);
}

static const char *course_of(const struct report *r)
{
    const char *course = r->student.course;
    return course && *course ? course : "Unix processes";
}

static json_t *cover(const struct report *r)
{
    return ast_meta_blocks(ast_list(ast_header(1, "", "Lab report"),
                                    ast_says(course_of(r)), cover_facts(r),
                                    AST_END));
}

static json_t *meta_of(const struct report *r)
{
    const char *name = r->student.name;
    json_t *title = json_array();
    ast_add(title, ast_format("Lab report: %s", course_of(r)));
    if (name && *name)
        ast_add(title, ast_format(", %s", name));
    json_t *figures = folder_figures(r->dir), *known = json_object(), *uri;
    const char *key;
    json_object_foreach(figures, key, uri)
        json_object_set_new(
            known, key, json_pack("{s:s s:O}", "t", "MetaString", "c", uri));
    json_decref(figures);
    return json_pack("{s:{s:s s:o} s:o s:{s:s s:o}}", "pagetitle", "t",
                     "MetaInlines", "c", title, "cover", cover(r), "figures",
                     "t", "MetaMap", "c", known);
}

/* --- the points ----------------------------------------------------------- */

static json_t *points_row(const struct exercise_result *e)
{
    return ast_list(ast_list(ast_code(e->id), AST_END),
                    ast_list(ast_str(e->title), AST_END),
                    ast_list(ast_format("%d", exercise_points(e)), AST_END),
                    ast_list(ast_format("%d", exercise_max_points(e)), AST_END),
                    AST_END);
}

static void part_points(const struct report *r, json_t *to)
{
    static const struct ast_column columns[] = {
        {"Exercise", false, 34},
        {"Title", false, 44},
        {"Points", true, 11},
        {"of", true, 11},
    };
    json_t *rows = json_array();
    for (size_t i = 0; i < r->result->n_exercises; i++)
        ast_add(rows, points_row(&r->result->exercises[i]));
    ast_add(
        rows,
        ast_list(
            ast_list(ast_strong("Sum"), AST_END), json_array(),
            ast_list(ast_format("%d", result_points(r->result)), AST_END),
            ast_list(ast_format("%d", result_max_points(r->result)), AST_END),
            AST_END));
    ast_add(to, ast_header(2, "points", "Points"));
    ast_add(to, ast_table(columns, 4, rows));
    if (!result_complete(r->result))
        part_missing(to,
                     ast_list(ast_str("The grader could not judge every check: "
                                      "these points are not final."),
                              AST_END));
}

/* --- the whole ------------------------------------------------------------ */

/* A chapter's section comes before its first exercise, the answers to its
 * questions after the last. */
static void part_chapters(const struct writing *w, json_t *to)
{
    const struct result *result = w->report->result;
    char chapter[256] = "", notes[264];
    for (size_t i = 0; i < result->n_exercises; i++) {
        const struct exercise_result *e = &result->exercises[i];
        const struct exercise_result *next =
            i + 1 < result->n_exercises ? e + 1 : NULL;
        size_t len = part_chapter_len(e->id);
        if (strlen(chapter) != len || strncmp(chapter, e->id, len) != 0) {
            snprintf(chapter, sizeof chapter, "%.*s", (int)len, e->id);
            part_chapter(w, chapter, to);
        }
        part_exercise(w, e, to);
        if (next && strncmp(next->id, e->id, len + 1) == 0)
            continue;
        snprintf(notes, sizeof notes, "%s.md", chapter);
        ast_add(to, ast_header(3, "", "Answers"));
        part_notes(w, notes, "answers", to);
    }
}

json_t *document_make(const struct report *report, struct figures *figures)
{
    const struct writing w = {.report = report, .figures = figures};
    json_t *blocks = json_array();
    part_points(report, blocks);
    part_chapters(&w, blocks);
    part_speedup(&w, blocks);
    ast_add(blocks, ast_header(2, "conclusion", "Conclusion"));
    part_notes(&w, "conclusion.md", "prose", blocks);
    part_appendix(&w, blocks);
    return ast_document(meta_of(report), blocks);
}
