#include "cli/pictures.h"

#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/output.h"
#include "trace/perfetto.h"
#include "trace/svg.h"

static char *perfetto(const struct trace *trace, const struct svg_style *style)
{
    (void)style;
    json_t *json = trace_to_perfetto(trace);
    char *text = json ? json_dumps(json, JSON_COMPACT) : NULL;
    json_decref(json);
    return text;
}

static char *(*const drawers[PICTURES])(const struct trace *,
                                        const struct svg_style *) = {
    [PICTURE_TIMELINE] = svg_timeline,
    [PICTURE_ORDER] = svg_timeline,
    [PICTURE_TREE] = svg_tree,
    [PICTURE_PERFETTO] = perfetto,
};

const char *const picture_options[PICTURES] = {"svg", "order-svg", "tree-svg",
                                               "perfetto"};

bool pictures_option(struct pictures *pictures, int key, const char *arg)
{
    if (key < KEY_SVG || key > KEY_PERFETTO)
        return false;
    pictures->path[key - KEY_SVG] = arg;
    return true;
}

bool pictures_wanted(const struct pictures *pictures)
{
    for (int i = 0; i < PICTURES; i++)
        if (pictures->path[i])
            return true;
    return false;
}

bool pictures_to_stdout(const struct pictures *pictures)
{
    for (int i = 0; i < PICTURES; i++)
        if (pictures->path[i] && strcmp(pictures->path[i], "-") == 0)
            return true;
    return false;
}

int pictures_write(const struct pictures *pictures, const struct trace *trace,
                   size_t focus)
{
    struct svg_style style = {.focus = focus};
    int status = STATUS_OK;
    for (int i = 0; i < PICTURES; i++) {
        if (!pictures->path[i])
            continue;
        style.order = i == PICTURE_ORDER;
        char *text = drawers[i](trace, &style);
        if (!text)
            warnx("%s: %s", pictures->path[i], strerror(ENOMEM));
        if (!text ||
            output_deliver(pictures->path[i], text, strlen(text)) != STATUS_OK)
            status = STATUS_FAILED;
        free(text);
    }
    return status;
}
