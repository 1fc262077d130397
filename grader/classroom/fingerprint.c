#include "classroom/fingerprint.h"

#include <errno.h>

#include "course/catalog.h"
#include "course/cleanup.h"
#include "course/intake.h"

/* A file that the student has to mend is what the grader says about it. */
static int add_source(struct sha256_ctx *hash, const char *dir, const char *id)
{
    autofree char *text = NULL, *problem = NULL;
    size_t len = 0;
    int rc = intake_source(dir, id, &text, &len, &problem);
    if (rc < 0 && !(rc == -EINVAL && problem))
        return rc;
    hash_string(hash, id);
    hash_string(hash, problem);
    hash_piece(hash, text ? text : "", len);
    return 0;
}

int fingerprint_make(const struct grade_request *request,
                     char text[static HASH_TEXT])
{
    autofree char *name = NULL;
    struct sha256_ctx hash;
    int rc = intake_name(request->dir, &name);
    if (rc < 0)
        return rc;
    sha256_init(&hash);
    hash_string(&hash, PROCLAB_VERSION);
    hash_string(&hash, catalog_course_hash());
    hash_number(&hash, (long)request->seed);
    hash_number(&hash, request->schedules);
    hash_string(&hash, name);
    for (size_t i = 0; i < request->n_exercises && rc == 0; i++)
        rc = add_source(&hash, request->dir, request->exercises[i]->id);
    if (rc == 0)
        hash_text(&hash, text);
    return rc;
}
