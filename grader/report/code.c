#include "report/code.h"

#include <stdbool.h>
#include <string.h>

#define LINE "<span id=\"cb"
#define ANCHOR_END "</a>"
#define TOKEN "<span class=\""
#define CLOSE "</span>"

enum { CLASS = 2, TOKEN_LEN = sizeof TOKEN - 1 + CLASS + sizeof "\">" - 1 };

/* All others have no colour of their own: operators most of all. */
static const struct {
    char from[CLASS + 1], to[CLASS + 1];
} classes[] = {
    {"kw", "kw"}, {"cf", "kw"}, {"dt", "kw"}, {"im", "kw"},
    {"st", "st"}, {"ch", "st"}, {"sc", "st"}, {"ss", "st"},
    {"vs", "st"}, {"dv", "dv"}, {"bn", "dv"}, {"fl", "dv"},
    {"cn", "dv"}, {"co", "co"}, {"do", "co"}, {"pp", "co"},
};

struct tidy {
    const char *from;
    char *to;
    bool in_line, in_token;
    const char *class; /* of that token; NULL: it has no span */
};

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

static void put(struct tidy *t, const char *text, size_t len)
{
    memmove(t->to, text, len);
    t->to += len;
}

static bool is_token(const char *at)
{
    return begins(at, TOKEN) && strcspn(at + strlen(TOKEN), "\"") == CLASS;
}

static const char *class_of(const char *token)
{
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (begins(token + strlen(TOKEN), classes[i].from))
            return classes[i].to;
    return NULL;
}

/* The end of <span id="cb1-23"><a href="#cb1-23" ...></a>; NULL: it is none. */
static const char *line_tag_end(const char *at)
{
    const char *end = begins(at, LINE) ? strstr(at, ANCHOR_END) : NULL;
    return end ? end + strlen(ANCHOR_END) : NULL;
}

static void begin_line(struct tidy *t, const char *end)
{
    const char *id = t->from + strlen(LINE);
    const char *number = id + strcspn(id, "-\"") + 1;
    size_t len = strspn(number, "0123456789");
    put(t, "<i>    ", len < 4 ? strlen("<i>    ") - len : strlen("<i>"));
    put(t, number, len);
    put(t, "  </i>", strlen("  </i>"));
    t->from = end;
    t->in_line = true;
}

static void begin_token(struct tidy *t)
{
    t->in_token = true;
    t->class = class_of(t->from);
    t->from += TOKEN_LEN;
    if (!t->class)
        return;
    put(t, TOKEN, strlen(TOKEN));
    put(t, t->class, CLASS);
    put(t, "\">", strlen("\">"));
}

/* The next one may go on in the same colour. */
static void end_token(struct tidy *t)
{
    size_t blanks = strspn(t->from + strlen(CLOSE), " ");
    const char *next = t->from + strlen(CLOSE) + blanks;
    const char *class = is_token(next) ? class_of(next) : NULL;
    if (t->class && class && strcmp(t->class, class) == 0) {
        put(t, next - blanks, blanks);
        t->from = next + TOKEN_LEN;
        return;
    }
    t->in_token = false;
    t->from += strlen(CLOSE);
    if (t->class)
        put(t, CLOSE, strlen(CLOSE));
}

static void end_line(struct tidy *t)
{
    t->in_line = false;
    t->from += strlen(CLOSE);
}

size_t code_tidy(char *html)
{
    struct tidy t = {.from = html, .to = html};
    while (*t.from) {
        const char *end = line_tag_end(t.from);
        if (end)
            begin_line(&t, end);
        else if (t.in_line && is_token(t.from))
            begin_token(&t);
        else if (t.in_token && begins(t.from, CLOSE))
            end_token(&t);
        else if (t.in_line && begins(t.from, CLOSE))
            end_line(&t);
        else
            *t.to++ = *t.from++;
    }
    *t.to = '\0';
    return (size_t)(t.to - html);
}
