#include "report/figure.h"

#include <nettle/base64.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *figure_uri(const char *type, const void *bytes, size_t len)
{
    size_t head = strlen("data:;base64,") + strlen(type);
    char *uri = malloc(head + BASE64_ENCODE_RAW_LENGTH(len) + 1);
    if (!uri)
        return NULL;
    sprintf(uri, "data:%s;base64,", type);
    base64_encode_raw(uri + head, len, bytes);
    uri[head + BASE64_ENCODE_RAW_LENGTH(len)] = '\0';
    return uri;
}

static void release(struct figure *figure)
{
    free(figure->name);
    free(figure->caption);
    free(figure->command);
    free(figure->svg);
}

char *figures_add(struct figures *figures, const struct figure *figure)
{
    struct figure made = *figure;
    struct figure *more =
        reallocarray(figures->figure, figures->n + 1, sizeof *more);
    if (more)
        figures->figure = more;
    if (!more || !made.name || !made.caption || !made.svg) {
        release(&made);
        return NULL;
    }
    more[figures->n++] = made;
    return figure_uri("image/svg+xml", made.svg, strlen(made.svg));
}

void figures_free(struct figures *figures)
{
    for (size_t i = 0; i < figures->n; i++)
        release(&figures->figure[i]);
    free(figures->figure);
    *figures = (struct figures){.n = 0};
}
