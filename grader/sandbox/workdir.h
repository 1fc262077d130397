/**
 * @file
 * The one temporary directory of a grading, below TMPDIR, and the janitor
 * process that removes it when we are gone, also by SIGKILL.
 */
#ifndef PROCLAB_SANDBOX_WORKDIR_H
#define PROCLAB_SANDBOX_WORKDIR_H

/**
 * Makes the directory and starts its janitor.
 * @param[out] path absolute path, owned by this module until workdir_remove();
 *             other users may pass through it but not list it
 * @return 0 or -Exxx (-ENOSPC: the disk is full; TMPDIR names the place)
 */
int workdir_make(const char **path);

/** Removes the directory and waits until the janitor is gone.  Harmless
 * without a directory. */
void workdir_remove(void);

#endif
