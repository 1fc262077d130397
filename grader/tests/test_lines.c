/* Events know their lines.  A subject marks lines by "LINE: KIND[/THREAD]
 * PLACE, ...": all events of that kind by that process (and thread) come from
 * lines with that mark, and from each of these there is one. */

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "course/source.h"
#include "tests/observed.h"
#include "tests/place.h"
#include "tests/suite.h"

enum { MARKS = 64 };

static const char *const flags[] = {
    "-O0 -g",
    "-Og -g -fno-omit-frame-pointer",
    "-O1 -g -fno-omit-frame-pointer",
    "-O2 -g",
    "-O2 -g -D_FORTIFY_SOURCE=2 -fcf-protection -no-pie",
    "-Og -gdwarf-4 -fno-asynchronous-unwind-tables",
};
enum { FLAGS = sizeof flags / sizeof flags[0] };

/* What one of the marks says. */
struct mark {
    char kind[32], place[32];
    int thread;
    int lines[16], n;
    bool seen[16];
};

static struct {
    char dir[64];
    glob_t subjects;
} suite;

static void set_up(void)
{
    char pattern[4096];
    snprintf(suite.dir, sizeof suite.dir, "/tmp/proclab-lines.XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(suite.dir));
    ck_assert_int_eq(chmod(suite.dir, 0755), 0);
    place_of_source("grader/tests/programs/lines_*.c", pattern, sizeof pattern);
    ck_assert_int_eq(glob(pattern, 0, NULL, &suite.subjects), 0);
}

static void tear_down(void)
{
    place_remove(suite.dir);
    globfree(&suite.subjects);
}

static void compile(const char *how, const char *source, const char *program)
{
    char *command;
    ck_assert_int_ne(asprintf(&command,
                              "gcc -std=gnu17 -w -D_GNU_SOURCE -pthread %s %s "
                              "-o %s",
                              how, source, program),
                     -1);
    ck_assert_msg(system(command) == 0, "%s", command);
    free(command);
}

/* The subject's name, from the path of its source. */
static char *name_of(const char *source)
{
    const char *name = strrchr(source, '/') + 1;
    return strndup(name, strlen(name) - 2);
}

static char *in_dir(const char *name)
{
    char *path;
    ck_assert_int_ne(asprintf(&path, "%s/%s", suite.dir, name), -1);
    return path;
}

static struct trace *observe_it(const char *program)
{
    struct observed run = {.program = strdup(program)};
    snprintf(run.name, sizeof run.name, "./%s", strrchr(program, '/') + 1);
    run.argv[0] = run.name;
    run.request = (struct observe_request){
        .argv = run.argv,
        .program = run.program,
        .schedule = {.kind = SCHEDULE_CHILD_FIRST},
        .seed = 1,
    };
    return observed_trace(&run);
}

/* --- marks -----------------------------------------------------------------
 */

static void add_mark(struct mark *marks, const char *text, int line)
{
    struct mark m = {.thread = 0};
    char kind[32];
    int i = 0;
    ck_assert_int_eq(sscanf(text, " %31s %31[0-9.]", kind, m.place), 2);
    if (sscanf(kind, "%31[a-z-]/%d", m.kind, &m.thread) < 1)
        ck_abort_msg("what is %s?", kind);
    while (marks[i].n > 0 && (strcmp(marks[i].kind, m.kind) != 0 ||
                              strcmp(marks[i].place, m.place) != 0 ||
                              marks[i].thread != m.thread))
        i++;
    ck_assert_int_lt(i, MARKS - 1);
    if (marks[i].n == 0)
        marks[i] = m;
    ck_assert_int_lt(marks[i].n, 16);
    marks[i].lines[marks[i].n++] = line;
}

static void read_marks(const char *source, struct mark *marks)
{
    char line[256];
    FILE *f = fopen(source, "r");
    ck_assert_ptr_nonnull(f);
    for (int n = 1; fgets(line, sizeof line, f); n++) {
        char *text = strstr(line, "/* LINE:"), *rest = NULL;
        if (!text)
            continue;
        for (char *part = strtok_r(text + 8, ",*", &rest);
             part && part[0] != '/'; part = strtok_r(NULL, ",*", &rest))
            add_mark(marks, part, n);
    }
    fclose(f);
}

static bool is_about(const struct mark *m, const struct trace *trace,
                     const struct trace_event *e)
{
    char place[64];
    if (e->kind == TRACE_DELIVER && e->b == TRACE_IGNORED)
        return false; /* has none */
    return strcmp(m->kind, trace_kind_name(e->kind)) == 0 && e->proc >= 0 &&
           e->thread == m->thread &&
           strcmp(m->place, trace_place(trace, e->proc, place, sizeof place)) ==
               0;
}

static void note_line(struct mark *m, int line, const char *about)
{
    for (int i = 0; i < m->n; i++)
        if (m->lines[i] == line) {
            m->seen[i] = true;
            return;
        }
    ck_abort_msg("%s: %s %s comes from line %d", about, m->kind, m->place,
                 line);
}

static void compare(struct mark *marks, const struct trace *trace,
                    const struct place *places, const char *about)
{
    for (size_t k = 0; k < trace->n_events; k++)
        for (struct mark *m = marks; m->n > 0; m++)
            if (is_about(m, trace, &trace->events[k]))
                note_line(m, places[k].line, about);
    for (struct mark *m = marks; m->n > 0; m++)
        for (int i = 0; i < m->n; i++)
            ck_assert_msg(m->seen[i], "%s: no %s %s comes from line %d", about,
                          m->kind, m->place, m->lines[i]);
}

/* The places of all events; to be freed. */
static struct place *places_of(const struct trace *trace, const char *program)
{
    size_t n = trace->n_events;
    uint64_t *pcs = calloc(n, sizeof *pcs);
    struct place *places = calloc(n, sizeof *places);
    ck_assert(pcs && places);
    for (size_t i = 0; i < n; i++)
        pcs[i] = trace->events[i].pc;
    source_places(program, SOURCE_OWN, pcs, n, places);
    free(pcs);
    return places;
}

/* --- tests -------------------------------------------------------------------
 */

START_TEST(events_come_from_the_lines_that_are_marked)
{
    const char *source = suite.subjects.gl_pathv[_i / FLAGS];
    struct mark marks[MARKS] = {0};
    char *name = name_of(source), *program = in_dir(name), about[128];
    compile(flags[_i % FLAGS], source, program);
    snprintf(about, sizeof about, "%s, %s", name, flags[_i % FLAGS]);
    read_marks(source, marks);
    ck_assert_msg(marks[0].n > 0, "%s: no marks", name);
    struct trace *trace = observe_it(program);
    struct place *places = places_of(trace, program);
    ck_assert_int_eq(trace->outcome, TRACE_ENDED);
    compare(marks, trace, places, about);
    free(places), free(program), free(name);
    trace_free(trace);
}
END_TEST

static size_t known(const struct place *places, size_t n)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        found += places[i].line > 0;
    return found;
}

