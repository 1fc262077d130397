/**
 * @file
 * The directory of a class's results.
 *
 * NAME.json is a result, class.csv the table, and .proclab/NAME says of which
 * fingerprint a result is and which bytes it has.  Every file is written under
 * another name first and then takes the place of the old one.  Whatever does
 * not fit together (killed in between, edited, foreign) counts as not there.
 * Nothing is removed that was not made for the same submission.
 */
#ifndef PROCLAB_CLASSROOM_STORE_H
#define PROCLAB_CLASSROOM_STORE_H

#include <stddef.h>

struct store {
    int dir;  /**< the directory, owned */
    int own;  /**< .proclab in it, owned */
    int lock; /**< owned; held until this process ends or store_close() */
};

/**
 * Opens the directory, makes it if it is not there, and locks it.
 * @param[out] out to be closed with store_close(); set on success only
 * @return 0; -EBUSY another process writes into it; -Exxx it cannot be made,
 *         or nothing can be written there
 */
int store_open(const char *path, struct store *out);
void store_close(struct store *store);

/**
 * The result of a submission, if it is the one with this fingerprint.
 * @param file the submission's filename_of()
 * @param[out] bytes to be freed; set on success only
 * @return 0; -ENOENT there is none that can be relied on; -ENOMEM
 */
int store_get(const struct store *store, const char *file,
              const char *fingerprint, char **bytes, size_t *len);

/**
 * Writes a result.
 * @param fingerprint NULL: the result is not to be relied on later
 * @return 0; -Exxx (-ENOSPC, -EDQUOT: the disk is full)
 */
int store_put(const struct store *store, const char *file,
              const char *fingerprint, const void *bytes, size_t len);

/** Removes a submission's result, as it has none any more. @return 0 or -Exxx
 */
int store_forget(const struct store *store, const char *file);

/** Writes the table, class.csv. @return 0 or -Exxx */
int store_put_sheet(const struct store *store, const void *bytes, size_t len);

#endif
