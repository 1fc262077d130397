/* Makes the mutants and grades them as any other program.  Those that do not
 * compile, or to the same object code as the solution, say nothing about the
 * checks.  Nearly all are killed by the first schedule: only who survives it is
 * compared with the solution and sees the other schedules. */

#include "tests/mutants.h"

#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <unistd.h>

#include "course/catalog.h"
#include "course/grade.h"
#include "tests/place.h"

/* Those whose survivors somebody has looked through. */
static const char *const exercises[] = {
    "01-naming/image_workers",
    "02-spawning/downloads",
    "03-killing/cancel_download",
    "04-daemon/background_worker",
};

static void *checked(void *memory)
{
    if (!memory)
        err(EXIT_FAILURE, NULL);
    return memory;
}

/* A file's bytes and a NUL; NULL if there is no such file. */
static char *contents(const char *path, size_t *len)
{
    FILE *in = fopen(path, "r");
    if (!in)
        return NULL;
    char *bytes = NULL;
    size_t size;
    FILE *out = checked(open_memstream(&bytes, &size));
    for (int c; (c = getc(in)) != EOF;)
        putc(c, out);
    fclose(out);
    *len = size;
    fclose(in);
    return bytes;
}

static void write_file(const char *path, const char *text)
{
    FILE *out = fopen(path, "w");
    if (!out || fputs(text, out) < 0 || fclose(out) != 0)
        err(EXIT_FAILURE, "%s", path);
}

/* "02-spawning/downloads" is called downloads. */
static const char *short_id(const struct exercise *exercise)
{
    return strchr(exercise->id, '/') + 1;
}

static void solution_of(const struct exercise *exercise, char *path,
                        size_t size)
{
    char name[256];
    snprintf(name, sizeof name, "chapters/%.*s/solution/%s.c",
             (int)strcspn(exercise->id, "/"), exercise->id, short_id(exercise));
    place_of_source(name, path, size);
}

static void add(struct mutants *all, const struct exercise *exercise,
                const struct mutation *mutation)
{
    all->list = checked(realloc(all->list, (all->n + 1) * sizeof *all->list));
    struct mutant *m = &all->list[all->n];
    *m = (struct mutant){.operator= mutation->operator, .exercise = exercise };
    if (asprintf(&m->name, "%s/%s", short_id(exercise), mutation->name) < 0)
        err(EXIT_FAILURE, NULL);
    snprintf(m->path, sizeof m->path, "%s/%zu.c", all->directory, all->n++);
    write_file(m->path, mutation->text);
}

static void make_mutants_of(struct mutants *all,
                            const struct exercise *exercise)
{
    char path[PATH_MAX];
    struct mutations made;
    size_t len;
    solution_of(exercise, path, sizeof path);
    char *program = contents(path, &len);
    if (!program)
        err(EXIT_FAILURE, "%s", path);
    mutate(program, &made);
    for (size_t i = 0; i < made.n; i++)
        add(all, exercise, &made.list[i]);
    mutate_free(&made);
    free(program);
}

static struct mutant *find(struct mutants *all, const char *name)
{
    for (size_t i = 0; i < all->n; i++)
        if (strcmp(all->list[i].name, name) == 0)
            return &all->list[i];
    return NULL;
}

static void append(char ***list, size_t *n, const char *text)
{
    *list = checked(realloc(*list, (*n + 1) * sizeof **list));
    (*list)[(*n)++] = checked(strdup(text));
}

/* A line of the list; a name without a reason is as good as unknown. */
static void read_line(struct mutants *all, const char *line)
{
    if (*line == '\0')
        return;
    if (strncmp(line, "# ", 2) == 0) {
        append(&all->reasons, &all->n_reasons, line + 2);
        return;
    }
    struct mutant *m = find(all, line);
    if (m && all->n_reasons > 0)
        m->reason = all->reasons[all->n_reasons - 1];
    else
        append(&all->unknown, &all->n_unknown, line);
}

static void read_list(struct mutants *all)
{
    char path[PATH_MAX], line[1024];
    place_of_source("grader/tests/mutants.txt", path, sizeof path);
    FILE *in = fopen(path, "r");
    if (!in)
        err(EXIT_FAILURE, "%s", path);
    while (fgets(line, sizeof line, in)) {
        line[strcspn(line, "\n")] = '\0';
        read_line(all, line);
    }
    fclose(in);
}

void mutants_make(struct mutants *all)
{
    size_t n = sizeof exercises / sizeof *exercises;
    *all = (struct mutants){.directory = "/tmp/proclab-mutants-XXXXXX"};
    if (!mkdtemp(all->directory))
        err(EXIT_FAILURE, "%s", all->directory);
    for (size_t i = 0; i < n; i++)
        make_mutants_of(all, catalog_find(exercises[i]));
    read_list(all);
}

void mutants_remove(struct mutants *all)
{
    place_remove(all->directory);
}

/* --- what compiles, and to what ---------------------------------------- */

/* Object code names its source: it is the same if all come from stdin. */
static _Noreturn void be_compiler(const char *source, const char *object)
{
    int in = open(source, O_RDONLY), null = open("/dev/null", O_WRONLY);
    if (in < 0 || dup2(in, STDIN_FILENO) < 0 || dup2(null, STDERR_FILENO) < 0)
        _exit(127);
    execlp("gcc", "gcc", "-std=gnu17", "-Og", "-w", "-x", "c", "-c", "-", "-o",
           object, (char *)NULL);
    _exit(127);
}

