/**
 * @file
 * Reads what a student has put into a submission's notes/: the one place that
 * opens files there.  No link is followed, and nothing but a regular file of a
 * bounded size is opened.
 */
#ifndef PROCLAB_REPORT_FOLDER_H
#define PROCLAB_REPORT_FOLDER_H

#include <jansson.h>
#include <stddef.h>

enum {
    FOLDER_TEXT_MOST = 64 * 1024,      /**< bytes of a file of notes */
    FOLDER_FIGURE_MOST = 512 * 1024,   /**< of a picture */
    FOLDER_FIGURES_MOST = 1024 * 1024, /**< of all pictures */
};

/**
 * @param dir the submission
 * @param name "conclusion.md"
 * @param[out] text and a NUL byte behind it, to be freed; set on success only
 * @return 0; -ENOENT no such file; -ELOOP a link; -EINVAL no regular file;
 *         -EFBIG larger than FOLDER_TEXT_MOST; other -Exxx
 */
int folder_text(const char *dir, const char *name, char **text, size_t *len);

/** Why folder_text() refused a file, in words behind its name. */
const char *folder_words(int rc);

/**
 * The pictures in notes/figures/: PNG, JPEG and SVG, what the name says.
 * Others, and those for which there is no room, are left out.
 * @return an object: "figures/NAME" to its data: URI; a new reference, or NULL
 *         when memory ran out
 */
json_t *folder_figures(const char *dir);

#endif
