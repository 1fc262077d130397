/* One submission of a class, from its name to its mark. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "classroom/filename.h"
#include "classroom/fingerprint.h"
#include "classroom/hall.h"
#include "course/cleanup.h"

int hall_fail(const struct hall *hall, int rc, const char *what,
              const char *name)
{
    if (asprintf(hall->why, "%s%s", what, name) < 0)
        *hall->why = NULL;
    return rc;
}

void hall_tell(const struct hall *hall, const char *file,
               const struct mark *mark)
{
    const struct class_progress progress = {
        .done = hall->done,
        .total = hall->total,
        .fresh = hall->outcome.fresh,
        .file = file,
        .mark = mark,
    };
    if (hall->request->progress)
        hall->request->progress(hall->request->context, &progress);
}

static struct mark *mark_of(const struct hall *hall, const struct seat *seat)
{
    return &hall->outcome.marks[seat->entry];
}

/* The submission of a seat is done, its mark is made. */
static void leave(struct hall *hall, struct seat *seat)
{
    hall->done++;
    hall_tell(hall, seat->file, mark_of(hall, seat));
    seat_clear(seat);
}

static struct grade_request request_for(const struct hall *hall,
                                        const struct seat *seat,
                                        char dir[static 64])
{
    snprintf(dir, 64, "/proc/self/fd/%d", seat->submission);
    return (struct grade_request){
        .dir = dir,
        .exercises = hall->exercises,
        .n_exercises = hall->n_exercises,
        .seed = hall->request->seed,
        .schedules = hall->request->schedules,
        .jobs = 1,
        .on_cpu = seat->cpu,
    };
}

static int fingerprint_of(const struct hall *hall, const struct seat *seat,
                          char text[static HASH_TEXT])
{
    char dir[64];
    struct grade_request request = request_for(hall, seat, dir);
    return fingerprint_make(&request, text);
}

/* It has no result, neither now nor from before. */
static int give_no_result(struct hall *hall, struct seat *seat,
                          enum mark_status status, const char *reason)
{
    mark_set(mark_of(hall, seat), status, reason);
    int rc = store_forget(hall->request->store, seat->file);
    return rc < 0 ? hall_fail(hall, rc, "remove the old result of ", seat->file)
                  : 0;
}

static int cannot_read(struct hall *hall, struct seat *seat, int rc)
{
    autofree char *reason = NULL;
    if (rc == -ENOMEM ||
        asprintf(&reason, "it cannot be read: %s", strerror(-rc)) < 0)
        return hall_fail(hall, -ENOMEM, "read ", seat->file);
    rc = give_no_result(hall, seat, MARK_ERROR, reason);
    leave(hall, seat);
    return rc;
}

/* The mark becomes that of these bytes, if they are a result. */
static int read_mark(struct hall *hall, const struct seat *seat,
                     const char *bytes, size_t len)
{
    struct mark mark;
    int rc = mark_read(bytes, len, hall->exercises, hall->n_exercises, &mark);
    if (rc < 0)
        return rc;
    mark_clear(mark_of(hall, seat));
    *mark_of(hall, seat) = mark;
    return 0;
}

static int look_up(struct hall *hall, const struct seat *seat)
{
    autofree char *bytes = NULL;
    size_t len;
    if (hall->request->again)
        return -ENOENT;
    int rc = store_get(hall->request->store, seat->file, seat->fingerprint,
                       &bytes, &len);
    return rc < 0 ? rc : read_mark(hall, seat, bytes, len);
}

static int begin(struct hall *hall, struct seat *seat)
{
    char dir[64];
    struct grade_request request = request_for(hall, seat, dir);
    int rc = seat_start(seat, &request, &hall->before);
    if (rc < 0)
        return hall_fail(hall, rc, "start a process to grade ", seat->file);
    hall->busy++;
    return 0;
}

/* What nobody can grade. */
static int turn_away(struct hall *hall, struct seat *seat,
                     const struct roll_entry *entry)
{
    int rc = give_no_result(
        hall, seat, entry->kind == ROLL_CLOSED ? MARK_ERROR : MARK_NOTHING,
        entry->reason);
    leave(hall, seat);
    return rc;
}

static int open_submission(struct hall *hall, struct seat *seat,
                           const struct roll_entry *entry)
{
    seat->submission = roll_open(hall->request->roll, entry);
    return seat->submission < 0 ? seat->submission
                                : fingerprint_of(hall, seat, seat->fingerprint);
}

int hall_sit_down(struct hall *hall, struct seat *seat)
{
    const struct roll_entry *entry = &hall->request->roll->entries[seat->entry];
    seat->file = filename_of(entry->name);
    if (!seat->file)
        return hall_fail(hall, -ENOMEM, "grade ", "");
    if (entry->kind != ROLL_SUBMISSION)
        return turn_away(hall, seat, entry);
    int rc = open_submission(hall, seat, entry);
    if (rc < 0)
        return cannot_read(hall, seat, rc);
    rc = look_up(hall, seat);
    if (rc == -ENOMEM)
        return hall_fail(hall, rc, "read the result of ", seat->file);
    if (rc < 0)
        return begin(hall, seat);
    hall->outcome.kept++;
    leave(hall, seat);
    return 0;
}

/* A result with errors in it is shown, but not relied on later. */
static int keep_result(struct hall *hall, const struct seat *seat,
                       const char *bytes, size_t len)
{
    const char *fingerprint =
        mark_of(hall, seat)->status == MARK_GRADED ? seat->fingerprint : NULL;
    int rc =
        store_put(hall->request->store, seat->file, fingerprint, bytes, len);
    return rc < 0 ? hall_fail(hall, rc, "write the result of ", seat->file) : 0;
}

static int take_result(struct hall *hall, struct seat *seat, const char *bytes,
                       size_t len)
{
    char now[HASH_TEXT];
    if (fingerprint_of(hall, seat, now) < 0 ||
        strcmp(now, seat->fingerprint) != 0)
        return give_no_result(hall, seat, MARK_ERROR,
                              "it changed while it was graded");
    int rc = read_mark(hall, seat, bytes, len);
    if (rc == -EINVAL)
        return give_no_result(hall, seat, MARK_ERROR,
                              "the grader's answer makes no sense");
    return rc < 0 ? hall_fail(hall, rc, "read the result of ", seat->file)
                  : keep_result(hall, seat, bytes, len);
}

int hall_stand_up(struct hall *hall, struct seat *seat, int status)
{
    autofree char *bytes = NULL;
    size_t len = 0;
    seat->pid = 0;
    hall->busy--;
    int rc = seat_answer(seat, status, &bytes, &len);
    if (rc == -EINVAL)
        rc = give_no_result(hall, seat, MARK_ERROR, bytes);
    else
        rc = rc < 0 ? hall_fail(hall, rc, "read the result of ", seat->file)
                    : take_result(hall, seat, bytes, len);
    hall->outcome.fresh++;
    leave(hall, seat);
    return rc;
}
