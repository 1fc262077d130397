#include "trace/text.h"

#include <string.h>

struct range {
    uint32_t first, last;
};

/* Two columns wherever a terminal may take two: counting too much leaves a
 * gap, counting too little breaks a line. */
static const struct range wide[] = {
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x2329, 0x232a},
    {0x23e9, 0x23f3},   {0x25fd, 0x25fe},   {0x2614, 0x2615},
    {0x2630, 0x2637},   {0x2648, 0x2653},   {0x267f, 0x26ff},
    {0x2705, 0x27bf},   {0x2b1b, 0x2b55},   {0x2e80, 0xa4cf},
    {0xa960, 0xa97f},   {0xac00, 0xd7ff},   {0xf900, 0xfaff},
    {0xfe10, 0xfe1f},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},
    {0xffe0, 0xffe6},   {0x16fe0, 0x18dff}, {0x1aff0, 0x1b2ff},
    {0x1d300, 0x1d37f}, {0x1f000, 0x1fbff}, {0x20000, 0x10ffff},
};

/* Without a column of their own, or with power over their neighbours. */
static const struct range unfit[] = {
    {0x0000, 0x001f},   {0x007f, 0x009f},   {0x00ad, 0x00ad},
    {0x0300, 0x036f},   {0x0483, 0x0489},   {0x0591, 0x05bd},
    {0x0600, 0x0605},   {0x0610, 0x061c},   {0x064b, 0x065f},
    {0x1ab0, 0x1aff},   {0x1dc0, 0x1dff},   {0x200b, 0x200f},
    {0x2028, 0x202e},   {0x2060, 0x206f},   {0x20d0, 0x20ff},
    {0xe000, 0xf8ff},   {0xfe00, 0xfe0f},   {0xfe20, 0xfe2f},
    {0xfeff, 0xfeff},   {0xfff0, 0xffff},   {0xe0000, 0x10ffff},
};

static bool among(uint32_t code, const struct range *range, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (code >= range[i].first && code <= range[i].last)
            return true;
    return false;
}

/* Bytes that a lead byte announces; the smallest character that needs so
 * many tells an overlong form. */
static size_t announced(unsigned char lead, uint32_t *bits, uint32_t *least)
{
    size_t n = lead < 0x80   ? 1
               : lead < 0xc0 ? 0
               : lead < 0xe0 ? 2
               : lead < 0xf0 ? 3
               : lead < 0xf8 ? 4
                             : 0;
    static const uint32_t mask[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    *bits = lead & mask[n];
    *least = smallest[n];
    return n;
}

size_t text_decode(const char *text, size_t len, uint32_t *code)
{
    if (len == 0)
        return 0;
    uint32_t c, least;
    size_t n = announced((unsigned char)text[0], &c, &least);
    if (n == 0 || n > len)
        return 0;
    for (size_t i = 1; i < n; i++) {
        unsigned char byte = (unsigned char)text[i];
        if ((byte & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (byte & 0x3f);
    }
    if (c < least || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
        return 0;
    *code = c;
    return n;
}

bool text_is_utf8(const char *text, size_t len)
{
    uint32_t code;
    for (size_t i = 0, n; i < len; i += n)
        if ((n = text_decode(text + i, len - i, &code)) == 0)
            return false;
    return true;
}

int text_columns(uint32_t code)
{
    if (code >= ' ' && code < 0x7f)
        return 1;
    if (among(code, unfit, sizeof unfit / sizeof *unfit))
        return 0;
    return among(code, wide, sizeof wide / sizeof *wide) ? 2 : 1;
}

char *text_clean(const char *text, char *buffer, size_t size, bool unicode)
{
    size_t len = strlen(text), used = 0;
    for (size_t i = 0, n; i < len; i += n) {
        uint32_t code = 0;
        n = text_decode(text + i, len - i, &code);
        bool fit = n > 0 && text_columns(code) > 0 && (unicode || code < 0x80);
        if (n == 0)
            n = 1;
        size_t bytes = fit ? n : 1;
        if (used + bytes >= size)
            break;
        memcpy(buffer + used, fit ? text + i : "?", bytes);
        used += bytes;
    }
    if (size > 0)
        buffer[used] = '\0';
    return buffer;
}

int text_width(const char *text)
{
    int width = 0;
    size_t len = strlen(text);
    for (size_t i = 0, n; i < len; i += n) {
        uint32_t code = '?';
        n = text_decode(text + i, len - i, &code);
        if (n == 0)
            n = 1;
        width += text_columns(code);
    }
    return width;
}

void text_cut(char *text, int columns, bool unicode)
{
    if (text_width(text) <= columns)
        return;
    int used = 0;
    size_t i = 0, len = strlen(text);
    for (size_t n; i < len; i += n) {
        uint32_t code = '?';
        n = text_decode(text + i, len - i, &code);
        if (n == 0 || used + text_columns(code) > columns - 1)
            break;
        used += text_columns(code);
    }
    /* the ellipsis takes three bytes: cut from a text whose buffer has them */
    strcpy(text + i, unicode ? "…" : "~");
}
