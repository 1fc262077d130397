/* Grades the programs of the matrix by `proclab grade`, as a student's file
 * would be: each in a submission of its own. */

#include "tests/matrix.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/place.h"

struct grading {
    struct matrix *matrix;
    char directory[64]; /* a submission is DIRECTORY/NUMBER */
    char proclab[PATH_MAX];
    size_t next, done;
};

static void file_of(const struct grading *g, size_t i, const char *suffix,
                    char path[static PATH_MAX])
{
    snprintf(path, PATH_MAX, "%s/%zu%s", g->directory, i, suffix);
}

static void copy(const char *from, const char *to)
{
    char bytes[65536];
    FILE *in = fopen(from, "r"), *out = fopen(to, "w");
    if (!in || !out)
        err(EXIT_FAILURE, "%s to %s", from, to);
    size_t n = fread(bytes, 1, sizeof bytes, in);
    if (fwrite(bytes, 1, n, out) != n || !feof(in) || fclose(out) != 0)
        err(EXIT_FAILURE, "%s to %s", from, to);
    fclose(in);
}

static void make_submission(const struct grading *g, size_t i)
{
    const char *id = g->matrix->programs[i].exercise->id;
    char path[PATH_MAX], suffix[256];
    file_of(g, i, "", path);
    mkdir(path, 0755);
    snprintf(suffix, sizeof suffix, "/%.*s", (int)strcspn(id, "/"), id);
    file_of(g, i, suffix, path);
    mkdir(path, 0755);
    snprintf(suffix, sizeof suffix, "/%s.c", id);
    file_of(g, i, suffix, path);
    copy(g->matrix->programs[i].path, path);
}

static _Noreturn void be_grader(const struct grading *g, size_t i)
{
    char submission[PATH_MAX], json[PATH_MAX], log[PATH_MAX];
    char schedules[16], seed[24];
    const struct program *program = &g->matrix->programs[i];
    file_of(g, i, "", submission);
    file_of(g, i, ".json", json);
    file_of(g, i, ".err", log);
    bool more = program->rare && g->matrix->schedules < MATRIX_RARE_SCHEDULES;
    snprintf(schedules, sizeof schedules, "%d",
             more ? MATRIX_RARE_SCHEDULES : g->matrix->schedules);
    snprintf(seed, sizeof seed, "%ld", g->matrix->seed);
    int fd = open(log, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    dup2(fd, STDERR_FILENO);
    execl(g->proclab, "proclab", "grade", submission, program->exercise->id,
          "--schedules", schedules, "--seed", seed, "-j", "1", "--format",
          "json", "-o", json, (char *)NULL);
    warn("%s", g->proclab);
    _exit(127);
}

static void start(struct grading *g)
{
    size_t i = g->next++;
    if (!g->matrix->programs[i].exercise) {
        g->done++;
        return;
    }
    make_submission(g, i);
    pid_t pid = fork();
    if (pid == 0)
        be_grader(g, i);
    if (pid < 0)
        err(EXIT_FAILURE, "fork");
    g->matrix->programs[i].grader = pid;
}

/* What the grader said instead of a result. */
static void take_problem(struct program *program, const char *log, int status,
                         const char *why)
{
    FILE *in = fopen(log, "r");
    char said[400] = "";
    if (in) {
        said[fread(said, 1, sizeof said - 1, in)] = '\0';
        fclose(in);
    }
    snprintf(program->problem, sizeof program->problem,
             "no result (wait status %#x): %s %s", (unsigned)status, why, said);
}

static void take_result(struct grading *g, size_t i, int status)
{
    char path[PATH_MAX], log[PATH_MAX];
    struct program *program = &g->matrix->programs[i];
    json_error_t error = {.text = ""};
    const char *why = error.text;
    file_of(g, i, ".json", path);
    file_of(g, i, ".err", log);
    json_t *json = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    program->graded = json && result_from_json(json, &program->result,
                                               &why) == 0;
    json_decref(json);
    if (!program->graded)
        take_problem(program, log, status, why);
    program->grader = 0;
}

static void take_one(struct grading *g)
{
    int status;
    pid_t pid = waitpid(-1, &status, 0);
    if (pid < 0)
        err(EXIT_FAILURE, "waitpid");
    for (size_t i = 0; i < g->next; i++)
        if (g->matrix->programs[i].grader == pid) {
            take_result(g, i, status);
            g->done++;
        }
}

static void tell(const struct grading *g)
{
    if (isatty(STDERR_FILENO))
        fprintf(stderr, g->done < g->matrix->n ? "\rgraded %zu of %zu" :
                "\r\033[K", g->done, g->matrix->n);
}

void matrix_grade(struct matrix *matrix)
{
    struct grading g = {
        .matrix = matrix,
        .directory = "/tmp/proclab-matrix-XXXXXX",
    };
    place_of_built("proclab", g.proclab, sizeof g.proclab);
    if (!mkdtemp(g.directory) || chmod(g.directory, 0755) != 0)
        err(EXIT_FAILURE, "%s", g.directory);
    size_t jobs = (size_t)get_nprocs();
    while (g.done < matrix->n) {
        while (g.next < matrix->n && g.next - g.done < jobs)
            start(&g);
        if (g.next > g.done)
            take_one(&g);
        tell(&g);
    }
    place_remove(g.directory);
}
