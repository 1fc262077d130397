/**
 * @file
 * A failure shown again: `proclab grade --check ID --replay`.
 */
#ifndef PROCLAB_CLI_AGAIN_H
#define PROCLAB_CLI_AGAIN_H

#include "cli/pictures.h"
#include "cli/terminal.h"
#include "course/grade.h"
#include "course/replay.h"

/**
 * Finds out which run is meant.
 * @param which a run as replay_parse() takes it, the file of a result in which
 *              the check failed, or NULL: the first that fails
 * @param request gets the replay, and a result's seed and schedules
 * @param[out] replay what request points to; to be released
 * @return STATUS_OK or STATUS_USAGE, then it was said why
 */
int again_which(const char *which, const char *check,
                struct grade_request *request, struct replay *replay);

/**
 * The id of the first check that failed in the file of a result.
 * @param[out] id to be freed; set on success only
 * @return STATUS_OK or STATUS_USAGE, then it was said why
 */
int again_first_failure(const char *path, char **id);

/** Says where another run is shown than was asked for, and why. */
void again_explain(const struct result *result, const struct replay *replay);

/** Draws the run that is shown, if there is one. @return 0 or -Exxx */
int again_write_timeline(const struct result *result, FILE *out,
                         const struct terminal *terminal);
/** Draws it as pictures, if there is one.
 * @return STATUS_OK or STATUS_FAILED, then it was said why */
int again_draw(const struct result *result, const struct pictures *pictures);
/** Writes it as `proclab run --json` does. @return 0 or -Exxx */
int again_write_trace(const struct result *result, FILE *out);

#endif
