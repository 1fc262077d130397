/**
 * @file
 * The pictures of a report: each is a data: URI in the page, so that the page
 * stands by itself, and may be written as a file as well.
 */
#ifndef PROCLAB_REPORT_FIGURE_H
#define PROCLAB_REPORT_FIGURE_H

#include <stddef.h>

struct figure {
    char *name; /**< of its file: "02-spawning-downloads-timeline.svg" */
    char *caption; /**< "The timeline of downloads" */
    char *command; /**< of the run that it shows: "./downloads 2 3"; or NULL */
    char *svg;
};

struct figures {
    size_t n;
    struct figure *figure;
};

/**
 * Takes a picture over.
 * @param figure all in it is owned by the figures from now on, also on
 *        failure; all but the command: NULL fails
 * @return its data: URI, to be freed, or NULL when memory ran out
 */
char *figures_add(struct figures *figures, const struct figure *figure);
void figures_free(struct figures *figures);

/** Any bytes as a data: URI. @param type "image/png" @return to be freed, or
 * NULL */
char *figure_uri(const char *type, const void *bytes, size_t len);

#endif