static void object_of(const char *source, char *object, size_t size)
{
    snprintf(object, size, "%s.o", source);
}

static pid_t compile(const char *source, const char *object)
{
    pid_t pid = fork();
    if (pid == 0)
        be_compiler(source, object);
    if (pid < 0)
        err(EXIT_FAILURE, "fork");
    return pid;
}

static void take_one(int *running)
{
    if (*running > 0 && wait(NULL) < 0)
        err(EXIT_FAILURE, "wait");
    *running -= *running > 0;
}

/* As many compilers at once as there are processors. */
static void compile_survivors(const struct mutants *all)
{
    int running = 0;
    char object[128];
    for (size_t i = 0; i < all->n; i++) {
        if (all->list[i].fate != FATE_SURVIVED)
            continue;
        if (running == get_nprocs())
            take_one(&running);
        object_of(all->list[i].path, object, sizeof object);
        compile(all->list[i].path, object);
        running++;
    }
    while (running > 0)
        take_one(&running);
}

/* Of the object code of the solutions there is one copy, the last one asked
 * for: mutants come by exercise. */
struct original {
    const struct exercise *exercise;
    char *object;
    size_t len;
};

static void take_original(struct original *original, const struct mutants *all,
                          const struct exercise *exercise)
{
    char source[PATH_MAX], object[128];
    if (original->exercise == exercise)
        return;
    solution_of(exercise, source, sizeof source);
    snprintf(object, sizeof object, "%s/original.o", all->directory);
    if (waitpid(compile(source, object), NULL, 0) < 0)
        err(EXIT_FAILURE, "waitpid");
    free(original->object);
    original->exercise = exercise;
    original->object = checked(contents(object, &original->len));
}

static void compare(struct mutant *m, const struct original *original)
{
    char object[128];
    size_t len;
    object_of(m->path, object, sizeof object);
    char *own = checked(contents(object, &len));
    if (len == original->len && memcmp(own, original->object, len) == 0)
        m->fate = FATE_SAME;
    free(own);
}

static void compare_survivors(struct mutants *all)
{
    struct original original = {.exercise = NULL};
    compile_survivors(all);
    for (size_t i = 0; i < all->n; i++) {
        if (all->list[i].fate != FATE_SURVIVED)
            continue;
        take_original(&original, all, all->list[i].exercise);
        compare(&all->list[i], &original);
    }
    free(original.object);
}

/* --- what its grading says ----------------------------------------------- */

static void take_verdict(struct mutant *m, const struct program *program)
{
    m->fate = FATE_ERROR;
    if (!program->graded || !result_complete(&program->result))
        return;
    if (!program->result.exercises[0].built) {
        m->fate = FATE_NO_PROGRAM;
        return;
    }
    m->fate = FATE_SURVIVED;
    for (const struct check *c = m->exercise->checks; c->id; c++) {
        const struct check_result *verdict = matrix_verdict(program, c->id);
        if (verdict && verdict->verdict == VERDICT_PASS)
            continue;
        m->fate = FATE_KILLED;
        m->check = c->id;
        return;
    }
}

static bool is_due(const struct mutant *m)
{
    return m->chosen && (m->fate == FATE_UNKNOWN || m->fate == FATE_SURVIVED ||
                         m->fate == FATE_ERROR);
}

static void grade_all(struct mutants *all, long seed, int schedules)
{
    size_t k = 0;
    struct matrix matrix = {.schedules = schedules, .seed = seed};
    matrix.programs = checked(calloc(all->n + 1, sizeof *matrix.programs));
    for (size_t i = 0; i < all->n; i++) {
        if (!is_due(&all->list[i]))
            continue;
        struct program *program = &matrix.programs[matrix.n++];
        program->kind = PROGRAM_WRONG;
        program->exercise = all->list[i].exercise;
        snprintf(program->path, sizeof program->path, "%s", all->list[i].path);
    }
    matrix_grade(&matrix);
    for (size_t i = 0; i < all->n; i++)
        if (is_due(&all->list[i]))
            take_verdict(&all->list[i], &matrix.programs[k++]);
    while (k-- > 0)
        if (matrix.programs[k].graded)
            result_free(&matrix.programs[k].result);
    free(matrix.programs);
}

void mutants_choose(struct mutants *all, size_t step, const char *words)
{
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++)
        all->list[i].chosen =
            strstr(all->list[i].name, words) && n++ % step == 0;
}

void mutants_grade(struct mutants *all, long seed)
{
    grade_all(all, seed, 1);
    compare_survivors(all);
    grade_all(all, seed, GRADE_SCHEDULES);
}

const char *mutant_problem(const struct mutant *m)
{
    switch (m->fate) {
    case FATE_ERROR: /* loops for ever, and real time ran out first */
        return m->reason ? "is listed, but the grader gave it up" : NULL;
    case FATE_SURVIVED:
        return m->reason ? NULL : "survives, and the list has no reason why";
    case FATE_KILLED:
        return m->reason ? "is listed as a survivor, but is killed" : NULL;
    case FATE_NO_PROGRAM:
    case FATE_SAME:
        return m->reason ? "is listed, but does not count" : NULL;
    default:
        return NULL;
    }
}
