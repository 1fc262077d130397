#include "course/build.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "course/cleanup.h"
#include "course/diagnostics.h"
#include "course/intake.h"
#include "sandbox/confine.h"

/* Generous for one page of C, deadly for a file that includes itself. */
static const struct confine_request limits = {
    .wall_ms = 60 * 1000,
    .cpu_s = 20,
    .memory = (size_t)4 << 30,
    .file_size = (size_t)64 << 20,
    .output = (size_t)1 << 20,
};

static const char *in_words(int rc)
{
    switch (rc) {
    case -ENOENT:
        return "There is no C compiler: install gcc (`apt install gcc`).";
    case -ENOSPC:
        return "The disk is full: make room, or let TMPDIR name another "
               "place.";
    case -ENOMEM:
        return "There is not enough memory to build.";
    default:
        return "The compiler could not be run: type 'gcc --version' to see "
               "why.";
    }
}

/* Takes what the sandbox has said already, if anything. */
static int fail(int rc, const char *said, const char **why)
{
    if (rc < 0 && why)
        *why = said ? said : in_words(rc);
    return rc;
}

int build_ready(const char **why)
{
    const char *const argv[] = {"gcc", "-dumpversion", NULL};
    struct confine_request request = limits;
    struct confine_result result;
    request.argv = argv;
    const char *said = NULL;
    int rc = confine_run(&request, &result, &said);
    if (rc < 0)
        return fail(rc, said, why);
    free(result.output);
    bool well = WIFEXITED(result.status) && WEXITSTATUS(result.status) == 0;
    return well ? 0 : fail(-EIO, NULL, why);
}

/* Makes the directory and writes the source into it. */
static int lay_out(const char *dir, const char *name, const char *text,
                   size_t len)
{
    char path[4096];
    if (mkdir(dir, 0755) < 0)
        return -errno;
    snprintf(path, sizeof path, "%s/%s.c", dir, name);
    autoclose int fd =
        open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (fd < 0)
        return -errno;
    for (size_t done = 0; done < len;) {
        ssize_t n = write(fd, text + done, len - done);
        if (n < 0 && errno != EINTR)
            return -errno;
        done += n > 0 ? (size_t)n : 0;
    }
    return fchmod(fd, 0644) < 0 ? -errno : 0;
}

static int compile(const char *dir, const char *name,
                   struct confine_result *out, const char **why)
{
    char source[256], map[4200];
    const char *const argv[] = {
        "gcc",
        "-std=gnu17",
        "-Wall",
        "-Wextra",
        "-g",
        "-Og",
        "-fno-omit-frame-pointer",
        "-pthread",
        "-fmax-errors=20",
        "-fdiagnostics-format=json",
        map,
        source,
        "-o",
        name,
        "-lrt",
        "-lm",
        NULL,
    };
    struct confine_request request = limits;
    snprintf(source, sizeof source, "%s.c", name);
    /* The name of the directory differs from run to run. */
    snprintf(map, sizeof map, "-ffile-prefix-map=%s=.", dir);
    request.argv = argv;
    request.dir = dir;
    /* Where we are root, gcc has no right to pass through what lies above. */
    request.tmpdir = ".";
    return confine_run(&request, out, why);
}

__attribute__((format(printf, 2, 3))) static int
problem(struct exercise_result *result, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vasprintf(&result->build_problem, format, args);
    va_end(args);
    if (n < 0)
        result->build_problem = NULL;
    return n < 0 ? -ENOMEM : 0;
}

static bool any_error(const struct exercise_result *result)
{
    for (size_t i = 0; i < result->n_diagnostics; i++)
        if (strcmp(result->diagnostics[i].severity, "error") == 0)
            return true;
    return false;
}

