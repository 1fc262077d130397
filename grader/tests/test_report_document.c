/* The report as pandoc's document: text, whatever it is made of. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report/ast.h"
#include "report/commit.h"
#include "report/document.h"
#include "report/folder.h"
#include "report/plot.h"
#include "tests/place.h"
#include "tests/results.h"
#include "tests/suite.h"
#include "tests/traces.h"
#include "tests/xml.h"
#include "trace/json.h"
#include "trace/text.h"

/* --- a directory to play with --------------------------------------------- */

static char lab[64];

static void make_lab(void)
{
    strcpy(lab, "/tmp/proclab-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(lab));
}

static void remove_lab(void)
{
    place_remove(lab);
}

/* Makes DIR/NAME, and what lies above it within DIR. */
static void make_file(const char *name, const char *bytes, size_t len)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", lab, name);
    for (char *slash = path + strlen(lab) + 1; (slash = strchr(slash, '/'));
         *slash++ = '/') {
        *slash = '\0';
        mkdir(path, 0755);
    }
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, len, file), len);
    fclose(file);
}

static void make_text(const char *name, const char *text)
{
    make_file(name, text, strlen(text));
}

static void make_link(const char *target, const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", lab, name);
    ck_assert_int_eq(symlink(target, path), 0);
}

/* --- a document ----------------------------------------------------------- */

/* No RawBlock, no RawInline, no Link among them: those who read are people. */
static const char *const kinds[] = {
    "Str", "Strong", "Code", "Image", "Header", "Para", "Plain", "CodeBlock",
    "Div", "Table", "DefinitionList", "ColWidth", "ColWidthDefault",
    "AlignLeft", "AlignRight", "AlignDefault", "MetaInlines", "MetaBlocks",
    "MetaMap", "MetaString",
};

static void check_kind(const char *kind)
{
    for (int i = 0; i < LENGTH(kinds); i++)
        if (strcmp(kind, kinds[i]) == 0)
            return;
    ck_abort_msg("there is a %s", kind);
}

static void check_string(const char *text)
{
    ck_assert(text_is_utf8(text, strlen(text)));
    for (const char *at = text; *at; at++)
        ck_assert_msg((unsigned char)*at >= ' ' || *at == '\n', "byte %d in %s",
                      *at, text);
    ck_assert_ptr_null(strstr(text, "\xe2\x80\xae"));
}

static void check_image(const json_t *image)
{
    const char *source =
        json_string_value(json_array_get(json_array_get(image, 2), 0));
    ck_assert_int_eq(strncmp(source, "data:image/svg+xml;base64,", 26), 0);
}

static void check_tree(const json_t *value)
{
    const char *key, *kind;
    json_t *item;
    size_t i;
    json_object_foreach((json_t *)value, key, item)
        check_tree(item);
    json_array_foreach(value, i, item)
        check_tree(item);
    if (json_is_string(value))
        check_string(json_string_value(value));
    kind = json_string_value(json_object_get(value, "t"));
    if (kind)
        check_kind(kind);
    if (kind && strcmp(kind, "Image") == 0)
        check_image(json_object_get(value, "c"));
}

static char *document_text(const struct report *report)
{
    struct figures figures = {.n = 0};
    json_t *document = document_make(report, &figures);
    ck_assert_ptr_nonnull(document);
    check_tree(document);
    char *text = json_dumps(document, JSON_COMPACT);
    json_decref(document);
    for (size_t i = 0; i < figures.n; i++) {
        const char *wrong = xml_wrong(figures.figure[i].svg);
        ck_assert_msg(!wrong, "%s", wrong);
    }
    figures_free(&figures);
    return text;
}

static struct report report_of(const struct result *result)
{
    return (struct report){
        .result = result,
        .dir = lab,
        .speedup_problem = "is not there",
        .command = "proclab grade",
        .remake = "proclab report",
    };
}

static const struct result *const results[] = {&result_mixed, &result_full,
                                               &result_hostile};

START_TEST(every_result_becomes_text)
{
    struct report report = report_of(results[_i]);
    char *text = document_text(&report);
    ck_assert_ptr_nonnull(strstr(text, "notes/conclusion.md is not there."));
    ck_assert_ptr_nonnull(strstr(text, "notes/speedup.json is not there."));
    ck_assert_ptr_nonnull(strstr(text, "proclab report --figures figures"));
    free(text);
}
END_TEST

/* A result with the trace of a run; what is written by hand is not freed. */
static struct exercise_result traced(const struct trace *trace)
{
    struct exercise_result exercise = {
        .id = "02-spawning/downloads",
        .title = "Downloads",
        .built = true,
        .trace = trace_to_json(trace),
    };
    ck_assert_ptr_nonnull(exercise.trace);
    return exercise;
}

