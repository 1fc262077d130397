/**
 * @file
 * pandoc's document as JSON, built from text and nothing else: no function here
 * makes raw HTML, and every text is cleaned (clean.h) on its way in.
 *
 * All return a new reference, or NULL when memory ran out; what they are given
 * to put inside is theirs then, also when they fail, and may be NULL.
 */
#ifndef PROCLAB_REPORT_AST_H
#define PROCLAB_REPORT_AST_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* --- inlines -------------------------------------------------------------- */

json_t *ast_str(const char *text);
json_t *ast_format(const char *format, ...)
    __attribute__((format(printf, 1, 2)));
json_t *ast_strong(const char *text);
json_t *ast_code(const char *text);
/** @param source a data: URI of ours */
json_t *ast_image(const char *source, const char *alt);
/** A list of inlines or blocks, ended by AST_END; NULLs in it make it NULL. */
json_t *ast_list(json_t *first, ...);
#define AST_END ((json_t *)-1)

/* --- blocks --------------------------------------------------------------- */

/** @param id of the heading, or "" */
json_t *ast_header(int level, const char *id, const char *text);
json_t *ast_para(json_t *inlines);
/** ast_para() of one string. */
json_t *ast_says(const char *text);
/** @param class "c" for C that is to be highlighted, or any name */
json_t *ast_code_block(const char *class, const char *text, size_t len);
json_t *ast_div(const char *class, json_t *blocks);

/** Terms and what is said of each. @param items an array, to which
 * ast_define() appends */
json_t *ast_definitions(json_t *items);
void ast_define(json_t *items, const char *term, json_t *inlines);

/** Text of a student as it was written, Markdown; the Lua filter sets it.
 * @param class "prose", or "answers": what has no text below a heading is shown
 *              as missing */
json_t *ast_prose(const char *class, const char *text, size_t len);

struct ast_column {
    const char *title;
    bool right;  /**< numbers */
    int percent; /**< of the width; 0: as it comes */
};
/** @param rows an array of rows, each an array of cells, each a list of
 * inlines */
json_t *ast_table(const struct ast_column *columns, size_t n, json_t *rows);

/** The whole. @param meta an object of ast_meta_...() */
json_t *ast_document(json_t *meta, json_t *blocks);
json_t *ast_meta_string(const char *text);
json_t *ast_meta_blocks(json_t *blocks);

/** Appends to an array, also what is NULL: then the array is spoilt, and
 * ast_document() fails. */
void ast_add(json_t *array, json_t *item);

#endif
