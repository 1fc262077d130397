/**
 * @file
 * Writing SVG: for the files that draw pictures of a trace.
 */
#ifndef PROCLAB_TRACE_SVG_WRITE_H
#define PROCLAB_TRACE_SVG_WRITE_H

#include <stdio.h>

#include "trace/timeline_parts.h"

/** Half the height of a bar. */
#define SVG_BAR 6

/**
 * Writes a format with arguments: `%s` a string, made fit and escaped; `%r` one
 * of ours, as it is; `%d` an int; `%n` a double, as a length in tenths of a
 * pixel; `%%`.  So nothing of a program's gets into a picture unescaped.
 */
void svg_put(FILE *out, const char *format, ...);

/** The beginning of a picture: size, title, styles, background.
 * What svg_put() writes then is its description, until svg_described(). */
void svg_begin(FILE *out, int height, const char *title);
void svg_described(FILE *out, int height);
void svg_end(FILE *out);

/** How wide a text is at most, in pixels at a size in pixels; an estimate, as
 * fonts differ. */
double svg_text_width(const char *text, int size);
/** Cuts a clean text to a width, with a mark that it was cut, for which the
 * buffer must have room: three bytes. */
void svg_text_cut(char *text, int size, double width);

/** Where a process is in the tree; a place deep down is known by its end.
 * @param size at least 256 */
void svg_place(const struct trace *trace, int proc, int text_size, double width,
               char *buffer, size_t size);

/** A box with lines across it, for zombies.  No pattern: when it is printed a
 * pattern becomes a picture made of dots. */
void svg_hatched(FILE *out, double left, double top, double width,
                 double height);
/** A process in a state, from one place across to another. */
void svg_bar(FILE *out, enum glyph state, double from, double to, double y);
/** A mark, its middle at x and y.  GLYPHS and above are those of enum
 * svg_mark. */
void svg_mark(FILE *out, int mark, double x, double y);

/** Marks that text has no room for. */
enum svg_mark {
    SVG_EXEC = GLYPHS,
    SVG_EXEC_FAILED,
    SVG_NAMED,
    SVG_SESSION,
    SVG_WRITES,
    SVG_MARKS
};

/** What a line between two processes tells. */
enum svg_arrow {
    SVG_FORK,
    SVG_REAP,
    SVG_SIGNAL,
    SVG_VAIN, /**< a signal without effect */
    SVG_ADOPT,
    SVG_ARROWS
};
void svg_arrow(FILE *out, enum svg_arrow kind, double x1, double y1, double x2,
               double y2);

#endif
