#include "result/page.h"

#include <string.h>

#include "trace/text.h"

/* What gcc and people write beyond ASCII, for terminals without it. */
static const struct {
    uint32_t code;
    const char *ascii;
} plain[] = {
    {0x2018, "'"}, {0x2019, "'"}, {0x201c, "\""},  {0x201d, "\""},
    {0x2013, "-"}, {0x2014, "-"}, {0x2026, "..."},
};

static const char *in_ascii(uint32_t code)
{
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (plain[i].code == code)
            return plain[i].ascii;
    return "?";
}

/* One character, ready to be printed. */
struct glyph {
    const char *bytes;
    size_t len;   /* bytes to print */
    size_t taken; /* bytes of the text */
    int columns;
};

static struct glyph glyph_at(const struct page *page, const char *text,
                             size_t len)
{
    uint32_t code;
    size_t n = text_decode(text, len, &code);
    if (n == 0)
        return (struct glyph){"?", 1, 1, 1};
    int columns = text_columns(code);
    if (columns == 0)
        return (struct glyph){"?", 1, n, 1};
    if (code < 128 || page->unicode)
        return (struct glyph){text, n, n, columns};
    const char *ascii = in_ascii(code);
    return (struct glyph){ascii, strlen(ascii), n, (int)strlen(ascii)};
}

static int put_some(const struct page *page, const char *text, size_t len)
{
    int columns = 0;
    while (len > 0) {
        struct glyph g = glyph_at(page, text, len);
        fwrite(g.bytes, 1, g.len, page->out);
        columns += g.columns;
        text += g.taken;
        len -= g.taken;
    }
    return columns;
}

static int columns_of(const struct page *page, const char *text, size_t len)
{
    int columns = 0;
    while (len > 0) {
        struct glyph g = glyph_at(page, text, len);
        columns += g.columns;
        text += g.taken;
        len -= g.taken;
    }
    return columns;
}

void page_colour(const struct page *page, enum page_colour colour)
{
    static const char *const codes[] = {
        [PAGE_PLAIN] = "\033[0m", [PAGE_DIM] = "\033[2m",
        [PAGE_BOLD] = "\033[1m",  [PAGE_GREEN] = "\033[32m",
        [PAGE_RED] = "\033[31m",  [PAGE_YELLOW] = "\033[33m",
    };
    if (page->colour)
        fputs(codes[colour], page->out);
}

int page_put(const struct page *page, const char *text)
{
    return put_some(page, text, strlen(text));
}

static void blanks(const struct page *page, int n)
{
    while (n-- > 0)
        putc(' ', page->out);
}

/* Whether a line may end at this blank: not between a number and its unit. */
static bool may_break(const char *text, size_t at)
{
    bool number = at > 0 && text[at - 1] >= '0' && text[at - 1] <= '9';
    return text[at] == ' ' && !(number && text[at + 1] == 's' &&
                                (text[at + 2] < 'a' || text[at + 2] > 'z'));
}

/* Bytes that fit into so many columns: whole words if there is a blank, at
 * least one character. */
static size_t fitting(const struct page *page, const char *text, int columns)
{
    size_t len = strlen(text), at = 0, blank = 0;
    while (at < len) {
        struct glyph g = glyph_at(page, text + at, len - at);
        if (may_break(text, at))
            blank = at;
        if (g.columns > columns && at > 0)
            return blank > 0 ? blank : at;
        columns -= g.columns;
        at += g.taken;
    }
    return len;
}

/* The rest of a text in lines of their own. */
static void wrap(const struct page *page, int hang, const char *text)
{
    int room = page->width - hang > 10 ? page->width - hang : 10;
    for (;;) {
        size_t n = fitting(page, text, room);
        put_some(page, text, n);
        putc('\n', page->out);
        text += n;
        text += strspn(text, " ");
        if (!*text)
            return;
        blanks(page, hang);
    }
}

void page_paragraph(const struct page *page, int indent, const char *label,
                    int hang, const char *text)
{
    blanks(page, indent);
    int used = indent + page_put(page, label);
    blanks(page, hang - used);
    wrap(page, used > hang ? used : hang, text);
}

static size_t cut_to(const struct page *page, const char *text, int columns)
{
    size_t len = strlen(text), at = 0;
    while (at < len) {
        struct glyph g = glyph_at(page, text + at, len - at);
        if (g.columns > columns)
            break;
        columns -= g.columns;
        at += g.taken;
    }
    return at;
}

/* Prints whole lines of the text as long as the rest does not fit. */
static const char *put_lines(const struct page *page, int hang, int room,
                             const char *text)
{
    while (columns_of(page, text, strlen(text)) > room) {
        size_t n = fitting(page, text, room);
        put_some(page, text, n);
        putc('\n', page->out);
        blanks(page, hang);
        text += n;
        text += strspn(text, " ");
    }
    return text;
}

void page_line(const struct page *page, int used, const char *left,
               const char *right, bool cut)
{
    int room = page->width - used - 1 - columns_of(page, right, strlen(right));
    room = room > 10 ? room : 10;
    if (!cut)
        left = put_lines(page, used, room, left);
    size_t whole = strlen(left), n = cut_to(page, left, room);
    if (n < whole)
        n = cut_to(page, left, room - 3);
    int columns = put_some(page, left, n);
    if (n < whole)
        columns += page_put(page, "...");
    if (*right)
        blanks(page, room - columns + 1);
    page_put(page, right);
    putc('\n', page->out);
}
