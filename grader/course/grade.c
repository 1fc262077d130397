#include "course/grade.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "course/build.h"
#include "course/catalog.h"
#include "course/cleanup.h"
#include "course/intake.h"
#include "course/pool.h"
#include "course/selection.h"
#include "observer/observe.h"
#include "sandbox/workdir.h"

static int fail(int rc, const char *sentence, const char **why)
{
    if (why)
        *why = sentence;
    return rc;
}

/* With --check only the exercise that has it is graded. */
static size_t choose(const struct grade_request *request,
                     const struct exercise **chosen)
{
    const struct check *checks[SELECTION_MOST];
    size_t n = 0;
    for (size_t i = 0; i < request->n_exercises; i++)
        if (!request->only ||
            selection_checks(request->exercises[i], request->only, checks) > 0)
            chosen[n++] = request->exercises[i];
    return n;
}

static int open_submission(const char *dir, char **name, const char **why)
{
    autofree char *raw = NULL;
    int rc = intake_name(dir, &raw);
    if (rc == 0)
        *name = result_utf8(raw, strlen(raw), 255 * 3);
    if (rc == 0 && !*name)
        return fail(-ENOMEM, "There is not enough memory.", why);
    if (rc == -ENOTDIR)
        return fail(rc, "The submission is not a directory.", why);
    if (rc == -EACCES)
        return fail(rc,
                    "The submission's directory cannot be opened: its "
                    "permissions forbid it.",
                    why);
    return rc < 0 ? fail(rc, "There is no such directory.", why) : 0;
}

/* All that needs the working directory. */
static int grade_in(const struct grade_request *request,
                    const struct exercise *const *chosen, size_t n,
                    struct result *out, const char **why)
{
    const char *workdir;
    int rc = workdir_make(&workdir);
    if (rc < 0)
        return fail(rc,
                    "No working directory could be made: let TMPDIR name "
                    "a place with room.",
                    why);
    rc = build_ready(why);
    rc = rc < 0 ? rc : observe_ready(OBSERVE_GRADE, why);
    if (rc == 0) {
        rc = pool_grade(request, workdir, chosen, n, out->exercises,
                        &out->source);
        if (rc < 0)
            fail(rc, "No process could be started to grade in.", why);
    }
    workdir_remove();
    return rc;
}

int grade(const struct grade_request *request, struct result *result,
          const char **why)
{
    autofree const struct exercise **chosen =
        calloc(request->n_exercises + 1, sizeof *chosen);
    struct result made = {
        .seed = request->seed,
        .schedules = request->schedules,
        .course = catalog_course_hash(),
    };
    if (!chosen)
        return fail(-ENOMEM, "There is not enough memory.", why);
    if (request->schedules < 1)
        return fail(-EINVAL, "At least one schedule is needed.", why);
    size_t n = choose(request, chosen);
    if (request->only && n == 0)
        return fail(-EINVAL, "None of these exercises has such a check.", why);
    int rc = open_submission(request->dir, &made.submission, why);
    if (rc < 0)
        return rc;
    made.exercises = calloc(n ? n : 1, sizeof *made.exercises);
    rc = made.exercises ? grade_in(request, chosen, n, &made, why) : -ENOMEM;
    if (rc == 0) {
        made.n_exercises = n;
        *result = made;
        return 0;
    }
    result_free(&made);
    return rc;
}