static int explain_link(struct exercise_result *result,
                        const struct link_problem *link)
{
    if (link->no_main)
        return problem(result,
                       "%s.c has no main(): write it, or look how it "
                       "is spelt (C tells Main from main).",
                       result->id);
    if (link->missing[0])
        return problem(result,
                       "%s.c uses %s, which is defined nowhere: look "
                       "how it is spelt, or write it.",
                       result->id, link->missing);
    return problem(result, "%s.c defines %s twice: remove one of them.",
                   result->id, link->twice);
}

static int explain(struct exercise_result *result,
                   const struct confine_result *run,
                   const struct link_problem *link)
{
    if (run->timed_out)
        return problem(result,
                       "The compiler did not come to an end with "
                       "%s.c: does it include itself, or grow by its "
                       "macros?",
                       result->id);
    if (run->flooded)
        return problem(result,
                       "The compiler's messages on %s.c did not come "
                       "to an end: does it include itself?",
                       result->id);
    /* The linker comes only after a compiler without errors. */
    if (link->no_main || link->missing[0] || link->twice[0])
        return explain_link(result, link);
    if (any_error(result))
        return problem(result,
                       "%s.c does not compile: mend the first error "
                       "first, the others often follow from it.",
                       result->id);
    return problem(result,
                   "The compiler gave up on %s.c, as it takes too much memory, "
                   "time or disk: does it include itself, hold a huge array, "
                   "or grow by its macros?",
                   result->id);
}

static bool is_program(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* Where we are root the compiler was somebody else, and so is the program
 * that is run next: it must not be able to change its own file. */
static int take_back(const char *dir, const char *binary)
{
    const char *const paths[] = {dir, binary};
    for (size_t i = 0; i < 2; i++)
        if (lchown(paths[i], geteuid(), getegid()) < 0 ||
            chmod(paths[i], 0755) < 0)
            return -errno;
    return 0;
}

static int judge_build(const char *binary, const struct confine_result *run,
                       struct exercise_result *result)
{
    struct link_problem link;
    int rc = diagnostics_read(run->output, run->len, result->id, result, &link);
    if (rc < 0)
        return rc;
    result->built = !run->timed_out && !run->flooded && run->status == 0 &&
                    is_program(binary);
    return result->built ? 0 : explain(result, run, &link);
}

static void hash_source(const char *text, size_t len, struct build *out)
{
    struct sha256_ctx hash;
    sha256_init(&hash);
    sha256_update(&hash, len, (const uint8_t *)text);
    hash_text(&hash, out->program);
}

/* Compiles the text as the exercise's source below workdir. */
static int build_text(const char *exercise, const char *workdir,
                      const char *text, size_t len,
                      struct exercise_result *result, struct build *out,
                      const char **why)
{
    struct confine_result run;
    autofree char *dir = NULL, *binary = NULL;
    const char *slash = strchr(exercise, '/');
    const char *name = slash + 1;
    int n = asprintf(&dir, "%s/%.*s.%s", workdir, (int)(slash - exercise),
                     exercise, name);
    if (n < 0 || asprintf(&binary, "%s/%s", dir, name) < 0)
        return -ENOMEM;
    int rc = lay_out(dir, name, text, len);
    if (rc == 0)
        rc = compile(dir, name, &run, why);
    if (rc < 0)
        return rc;
    rc = judge_build(binary, &run, result);
    free(run.output);
    if (rc == 0 && result->built)
        rc = take_back(dir, binary);
    if (rc < 0 || !result->built)
        return rc;
    hash_source(text, len, out);
    out->binary = binary;
    binary = NULL;
    return 0;
}

int build_exercise(const char *submission, const char *exercise,
                   const char *workdir, struct exercise_result *result,
                   struct build *out, const char **why)
{
    autofree char *text = NULL;
    size_t len;
    result->built = false;
    int rc = intake_source(submission, exercise, &text, &len,
                           &result->build_problem);
    if (rc == -EINVAL && result->build_problem)
        return 0;
    if (rc < 0) {
        *why = "The source file could not be taken in.";
        return rc;
    }
    const char *said = NULL;
    rc = build_text(exercise, workdir, text, len, result, out, &said);
    return fail(rc, said, why);
}
