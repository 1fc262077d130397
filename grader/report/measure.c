/* Theory: two images.  A large one whose rows cost no sleep is filtered in real
 * time, each number of workers in turn and all of that several times: what
 * slows the machine down for a while then spreads over all rows of the table. A
 * small one whose rows are slept for is filtered in virtual time, where a run
 * takes the same each time.  No result is compared with the right one, a
 * grading does that; but a program whose result depends on the number of
 * workers is not worth measuring. */

#include "report/measure.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course/build.h"
#include "course/cleanup.h"
#include "observer/observe.h"
#include "sandbox/workdir.h"
#include "trace/query.h"

static const char exercise[] = "02-spawning/image_filter";

/* The large one takes a fifth of a second, read and filtered by one worker, on
 * a machine of 2020; it is a file of 1.4 MB. */
enum { WIDTH = 768, HEIGHT = 512, SMALL = 8, ROWS = 48, ROW_MS = 50 };

struct picture {
    char *text; /* the file */
    const char *row_ms;
    enum observe_clock clock;
};

struct measuring {
    const struct measure_request *request;
    char *binary;
    struct picture large, small;
    int done;
    char alone[2][HASH_TEXT]; /* hash of one worker's result, by clock */
    char **why;
};

int measure_cpus(void)
{
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

static int fail(char **why, int rc, const char *sentence)
{
    *why = strdup(sentence ? sentence : strerror(-rc));
    return rc;
}

/* --- the images ---------------------------------------------------------- */

/* The same each time: noise, so that no two neighbours are alike. */
static char *draw(int width, int height)
{
    char *text = NULL;
    size_t len;
    uint32_t noise = 1;
    FILE *out = open_memstream(&text, &len);
    if (!out)
        return NULL;
    fprintf(out, "P2\n%d %d\n255\n", width, height);
    for (int i = 1; i <= width * height; i++) {
        noise = noise * 1103515245 + 12345;
        fprintf(out, "%u%c", (unsigned)(noise >> 24),
                i % width == 0 ? '\n' : ' ');
    }
    return fclose(out) == 0 ? text : (free(text), NULL);
}

/* --- one run ------------------------------------------------------------- */

static int observe_filter(const struct measuring *m, const struct picture *p,
                          const char *workers, struct trace **out)
{
    const char *const argv[] = {"./image_filter", workers, p->row_ms,
                                "image.pgm", NULL};
    const struct observe_file file = {"image.pgm", p->text};
    const struct observe_request request = {
        .argv = argv,
        .program = m->binary,
        .world = OBSERVE_GRADE,
        .clock = p->clock,
        .schedule.kind =
            p->clock == OBSERVE_REAL ? SCHEDULE_FREE : SCHEDULE_CHILD_FIRST,
        .files = &file,
        .n_files = 1,
        .limits = {.cpu_ns = INT64_C(20) * 1000000000, .output = 16 << 20},
        .no_places = true,
    };
    const char *why = NULL;
    int rc = observe(&request, out, &why);
    return rc < 0 ? fail(m->why, rc, why) : 0;
}

/* Says what the program did in place of what is measured. */
static int refuse(const struct measuring *m, const char *workers,
                  const struct picture *p, const char *seen)
{
    if (asprintf(m->why,
                 "'image_filter %s %s FILE' has to filter the image with %s "
                 "worker%s and end with exit code 0, but %s; 'proclab grade "
                 "image_filter' tells what is missing",
                 workers, p->row_ms, workers,
                 strcmp(workers, "1") == 0 ? "" : "s", seen) < 0)
        *m->why = NULL;
    return -EINVAL;
}

static int check_end(const struct measuring *m, const char *workers,
                     const struct picture *p, const struct trace *trace)
{
    struct trace_end end = trace_end_of(trace, 0);
    char seen[128];
    int children = trace_children(trace, 0);
    if (trace->outcome != TRACE_ENDED)
        snprintf(seen, sizeof seen, "its run went this way: %s",
                 trace_outcome_name(trace->outcome));
    else if (end.signal != 0)
        snprintf(seen, sizeof seen, "main was killed by signal %d", end.signal);
    else if (end.code != 0)
        snprintf(seen, sizeof seen, "main ended with exit code %d", end.code);
    else if (children != atoi(workers))
        snprintf(seen, sizeof seen, "main had %d child%s", children,
                 children == 1 ? "" : "ren");
    else
        return 0;
    return refuse(m, workers, p, seen);
}

static void hash_output(const struct trace *trace, char text[HASH_TEXT])
{
    struct sha256_ctx hash;
    sha256_init(&hash);
    for (size_t i = 0; i < trace->n_events; i++) {
        const struct trace_event *e = &trace->events[i];
        if (e->kind == TRACE_WRITE && e->a == 1)
            sha256_update(&hash, e->len, (const uint8_t *)e->text);
    }
    hash_text(&hash, text);
}

static int check_result(struct measuring *m, const char *workers,
                        const struct picture *p, const struct trace *trace)
{
    char text[HASH_TEXT], *alone = m->alone[p->clock];
    hash_output(trace, text);
    if (!*alone)
        strcpy(alone, text);
    if (strcmp(text, alone) == 0)
        return 0;
    return refuse(m, workers, p, "the result is not that of one worker");
}

/* When the last child of main was reaped, or -1. */
static int64_t all_reaped_at(const struct trace *trace)
{
    int64_t last = -1;
    for (int i = 0; i < trace_children(trace, 0); i++) {
        int child = trace_child(trace, 0, i);
        int64_t at = trace_reaped_at(trace, child);
        if (trace_reaper(trace, child) != 0)
            return -1;
        last = at > last ? at : last;
    }
    return last;
}

static int run(struct measuring *m, const struct picture *p, int workers,
               double *before, double *filter)
{
    char number[16];
    struct trace *trace;
    snprintf(number, sizeof number, "%d", workers);
    int rc = observe_filter(m, p, number, &trace);
    if (rc < 0)
        return rc;
    rc = check_end(m, number, p, trace);
    rc = rc < 0 ? rc : check_result(m, number, p, trace);
    int64_t end = all_reaped_at(trace);
    if (rc == 0 && end < 0)
        rc = refuse(m, number, p, "main did not reap every worker");
    if (rc == 0) {
        int64_t first = trace_born_at(trace, trace_child(trace, 0, 0));
        *before = (double)first / 1e6;
        *filter = (double)(end - first) / 1e6;
    }
    trace_free(trace);
    m->done++;
    if (rc == 0 && m->request->progress)
        m->request->progress(m->request->context, m->done,
                             m->request->workers * (m->request->repeats + 1));
    return rc;
}

/* --- all of them --------------------------------------------------------- */

static int run_all(struct measuring *m, struct speedup *s)
{
    int rc = 0;
    for (int i = 0; i < s->repeats; i++)
        for (int p = 0; p < s->n_workers && rc == 0; p++)
            rc = run(m, &m->large, p + 1, &s->row[p].before[i],
                     &s->row[p].filter[i]);
    for (int p = 0; p < s->n_workers && rc == 0; p++) {
        double before = 0, filter = 0;
        rc = run(m, &m->small, p + 1, &before, &filter);
        s->row[p].virtual_ms = before + filter;
    }
    return rc;
}

static int measure_program(struct measuring *m, struct speedup *s)
{
    m->large = (struct picture){draw(WIDTH, HEIGHT), "0", OBSERVE_REAL};
    m->small = (struct picture){draw(SMALL, ROWS), "50", OBSERVE_VIRTUAL};
    int rc = m->large.text && m->small.text ? run_all(m, s) : -ENOMEM;
    free(m->large.text);
    free(m->small.text);
    return rc;
}

static int build(struct measuring *m, const char *workdir, struct speedup *s)
{
    struct exercise_result result = {.id = exercise};
    struct build made;
    const char *why = NULL;
    int rc = build_ready(&why);
    rc = rc < 0 ? rc
                : build_exercise(m->request->dir, exercise, workdir, &result,
                                 &made, &why);
    if (rc < 0)
        rc = fail(m->why, rc, why);
    else if (!result.built)
        rc = fail(m->why, -EINVAL, result.build_problem);
    else {
        m->binary = made.binary;
        strcpy(s->program, made.program);
    }
    exercise_result_clear(&result);
    return rc;
}

int measure(const struct measure_request *request, struct speedup *out,
            char **why)
{
    const char *workdir;
    *why = NULL;
    struct measuring m = {.request = request, .why = why};
    struct speedup s = {
        .cpus = measure_cpus(),
        .width = WIDTH,
        .height = HEIGHT,
        .rows = ROWS,
        .row_ms = ROW_MS,
        .n_workers = request->workers,
        .repeats = request->repeats,
    };
    int rc = workdir_make(&workdir);
    if (rc < 0)
        return fail(why, rc,
                    "No working directory could be made: let TMPDIR "
                    "name a place with room.");
    rc = build(&m, workdir, &s);
    rc = rc < 0 ? rc : measure_program(&m, &s);
    workdir_remove();
    free(m.binary);
    if (rc == 0)
        *out = s;
    return rc;
}
