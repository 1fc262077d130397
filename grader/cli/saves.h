/**
 * @file
 * Which exercises of a submission were saved, by inotify(7).
 */
#ifndef PROCLAB_CLI_SAVES_H
#define PROCLAB_CLI_SAVES_H

#include "cli/submission.h"

/** Made by saves_open(). */
struct saves {
    int fd; /**< owned; readable when something was saved */
    const struct submission *submission;
    int *watch; /**< owned; of each exercise's directory, or -1 */
};

/**
 * @param submission must outlive it
 * @param[out] out to be closed; set on success only
 * @return 0; -EMFILE, -ENOSPC: too many are watched on this machine already
 *         (inotify(7), /proc interfaces); other -Exxx
 */
int saves_open(const struct submission *submission, struct saves *out);
void saves_close(struct saves *saves);

/**
 * Takes what has happened so far; does not wait.  An editor that writes
 * another file and renames it counts as one that saves, and so does a removal.
 * @param[out] saved for each exercise: set where it was saved, else left
 * @return whether any was
 */
bool saves_take(struct saves *saves, bool *saved);

#endif
