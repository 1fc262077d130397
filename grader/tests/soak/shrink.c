/* Delta debugging, one statement after the other, from the end: the blocks of
 * children go before what they need. */
#include <stdlib.h>
#include <string.h>

#include "tests/soak/generate.h"

/* Where the statement that begins at this line ends, with its block. */
static size_t end_of_statement(const char *script, size_t from)
{
    int depth = 0;
    size_t at = from;
    do {
        size_t length = strcspn(script + at, "\n");
        if (script[at] == '}')
            depth--;
        else if (length > 0 && script[at + length - 1] == '{')
            depth++;
        at += length + (script[at + length] == '\n');
    } while (depth > 0 && script[at]);
    return at;
}

static char *without(const char *script, size_t from, size_t to)
{
    size_t n = strlen(script);
    char *text = malloc(n + 1);
    if (!text)
        abort();
    memcpy(text, script, from);
    memcpy(text + from, script + to, n - to + 1);
    return text;
}

static size_t line_before(const char *script, size_t at)
{
    if (at > 0)
        at--;
    while (at > 0 && script[at - 1] != '\n')
        at--;
    return at;
}

/* Tries to do without each statement once.  @return whether one is gone */
static bool pass(char **script, bool (*bad)(const char *, void *), void *data)
{
    bool any = false;
    size_t first = strcspn(*script, "\n") + 1; /* behind the line of time */
    for (size_t at = strlen(*script); at > first;) {
        at = line_before(*script, at);
        if ((*script)[at] == '}')
            continue;
        char *less = without(*script, at, end_of_statement(*script, at));
        if (bad(less, data)) {
            free(*script);
            *script = less;
            any = true;
        } else {
            free(less);
        }
    }
    return any;
}

char *script_shrink(const char *script,
                    bool (*bad)(const char *script, void *data), void *data)
{
    char *text = strdup(script);
    if (!text)
        abort();
    while (pass(&text, bad, data))
        ;
    return text;
}