START_TEST(a_run_is_shown_with_its_pictures)
{
    struct exercise_result exercise = traced(&trace_three_sleepers);
    const struct result result = {
        .submission = (char *)"lab", .n_exercises = 1, .exercises = &exercise,
    };
    struct report report = report_of(&result);
    char *text = document_text(&report);
    ck_assert_ptr_nonnull(strstr(text, "Figure 1. Timeline of 02-spawning/"));
    ck_assert_ptr_nonnull(strstr(text, "Figure 2. Tree of processes of"));
    ck_assert_ptr_nonnull(strstr(text, "02-spawning-downloads-tree.svg"));
    free(text);
    json_decref(exercise.trace);
}
END_TEST

START_TEST(ten_megabytes_make_a_small_document)
{
    enum { SIZE = 10 << 20 };
    char *bytes = malloc(SIZE + 1);
    memset(bytes, '\n', SIZE);
    bytes[SIZE] = '\0';
    struct trace_event events[] = {START(3), WRITES(0, 0, 1, "")};
    events[1].text = bytes;
    events[1].len = SIZE;
    const struct trace trace = TRACE_OF(TRACE_LIMIT_OUTPUT, S, events);
    struct exercise_result exercise = traced(&trace);
    const struct result result = {
        .submission = (char *)"lab", .n_exercises = 1, .exercises = &exercise,
    };
    struct report report = report_of(&result);
    char *text = document_text(&report);
    ck_assert_ptr_nonnull(strstr(text, "... 10485680 lines left out ..."));
    ck_assert_uint_lt(strlen(text), 100000);
    free(text);
    free(bytes);
    json_decref(exercise.trace);
}
END_TEST

/* What the student wrote is in a block of its own, to be set by the filter. */
START_TEST(notes_are_prose)
{
    make_text("notes/conclusion.md", "<script>" "\033[31m *x*\n");
    struct report report = report_of(&result_full);
    char *text = document_text(&report);
    ck_assert_ptr_nonnull(strstr(
        text, "[\"\",[\"prose\",\"proclab-prose\"],[]],\"<script> *x*\\n\"]"));
    free(text);
    char line[3001];
    memset(line, 'x', 3000);
    line[3000] = '\0';
    make_text("notes/conclusion.md", line);
    text = document_text(&report);
    ck_assert_msg(strstr(text, line) != NULL, "a long line was broken");
    free(text);
}
END_TEST

START_TEST(a_document_with_a_hole_is_none)
{
    json_t *blocks = ast_list(ast_says("well"), NULL, AST_END);
    ck_assert_ptr_null(ast_document(json_object(), blocks));
    blocks = ast_list(ast_div("x", ast_list(NULL, AST_END)), AST_END);
    ck_assert_ptr_null(ast_document(json_object(), blocks));
}
END_TEST

/* --- notes/ --------------------------------------------------------------- */

START_TEST(nothing_but_files_of_notes_is_read)
{
    char *text = NULL;
    size_t len = 0;
    ck_assert_int_eq(folder_text(lab, "a.md", &text, &len), -ENOENT);
    make_file("notes/a.md", "a\0b", 3);
    ck_assert_int_eq(folder_text(lab, "a.md", &text, &len), 0);
    ck_assert_uint_eq(len, 3);
    ck_assert_int_eq(memcmp(text, "a\0b", 4), 0);
    free(text);
    make_link("/etc/passwd", "notes/b.md");
    ck_assert_int_eq(folder_text(lab, "b.md", &text, &len), -ELOOP);
    make_text("notes/c.md/d", "");
    ck_assert_int_eq(folder_text(lab, "c.md", &text, &len), -EINVAL);
    char path[128];
    snprintf(path, sizeof path, "%s/notes/e.md", lab);
    ck_assert_int_eq(mkfifo(path, 0644), 0);
    ck_assert_int_eq(folder_text(lab, "e.md", &text, &len), -EINVAL);
    char *large = calloc(1, FOLDER_TEXT_MOST + 1);
    make_file("notes/f.md", large, FOLDER_TEXT_MOST + 1);
    ck_assert_int_eq(folder_text(lab, "f.md", &text, &len), -EFBIG);
    free(large);
}
END_TEST

START_TEST(notes_behind_a_link_are_not_read)
{
    char *text = NULL;
    size_t len = 0;
    make_text("elsewhere/a.md", "secret");
    make_link("elsewhere", "notes");
    ck_assert_int_eq(folder_text(lab, "a.md", &text, &len), -ELOOP);
    json_t *figures = folder_figures(lab);
    ck_assert_uint_eq(json_object_size(figures), 0);
    json_decref(figures);
}
END_TEST

