#include "course/starter.h"

#include <stdio.h>
#include <string.h>

#include "course/catalog.h"
#include "course/hash.h"

void starter_path(const char *exercise, char path[static 128])
{
    const char *slash = strchr(exercise, '/');
    snprintf(path, 128, "chapters/%.*s/starter/%s.c",
             (int)(slash ? slash - exercise : 0), exercise,
             slash ? slash + 1 : exercise);
}

bool starter_is(const char *exercise, const char *program)
{
    char path[128], text[HASH_TEXT];
    struct sha256_ctx hash;
    starter_path(exercise, path);
    const struct embedded *starter = embedded_find(path);
    if (!starter)
        return false;
    sha256_init(&hash);
    sha256_update(&hash, starter->len, starter->bytes);
    return strcmp(hash_text(&hash, text), program) == 0;
}