/* Without it a program runs as well; nothing is known. */
START_TEST(a_program_may_have_no_debug_information)
{
    static const char *const kinds[] = {"-O1", "-g -s", "-O2 -static"};
    const char *source = suite.subjects.gl_pathv[0];
    char *name = name_of(source), *program = in_dir(name);
    compile(kinds[_i], source, program);
    struct trace *trace = observe_it(program);
    struct place *places = places_of(trace, program);
    ck_assert_int_eq(trace->outcome, TRACE_ENDED);
    ck_assert_int_eq(trace_end_of(trace, 0).code, 3);
    ck_assert_uint_eq(known(places, trace->n_events), 0);
    free(places), free(program), free(name);
    trace_free(trace);
}
END_TEST

static uint32_t draw(uint64_t *state)
{
    *state = *state * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t)(*state >> 33);
}

/* Overwrites some bytes with any, at places of any. */
static void spoil(const char *program, uint64_t *state)
{
    struct stat st;
    FILE *f = fopen(program, "r+");
    ck_assert_ptr_nonnull(f);
    ck_assert_int_eq(fstat(fileno(f), &st), 0);
    for (int i = 0; i < 40; i++) {
        fseek(f, (long)(draw(state) % (uint64_t)st.st_size), SEEK_SET);
        fputc((int)(draw(state) % 256), f);
    }
    fclose(f);
}

START_TEST(spoilt_debug_information_harms_nobody)
{
    const char *source = suite.subjects.gl_pathv[0];
    char *name = name_of(source), *program = in_dir(name);
    compile("-Og -g", source, program);
    struct trace *trace = observe_it(program);
    uint64_t state = 1;
    for (int i = 0; i < 300; i++) {
        if (i % 20 == 0)
            compile("-Og -g", source, program);
        spoil(program, &state);
        free(places_of(trace, program));
    }
    free(program), free(name);
    trace_free(trace);
}
END_TEST

START_TEST(the_function_is_known_too)
{
    const char *source = suite.subjects.gl_pathv[0];
    char *name = name_of(source), *program = in_dir(name);
    compile("-Og -g", source, program);
    struct trace *trace = observe_it(program);
    struct place *places = places_of(trace, program);
    const struct trace_event *e =
        observed_event(trace, TRACE_EXIT, 0, OBSERVED_ANY);
    ck_assert_ptr_nonnull(e);
    ck_assert_str_eq(places[e - trace->events].function, "last");
    ck_assert_str_eq(places[e - trace->events].file, "lines_calls.c");
    free(places), free(program), free(name);
    trace_free(trace);
}
END_TEST

SUITE(lines)
{
    static const char pattern[] = "grader/tests/programs/lines_*.c";
    char path[4096];
    glob_t found = {0};
    place_of_source(pattern, path, sizeof path);
    glob(path, 0, NULL, &found);
    int n = (int)found.gl_pathc;
    globfree(&found);
    Suite *s = suite_create("lines");
    TCase *tests = tcase_create("lines");
    tcase_set_timeout(tests, 300);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, events_come_from_the_lines_that_are_marked, 0,
                        n * FLAGS);
    tcase_add_loop_test(tests, a_program_may_have_no_debug_information, 0, 3);
    tcase_add_test(tests, spoilt_debug_information_harms_nobody);
    tcase_add_test(tests, the_function_is_known_too);
    suite_add_tcase(s, tests);
    return s;
}
