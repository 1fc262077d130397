#include "tests/classmates.h"

#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "course/catalog.h"
#include "course/intake.h"

struct maker {
    int dir; /* the class's */
    const struct matrix *matrix;
    const struct exercise *const *exercises;
    size_t n_exercises;
    unsigned short random[3];
};

/* What a student's name may be, too. */
static const char *const names[] = {
    "=1+1",        "a,b;c",     "say \"hi\"", "two\nlines", "-rf",
    "@me",         "'quoted'",  "bytes \xff", ".hidden",    "%41",
    "\xc3\xa4 \xe2\x80\xae", "+49 30",
};

static size_t draw(struct maker *maker, size_t n)
{
    return (size_t)(erand48(maker->random) * (double)n);
}

/* --- files ---------------------------------------------------------------- */

static int make_directory(int at, const char *name)
{
    mkdirat(at, name, 0755);
    int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        err(EXIT_FAILURE, "%s", name);
    return fd;
}

static void path_of(const struct exercise *exercise, char path[static 128])
{
    snprintf(path, 128, "%s.c", exercise->id);
}

static void put_file(int dir, const char *path, const char *bytes, size_t len)
{
    int fd = openat(dir, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0 || write(fd, bytes, len) != (ssize_t)len || close(fd) != 0)
        err(EXIT_FAILURE, "%s", path);
}

static void put_text(int dir, const struct exercise *exercise,
                     const char *text)
{
    char path[128];
    path_of(exercise, path);
    put_file(dir, path, text, strlen(text));
}

static void put_program(int dir, const struct program *program)
{
    static char bytes[65536];
    char path[128];
    path_of(program->exercise, path);
    FILE *in = fopen(program->path, "r");
    if (!in)
        err(EXIT_FAILURE, "%s", program->path);
    size_t n = fread(bytes, 1, sizeof bytes, in);
    fclose(in);
    put_file(dir, path, bytes, n);
}

/* --- marks ---------------------------------------------------------------- */

static int points_of(const struct program *program)
{
    int points = 0;
    if (program->kind == PROGRAM_STARTER)
        return 0;
    for (const struct check *c = program->exercise->checks; c->id; c++)
        if (matrix_expects(program, c) == VERDICT_PASS)
            points += c->points;
    return points;
}

/* What fails by chance only has no known marks. */
static bool has_known_marks(const struct program *program)
{
    bool known = !program->rare;
    for (size_t i = 0; i < program->n_foretold; i++)
        known = known && !program->foretold[i].perhaps;
    return known;
}

static const struct program *draw_program(struct maker *maker,
                                          const struct exercise *exercise)
{
    const struct program *program;
    do
        program = &maker->matrix->programs[draw(maker, maker->matrix->n)];
    while (program->exercise != exercise || !has_known_marks(program));
    return program;
}

/* Every tenth is missing, every tenth does not compile; the first one is there,
 * as there would be no submission without any. */
static int hand_in(struct maker *maker, int dir, size_t i)
{
    const struct exercise *exercise = maker->exercises[i];
    size_t luck = draw(maker, 10);
    if (luck == 0 && i > 0)
        return 0;
    if (luck == 1) {
        put_text(dir, exercise, "int main(void) { return forty_two }\n");
        return 0;
    }
    const struct program *program = draw_program(maker, exercise);
    put_program(dir, program);
    return points_of(program);
}

/* --- mishaps: what becomes of the first exercise -------------------------- */

static void is_directory(int dir, const char *path)
{
    unlinkat(dir, path, 0);
    mkdirat(dir, path, 0755);
}

static void is_link(int dir, const char *path)
{
    unlinkat(dir, path, 0);
    if (symlinkat("/etc/passwd", dir, path) != 0)
        err(EXIT_FAILURE, "%s", path);
}

static void is_pipe(int dir, const char *path)
{
    unlinkat(dir, path, 0);
    if (mkfifoat(dir, path, 0644) != 0)
        err(EXIT_FAILURE, "%s", path);
}

