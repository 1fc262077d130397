#include "classroom/filename.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course/hash.h"
#include "trace/text.h"

/* Hexadecimal digits of the hash behind a name that was cut. */
enum { HASH_DIGITS = 32 };

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || strchr("._ @+,=-", c);
}

/* Bytes at `at` that stay as they are: a plain one, or a character that a
 * terminal can show. */
static size_t kept(const char *name, size_t at, size_t len)
{
    uint32_t code;
    size_t n = text_decode(name + at, len - at, &code);
    if (n > 1)
        return text_columns(code) > 0 ? n : 0;
    bool special = at == 0 && strchr(".-", name[0]);
    return n == 1 && is_plain(name[at]) && !special ? 1 : 0;
}

/* Where a name may be cut: not within a character, nor within %XX. */
static size_t cut(const size_t *starts, size_t n, size_t most)
{
    while (n > 0 && starts[n - 1] > most)
        n--;
    return n > 0 ? starts[n - 1] : 0;
}

static void end_by_hash(const char *name, char *end)
{
    char text[HASH_TEXT];
    struct sha256_ctx hash;
    sha256_init(&hash);
    hash_string(&hash, name);
    hash_text(&hash, text);
    sprintf(end, "%%%%%.*s", HASH_DIGITS, strchr(text, ':') + 1);
}

char *filename_of(const char *name)
{
    size_t len = strlen(name), used = 0, n_starts = 0;
    char *text = malloc(3 * len + FILENAME_MOST + 1);
    size_t *starts = calloc(len + 1, sizeof *starts);
    for (size_t at = 0; text && starts && at < len;) {
        size_t n = kept(name, at, len);
        starts[n_starts++] = used;
        if (n > 0)
            memcpy(text + used, name + at, n);
        else
            sprintf(text + used, "%%%02X", (unsigned char)name[at]);
        used += n > 0 ? n : 3;
        at += n > 0 ? n : 1;
    }
    if (text && starts)
        text[used] = '\0';
    if (text && starts && used > FILENAME_MOST)
        end_by_hash(name, text + cut(starts, n_starts,
                                     FILENAME_MOST - 2 - HASH_DIGITS));
    if (!starts) {
        free(text);
        text = NULL;
    }
    free(starts);
    return text;
}
