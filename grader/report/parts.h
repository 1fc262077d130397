/**
 * @file
 * The sections of a report, for those who make them.  All append blocks to an
 * array.
 */
#ifndef PROCLAB_REPORT_PARTS_H
#define PROCLAB_REPORT_PARTS_H

#include "report/ast.h"
#include "report/document.h"

struct writing {
    const struct report *report;
    struct figures *figures;
};

void part_chapter(const struct writing *w, const char *chapter, json_t *to);
void part_exercise(const struct writing *w,
                   const struct exercise_result *exercise, json_t *to);
void part_speedup(const struct writing *w, json_t *to);
void part_appendix(const struct writing *w, json_t *to);

/** What a student wrote into a file of notes/, or that it is missing. */
void part_notes(const struct writing *w, const char *name, const char *class,
                json_t *to);

/** A picture with its caption.
 * @param figure all in it is taken over, see figures_add() */
void part_figure(const struct writing *w, const struct figure *figure,
                 json_t *to);

/** A paragraph that says that something is missing. */
void part_missing(json_t *to, json_t *inlines);

/** Columns of the chapter in an exercise's id. */
size_t part_chapter_len(const char *id);

#endif
