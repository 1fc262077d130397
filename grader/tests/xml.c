#include "tests/xml.h"

#include <ctype.h>
#include <string.h>

#include "trace/text.h"

enum { MOST_DEPTH = 32, MOST_NAME = 32 };

struct reader {
    const char *at;
    char open[MOST_DEPTH][MOST_NAME];
    int depth, elements;
};

static const char *allowed(const char *text)
{
    size_t len = strlen(text);
    for (size_t i = 0, n; i < len; i += n) {
        uint32_t code;
        n = text_decode(text + i, len - i, &code);
        if (n == 0)
            return "not UTF-8";
        if (code < ' ' && code != '\n')
            return "a control character";
        if (code == 0xfffe || code == 0xffff)
            return "no character";
    }
    return NULL;
}

/* "&#60;" and nothing else. */
static const char *reference(struct reader *r)
{
    r->at += 1;
    if (*r->at++ != '#')
        return "a reference that is not numeric";
    size_t digits = strspn(r->at, "0123456789");
    r->at += digits;
    return digits > 0 && *r->at++ == ';' ? NULL : "an open reference";
}

static const char *name(struct reader *r, char *out)
{
    size_t n = 0;
    while (isalnum((unsigned char)*r->at) || *r->at == '-')
        if (n + 1 < MOST_NAME)
            out[n++] = *r->at++;
        else
            return "a long name";
    out[n] = '\0';
    return n > 0 ? NULL : "no name";
}

static const char *attribute(struct reader *r)
{
    char word[MOST_NAME];
    const char *wrong = name(r, word);
    if (wrong)
        return wrong;
    if (*r->at++ != '=' || *r->at++ != '\'')
        return "an attribute without quotes";
    while (*r->at && *r->at != '\'' && !wrong)
        if (*r->at == '<')
            wrong = "a tag in an attribute";
        else if (*r->at == '&')
            wrong = reference(r);
        else
            r->at++;
    return wrong ? wrong : *r->at++ == '\'' ? NULL : "an open attribute";
}

static const char *end_tag(struct reader *r)
{
    char word[MOST_NAME];
    r->at += 2;
    const char *wrong = name(r, word);
    if (wrong)
        return wrong;
    if (r->depth == 0 || strcmp(r->open[--r->depth], word) != 0)
        return "an end tag of another element";
    return *r->at++ == '>' ? NULL : "an open end tag";
}

static const char *start_tag(struct reader *r)
{
    r->at++;
    if (r->depth == MOST_DEPTH)
        return "too deep";
    if (r->depth == 0 && r->elements++ > 0)
        return "two roots";
    const char *wrong = name(r, r->open[r->depth]);
    while (!wrong && *r->at == ' ') {
        r->at++;
        wrong = attribute(r);
    }
    if (wrong)
        return wrong;
    if (r->at[0] == '/' && r->at[1] == '>') {
        r->at += 2;
        return NULL;
    }
    r->depth++;
    return *r->at++ == '>' ? NULL : "an open tag";
}

static const char *content(struct reader *r)
{
    if (r->depth == 0 && !isspace((unsigned char)*r->at))
        return "text outside";
    if (strncmp(r->at, "]]>", 3) == 0)
        return "the end of a section";
    r->at++;
    return NULL;
}

const char *xml_wrong(const char *text)
{
    struct reader r = {.at = text};
    const char *wrong = allowed(text);
    while (!wrong && *r.at)
        if (r.at[0] == '<' && r.at[1] == '/')
            wrong = end_tag(&r);
        else if (r.at[0] == '<')
            wrong = start_tag(&r);
        else if (r.at[0] == '&')
            wrong = reference(&r);
        else
            wrong = content(&r);
    if (wrong)
        return wrong;
    return r.depth > 0 ? "an open element" : r.elements ? NULL : "empty";
}