static void is_huge(int dir, const char *path)
{
    int fd = openat(dir, path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0 || ftruncate(fd, INTAKE_MOST + 1) != 0)
        err(EXIT_FAILURE, "%s", path);
    close(fd);
}

static void is_empty(int dir, const char *path)
{
    put_file(dir, path, "", 0);
}

static void is_utf16(int dir, const char *path)
{
    put_file(dir, path, "i\0n\0t\0", 6);
}

/* Root reads it nevertheless: so it does not compile either. */
static void is_unreadable(int dir, const char *path)
{
    put_file(dir, path, "nonsense\n", 9);
    fchmodat(dir, path, 0, 0);
}

static void includes_itself(int dir, const char *path)
{
    static const char text[] = "#include __FILE__\n";
    put_file(dir, path, text, sizeof text - 1);
}

static void (*const mishaps[])(int dir, const char *path) = {
    is_directory, is_link,       is_pipe,         is_huge, is_empty,
    is_utf16,     is_unreadable, includes_itself,
};

/* --- students ------------------------------------------------------------- */

static void name_student(size_t i, char name[static NAME_MAX + 1])
{
    size_t odd = i / 5;
    if (i % 5 == 4 && odd < sizeof names / sizeof names[0])
        strcpy(name, names[odd]);
    else if (i == 3) /* the longest there may be */
        snprintf(name, NAME_MAX + 1, "%0*d", NAME_MAX, 3);
    else
        snprintf(name, NAME_MAX + 1, "s%04zu", i);
}

static void make_work(struct maker *maker, struct classmate *mate, int dir)
{
    for (size_t i = 0; i < maker->n_exercises; i++) {
        char chapter[64];
        const char *id = maker->exercises[i]->id;
        snprintf(chapter, sizeof chapter, "%.*s", (int)strcspn(id, "/"), id);
        close(make_directory(dir, chapter));
        mate->points[i] = hand_in(maker, dir, i);
    }
}

/* Every third student has a mishap. */
static void make_mishap(struct maker *maker, struct classmate *mate, size_t i,
                        int dir)
{
    char path[128];
    if (i % 3 != 2)
        return;
    path_of(maker->exercises[0], path);
    mishaps[i / 3 % (sizeof mishaps / sizeof mishaps[0])](dir, path);
    mate->points[0] = 0;
}

static void make_nothing(struct maker *maker, struct classmate *mate, size_t i)
{
    mate->nothing = true;
    if (i % 4 == 2)
        close(make_directory(maker->dir, mate->name));
    else if (symlinkat("/etc", maker->dir, mate->name) != 0)
        err(EXIT_FAILURE, "%s", mate->name);
}

static void make_student(struct maker *maker, struct classmate *mate, size_t i)
{
    *mate = (struct classmate){.total = 0};
    name_student(i, mate->name);
    if (i % 50 == 6 || i % 50 == 8) {
        make_nothing(maker, mate, i);
        return;
    }
    int dir = make_directory(maker->dir, mate->name);
    make_work(maker, mate, dir);
    make_mishap(maker, mate, i, dir);
    close(dir);
    for (size_t e = 0; e < maker->n_exercises; e++)
        mate->total += mate->points[e];
}

void classmates_make(const char *path, size_t n, long seed,
                     const struct matrix *matrix, struct classmates *out)
{
    struct maker maker = {
        .dir = make_directory(AT_FDCWD, path),
        .matrix = matrix,
        .random = {(unsigned short)seed, (unsigned short)(seed >> 16), 0x330e},
    };
    maker.exercises = catalog(&maker.n_exercises);
    out->n = n;
    out->all = calloc(n, sizeof *out->all);
    if (!out->all || maker.n_exercises > CLASSMATE_EXERCISES)
        errx(EXIT_FAILURE, "too large a class");
    for (size_t i = 0; i < n; i++)
        make_student(&maker, &out->all[i], i);
    put_file(maker.dir, "roster.csv", "not a student\n", 14);
    close(maker.dir);
}
