#include "report/clean.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "trace/text.h"

enum { ESCAPE = 0x1b, BELL = 0x07, ACCENTS = 2 };

struct page {
    FILE *out;
    const struct clean_style *style;
    int column;
    int accents; /* on the last character */
};

static bool in(unsigned char byte, int low, int high)
{
    return byte >= low && byte <= high;
}

/* ESC [ parameters, intermediates, a final byte. */
static size_t control_sequence(const char *bytes, size_t len)
{
    size_t i = 2;
    while (i < len && in((unsigned char)bytes[i], 0x30, 0x3f))
        i++;
    while (i < len && in((unsigned char)bytes[i], 0x20, 0x2f))
        i++;
    return i < len && in((unsigned char)bytes[i], 0x40, 0x7e) ? i + 1 : i;
}

/* ESC ] ... up to BEL or ESC \.  One that has no end must not hide the lines
 * that follow. */
static size_t control_string(const char *bytes, size_t len)
{
    for (size_t i = 2; i < len && bytes[i] != '\n'; i++) {
        if (bytes[i] == BELL)
            return i + 1;
        if (bytes[i] == ESCAPE && i + 1 < len && bytes[i + 1] == '\\')
            return i + 2;
    }
    return 0;
}

/* How many bytes a sequence for a terminal takes; 0: there is none. */
static size_t sequence(const char *bytes, size_t len)
{
    if (len < 2 || bytes[0] != ESCAPE)
        return 0;
    if (bytes[1] == '[')
        return control_sequence(bytes, len);
    return strchr("]PX^_", bytes[1]) && bytes[1] ? control_string(bytes, len)
                                                 : 0;
}

static void new_line(struct page *page, int indent)
{
    fprintf(page->out, "\n%*s", indent, "");
    page->column = indent;
}

static void put(struct page *page, const char *bytes, size_t n, int columns)
{
    int wrap = page->style->wrap;
    if (wrap > 0 && page->column > page->style->indent &&
        page->column + columns > wrap)
        new_line(page, page->style->indent);
    fwrite(bytes, 1, n, page->out);
    page->column += columns;
}

static void put_tab(struct page *page)
{
    do
        put(page, " ", 1, 1);
    while (page->column % 8 != 0);
}

static bool is_accent(uint32_t code)
{
    return code >= 0x300 && code <= 0x36f;
}

static void put_character(struct page *page, uint32_t code, const char *bytes,
                          size_t n)
{
    char picture[] = {'\xe2', '\x90', (char)(0x80 + (code & 0x1f)), '\0'};
    bool accent = n > 0 && is_accent(code);
    page->accents = accent ? page->accents + 1 : 0;
    if (n > 0 && code == '\n' && page->style->lines)
        new_line(page, 0);
    else if (n > 0 && code == '\t' && page->style->lines)
        put_tab(page);
    else if (n > 0 && code < 0x20)
        put(page, picture, 3, 1);
    else if (n > 0 && code == 0x7f)
        put(page, "\xe2\x90\xa1", 3, 1);
    else if (accent && page->accents <= ACCENTS)
        fwrite(bytes, 1, n, page->out);
    else if (n == 0 || text_columns(code) == 0)
        put(page, "\xef\xbf\xbd", 3, 1);
    else
        put(page, bytes, n, text_columns(code));
}

char *clean_text(const char *bytes, size_t len, const struct clean_style *style)
{
    char *text = NULL;
    size_t size;
    struct page page = {.out = open_memstream(&text, &size), .style = style};
    if (!page.out)
        return NULL;
    for (size_t i = 0, n; i < len; i += n) {
        uint32_t code = 0;
        n = sequence(bytes + i, len - i);
        if (n > 0)
            continue;
        n = text_decode(bytes + i, len - i, &code);
        put_character(&page, code, bytes + i, n);
        n = n > 0 ? n : 1;
    }
    return fclose(page.out) == 0 ? text : NULL;
}

char *clean_line(const char *text)
{
    return clean_text(text ? text : "", text ? strlen(text) : 0,
                      &(struct clean_style){.lines = false});
}
