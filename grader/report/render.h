/**
 * @file
 * From pandoc's document to a page, and from a page to a PDF.
 *
 * How it looks is up to three files of report/, which the program carries with
 * it: the template report.html, the style report.css, and filter.lua, which
 * sets what a student wrote.
 */
#ifndef PROCLAB_REPORT_RENDER_H
#define PROCLAB_REPORT_RENDER_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct render {
    const char *look;    /**< directory with files in place of those of report/;
                              NULL: none */
    const char *workdir; /**< for files that come and go */
    bool shut_in;        /**< tools are run by bubblewrap */
};

/**
 * Makes the place to work in.
 * @param look must outlive it; may be NULL
 * @param[out] out to be closed; set on success only
 * @param[out] warning NULL, or why tools will run without walls around them
 * @return 0 or -Exxx
 */
int render_open(const char *look, struct render *out, const char **warning);
void render_close(struct render *render);

/**
 * @param[out] html the page, to be freed; set on success only
 * @param[out] why on failure a sentence, to be freed; may be left NULL
 * @return 0; -ENOENT there is no pandoc; other -Exxx
 */
int render_html(const struct render *render, const json_t *document,
                char **html, size_t *len, char **why);

/** The same from a page to a PDF; -ENOENT: there is no browser. */
int render_pdf(const struct render *render, const char *html, size_t len,
               char **pdf, size_t *pdf_len, char **why);

#endif