START_TEST(pictures_are_taken_by_their_names)
{
    char *large = calloc(1, FOLDER_FIGURE_MOST + 1);
    make_text("notes/figures/a.png", "PNG");
    make_text("notes/figures/b.html", "<script>");
    make_text("notes/figures/.svg", "<svg/>");
    make_file("notes/figures/c.png", large, FOLDER_FIGURE_MOST + 1);
    make_link("/etc/passwd", "notes/figures/d.png");
    free(large);
    json_t *figures = folder_figures(lab);
    ck_assert_uint_eq(json_object_size(figures), 2);
    ck_assert_str_eq(json_string_value(json_object_get(figures,
                                                       "figures/a.png")),
                     "data:image/png;base64,UE5H");
    ck_assert_ptr_nonnull(json_object_get(figures, "figures/.svg"));
    json_decref(figures);
}
END_TEST

START_TEST(all_pictures_together_are_bounded)
{
    char *large = calloc(1, FOLDER_FIGURE_MOST);
    make_file("notes/figures/a.png", large, FOLDER_FIGURE_MOST);
    make_file("notes/figures/b.png", large, FOLDER_FIGURE_MOST);
    make_text("notes/figures/c.png", "PNG");
    free(large);
    json_t *figures = folder_figures(lab);
    ck_assert_uint_eq(json_object_size(figures), 2);
    ck_assert_ptr_null(json_object_get(figures, "figures/c.png"));
    json_decref(figures);
}
END_TEST

/* --- which commit --------------------------------------------------------- */

#define HASH "0123456789abcdef0123456789abcdef01234567"

static const struct {
    const char *head, *ref, *packed;
    bool known;
} commits[] = {
    {HASH "\n", NULL, NULL, true},
    {"ref: refs/heads/main\n", HASH "\n", NULL, true},
    {"ref: refs/heads/main\n", NULL, "# p\n" HASH " refs/heads/main\n", true},
    {"ref: refs/heads/main\n", NULL, HASH " refs/heads/other\n", false},
    {"ref: refs/heads/main\n", "<script>\n", NULL, false},
    {"ref: refs/../../secret\n", HASH "\n", NULL, false},
    {"0123\n", NULL, NULL, false},
    {"", NULL, NULL, false},
};

START_TEST(the_commit_is_read_without_git)
{
    char text[COMMIT_TEXT] = "";
    make_text(".git/HEAD", commits[_i].head);
    make_text("secret", HASH "\n");
    make_text("lab/x", "");
    if (commits[_i].ref)
        make_text(".git/refs/heads/main", commits[_i].ref);
    if (commits[_i].packed)
        make_text(".git/packed-refs", commits[_i].packed);
    char below[128];
    snprintf(below, sizeof below, "%s/lab", lab);
    ck_assert_int_eq(commit_of(below, text), commits[_i].known ? 0 : -ENOENT);
    ck_assert_str_eq(text, commits[_i].known ? HASH : "");
}
END_TEST

/* --- the plot ------------------------------------------------------------- */

START_TEST(the_plot_is_xml_for_any_number_of_workers)
{
    struct speedup s = {.cpus = 2, .n_workers = _i, .repeats = 1};
    for (int p = 1; p <= _i; p++) {
        s.row[p - 1].before[0] = 20;
        s.row[p - 1].filter[0] = 60.0 / p;
        s.row[p - 1].virtual_ms = 2400.0 / p;
    }
    char *svg = plot_speedup(&s);
    const char *wrong = xml_wrong(svg);
    ck_assert_msg(!wrong, "%s: %s", wrong, svg);
    ck_assert_ptr_null(strstr(svg, "nan"));
    ck_assert_int_eq(strstr(svg, "25 % is not shared") != NULL, _i > 1);
    ck_assert_int_eq(strstr(svg, "2 CPUs") != NULL, _i > 1);
    free(svg);
}
END_TEST

SUITE(report_document)
{
    Suite *suite = suite_create("report_document");
    TCase *tc = tcase_create("documents");
    tcase_set_timeout(tc, 120);
    tcase_add_checked_fixture(tc, make_lab, remove_lab);
    tcase_add_loop_test(tc, every_result_becomes_text, 0, LENGTH(results));
    tcase_add_test(tc, a_run_is_shown_with_its_pictures);
    tcase_add_test(tc, ten_megabytes_make_a_small_document);
    tcase_add_test(tc, notes_are_prose);
    tcase_add_test(tc, a_document_with_a_hole_is_none);
    tcase_add_test(tc, nothing_but_files_of_notes_is_read);
    tcase_add_test(tc, notes_behind_a_link_are_not_read);
    tcase_add_test(tc, pictures_are_taken_by_their_names);
    tcase_add_test(tc, all_pictures_together_are_bounded);
    tcase_add_loop_test(tc, the_commit_is_read_without_git, 0,
                        LENGTH(commits));
    tcase_add_loop_test(tc, the_plot_is_xml_for_any_number_of_workers, 1,
                        SPEEDUP_WORKERS + 1);
    suite_add_tcase(suite, tc);
    return suite;
}
