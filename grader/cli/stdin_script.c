#include "cli/stdin_script.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SCRIPT_MAX_LEN = 1 << 20 };
static const uint64_t MS_MAX = 1000000000000; /* about thirty years */

static int bad(char **why, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static int bad(char **why, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (vasprintf(why, format, args) < 0)
        *why = NULL;
    va_end(args);
    return -EINVAL;
}

/* The texts of a script, each with the newline and the NUL byte that INPUT has
 * behind it, are copied one after another into one buffer. */
struct builder {
    struct stdin_script script;
    char *end; /* of what is used of script.text */
    bool closed;
    int line;
};

static void add_step(struct builder *b, uint64_t ms, const char *text,
                     size_t len)
{
    b->script.steps[b->script.n++] = (struct observe_step){
        .at_ns = (int64_t)ms * 1000000,
        .kind = text ? OBSERVE_INPUT : OBSERVE_CLOSE,
        .text = text ? b->end : NULL,
    };
    if (!text) {
        b->closed = true;
        return;
    }
    memcpy(b->end, text, len);
    b->end[len] = '\n';
    b->end[len + 1] = '\0';
    b->end += len + 2;
}

static int parse_line(struct builder *b, const char *line, size_t len,
                      char **why)
{
    size_t n = b->script.n;
    if (len > 0 && line[len - 1] == '\r')
        len--;
    if (len == strspn(line, " \t") || line[0] == '#')
        return 0;
    if (line[0] != '@' || !isdigit((unsigned char)line[1]))
        return bad(why, "line %d: expected '@MS text' or '@MS EOF'", b->line);
    char *rest = NULL;
    errno = 0;
    uint64_t ms = strtoull(line + 1, &rest, 10);
    size_t used = (size_t)(rest - line);
    if (errno != 0 || ms > MS_MAX)
        return bad(why, "line %d: the time is too large", b->line);
    if (used < len && *rest != ' ' && *rest != '\t')
        return bad(why, "line %d: a whole number of ms, then a blank, is "
                   "expected", b->line);
    if (n > 0 && (int64_t)ms * 1000000 < b->script.steps[n - 1].at_ns)
        return bad(why, "line %d: the time is before that of the line above",
                   b->line);
    if (b->closed)
        return bad(why, "line %d: standard input has ended above", b->line);
    if (used < len)
        used++;
    bool ends = len - used == 3 && strncmp(line + used, "EOF", 3) == 0;
    add_step(b, ms, ends ? NULL : line + used, len - used);
    return 0;
}

static int parse_lines(struct builder *b, const char *text, char **why)
{
    int rc = 0;
    while (rc == 0 && *text) {
        size_t len = strcspn(text, "\n");
        b->line++;
        rc = parse_line(b, text, len, why);
        text += len + (text[len] == '\n');
    }
    return rc;
}

static size_t count_lines(const char *text)
{
    size_t n = 1;
    for (; *text; text++)
        n += *text == '\n';
    return n;
}

static int parse_script(const char *text, struct stdin_script *out, char **why)
{
    size_t lines = count_lines(text);
    struct builder b = {
        .script =
            {
                .text = malloc(strlen(text) + 2 * lines),
                .steps = calloc(lines, sizeof b.script.steps[0]),
            },
    };
    b.end = b.script.text;
    int rc =
        b.script.text && b.script.steps ? parse_lines(&b, text, why) : -ENOMEM;
    if (rc == 0)
        *out = b.script;
    else
        stdin_script_free(&b.script);
    return rc;
}

/* A script shows by its first step; comments may stand before it. */
static bool is_script(const char *text)
{
    for (;;) {
        text += strspn(text, " \t\r\n");
        if (*text != '#')
            return *text == '@';
        text += strcspn(text, "\n");
    }
}

int stdin_script_parse(char *text, struct stdin_script *out, char **why)
{
    *why = NULL;
    if (is_script(text)) {
        int rc = parse_script(text, out, why);
        if (rc == 0)
            free(text);
        return rc;
    }
    struct observe_step *steps = calloc(2, sizeof *steps);
    if (!steps)
        return -ENOMEM;
    size_t n = 0;
    if (*text)
        steps[n++] = (struct observe_step){.kind = OBSERVE_INPUT, .text = text};
    steps[n++] = (struct observe_step){.kind = OBSERVE_CLOSE};
    *out = (struct stdin_script){.text = text, .steps = steps, .n = n};
    return 0;
}

static int read_text(int fd, char **out, char **why)
{
    char *text = malloc(SCRIPT_MAX_LEN + 1);
    if (!text)
        return -ENOMEM;
    size_t len = 0;
    ssize_t n = 1;
    while (n > 0 && len <= SCRIPT_MAX_LEN) {
        n = read(fd, text + len, SCRIPT_MAX_LEN + 1 - len);
        len += n > 0 ? (size_t)n : 0;
    }
    int rc = n < 0 ? -errno : 0;
    if (rc == 0 && len > SCRIPT_MAX_LEN)
        rc = bad(why, "it is larger than %d bytes", SCRIPT_MAX_LEN);
    if (rc == 0 && memchr(text, '\0', len))
        rc = bad(why, "it holds a NUL byte: only text can be fed");
    if (rc != 0) {
        free(text);
        return rc;
    }
    text[len] = '\0';
    *out = text;
    return 0;
}

int stdin_script_read(const char *path, struct stdin_script *out, char **why)
{
    *why = NULL;
    bool own = strcmp(path, "-") == 0;
    int fd = own ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    char *text = NULL;
    int rc = read_text(fd, &text, why);
    if (!own)
        close(fd);
    if (rc != 0)
        return rc;
    rc = stdin_script_parse(text, out, why);
    if (rc != 0)
        free(text);
    return rc;
}

void stdin_script_free(struct stdin_script *script)
{
    free(script->steps);
    free(script->text);
}
