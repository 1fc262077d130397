/**
 * @file
 * The pictures of a trace that were asked for: --svg and its like.
 */
#ifndef PROCLAB_CLI_PICTURES_H
#define PROCLAB_CLI_PICTURES_H

#include <stddef.h>

#include "trace/trace.h"

enum picture {
    PICTURE_TIMELINE,
    PICTURE_ORDER,
    PICTURE_TREE,
    PICTURE_PERFETTO,
    PICTURES
};

/** Keys of the options, in the order of the pictures. */
enum { KEY_SVG = 768, KEY_ORDER_SVG, KEY_TREE_SVG, KEY_PERFETTO };

/** Rows for a command's table of options. */
#define PICTURE_OPTIONS                                                        \
    {"svg", KEY_SVG, "FILE", 0, "draw the timeline as a picture (SVG)", 0},    \
    {"order-svg", KEY_ORDER_SVG, "FILE", 0,                                    \
     "draw what happened in its order, without the waits (SVG)", 0},           \
    {"tree-svg", KEY_TREE_SVG, "FILE", 0,                                      \
     "draw the tree of processes as a picture (SVG)", 0},                      \
    {"perfetto", KEY_PERFETTO, "FILE", 0,                                      \
     "write trace events for ui.perfetto.dev or chrome://tracing", 0}

struct pictures {
    const char *path[PICTURES]; /**< "-" is standard output; NULL: not wanted */
};

/** Takes an option. @return whether the key is one of these */
bool pictures_option(struct pictures *pictures, int key, const char *arg);

/** Names of the options, in the order of the pictures. */
extern const char *const picture_options[PICTURES];

/** Whether any is wanted. */
bool pictures_wanted(const struct pictures *pictures);
/** Whether one of them goes to standard output. */
bool pictures_to_stdout(const struct pictures *pictures);

/**
 * Writes those that are wanted; says what went wrong.
 * @param focus the event that matters, counted from 1; 0: none
 * @return STATUS_OK or STATUS_FAILED
 */
int pictures_write(const struct pictures *pictures, const struct trace *trace,
                   size_t focus);

#endif
