#include "course/draw.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A placeholder as it stands in a text. */
struct placeholder {
    const char *name, *list; /* not ended by NUL; list NULL: `{a}` */
    size_t name_len, list_len, len;
};

uint64_t draw_mix(uint64_t x)
{
    x += 0x9e3779b97f4a7c15;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}

static uint64_t mix_bytes(uint64_t state, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        state = draw_mix(state ^ (unsigned char)bytes[i]);
    return draw_mix(state ^ (len << 8));
}

uint64_t draw_seed(uint64_t seed, const char *exercise, const char *scenario)
{
    uint64_t state = draw_mix(seed);
    state = mix_bytes(state, exercise, exercise ? strlen(exercise) : 0);
    return mix_bytes(state, scenario, scenario ? strlen(scenario) : 0);
}

void draw_start(struct drawing *drawing, uint64_t seed, const char *exercise,
                const char *scenario)
{
    drawing->state = draw_seed(seed, exercise, scenario);
    drawing->n = 0;
}

/* Names begin with a small letter; any other brace stands for itself. */
static bool parse(const char *text, struct placeholder *p)
{
    size_t name = strspn(text + 1, "abcdefghijklmnopqrstuvwxyz0123456789_");
    const char *end = strchr(text, '}');
    if (text[1] < 'a' || text[1] > 'z' || !end)
        return false;
    const char *behind = text + 1 + name;
    if (*behind != ':' && behind != end)
        return false;
    *p = (struct placeholder){
        .name = text + 1,
        .name_len = name,
        .len = (size_t)(end - text) + 1,
    };
    if (*behind == ':') {
        p->list = behind + 1;
        p->list_len = (size_t)(end - p->list);
    }
    return true;
}

static long find(const struct drawing *d, const struct placeholder *p)
{
    for (size_t i = 0; i < d->n; i++)
        if (strlen(d->drawn[i].name) == p->name_len &&
            memcmp(d->drawn[i].name, p->name, p->name_len) == 0)
            return (long)i;
    return -1;
}

static bool same_list(const struct drawing *d, size_t i,
                      const struct placeholder *p)
{
    return d->list_len[i] == p->list_len &&
           memcmp(d->list[i], p->list, p->list_len) == 0;
}

/* "2-5": whether the list is a range, and which. */
static bool range(const struct placeholder *p, long *low, long *high)
{
    char text[48];
    int used = 0;
    if (p->list_len >= sizeof text)
        return false;
    memcpy(text, p->list, p->list_len);
    text[p->list_len] = '\0';
    if (sscanf(text, "%9ld-%9ld%n", low, high, &used) != 2)
        return false;
    return (size_t)used == p->list_len;
}

static int draw_from_range(struct drawn *drawn, uint64_t random, long low,
                           long high)
{
    if (low > high)
        return -EINVAL;
    uint64_t span = (uint64_t)(high - low) + 1;
    snprintf(drawn->text, sizeof drawn->text, "%ld",
             low + (long)(random % span));
    return 0;
}

/* The nth word of a list; its length. */
static size_t word(const struct placeholder *p, size_t nth, const char **at)
{
    const char *end = p->list + p->list_len, *comma;
    *at = p->list;
    while ((comma = memchr(*at, ',', (size_t)(end - *at))) && nth-- > 0)
        *at = comma + 1;
    return (size_t)((comma ? comma : end) - *at);
}

static bool taken(const struct drawing *d, const struct placeholder *p,
                  const char *at, size_t len)
{
    for (size_t i = 0; i < d->n; i++)
        if (same_list(d, i, p) && strlen(d->drawn[i].text) == len &&
            memcmp(d->drawn[i].text, at, len) == 0)
            return true;
    return false;
}

/* The word drawn, or the next one that is still free. */
static int draw_from_words(const struct drawing *d, struct drawn *drawn,
                           const struct placeholder *p, uint64_t random)
{
    size_t words = 1, len = 0;
    const char *at = NULL;
    for (size_t i = 0; i < p->list_len; i++)
        words += p->list[i] == ',';
    for (size_t tries = 0; tries < words; tries++) {
        len = word(p, (size_t)((random + tries) % words), &at);
        if (!taken(d, p, at, len))
            break;
    }
    if (len == 0 || len >= sizeof drawn->text)
        return -EINVAL;
    memcpy(drawn->text, at, len);
    drawn->text[len] = '\0';
    return 0;
}

/* Draws a value that was not drawn before. */
static int draw(struct drawing *d, const struct placeholder *p)
{
    struct drawn *drawn = &d->drawn[d->n];
    long low, high;
    if (d->n == DRAW_MOST || p->name_len >= sizeof drawn->name)
        return -EINVAL;
    memcpy(drawn->name, p->name, p->name_len);
    drawn->name[p->name_len] = '\0';
    uint64_t random = mix_bytes(d->state, p->name, p->name_len);
    int rc = range(p, &low, &high) ? draw_from_range(drawn, random, low, high)
                                   : draw_from_words(d, drawn, p, random);
    if (rc < 0)
        return rc;
    d->list[d->n] = p->list;
    d->list_len[d->n++] = p->list_len;
    return 0;
}

/* Index of the placeholder's value, or -EINVAL. */
static long value_of(struct drawing *d, const struct placeholder *p)
{
    long known = find(d, p);
    if (known >= 0)
        return p->list && !same_list(d, (size_t)known, p) ? -EINVAL : known;
    if (!p->list)
        return -EINVAL;
    int rc = draw(d, p);
    return rc < 0 ? rc : (long)d->n - 1;
}

static int write_drawn(struct drawing *d, const char *text, FILE *out)
{
    struct placeholder p;
    while (*text) {
        if (*text != '{' || !parse(text, &p)) {
            putc(*text++, out);
            continue;
        }
        long value = value_of(d, &p);
        if (value < 0)
            return (int)value;
        fputs(d->drawn[value].text, out);
        text += p.len;
    }
    return 0;
}

int draw_text(struct drawing *drawing, const char *text, char **out)
{
    char *made = NULL;
    size_t len;
    FILE *stream = open_memstream(&made, &len);
    if (!stream)
        return -ENOMEM;
    int rc = write_drawn(drawing, text, stream);
    if (fclose(stream) != 0)
        rc = -ENOMEM;
    if (rc < 0)
        free(made);
    else
        *out = made;
    return rc;
}
