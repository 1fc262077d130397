#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/nearest.h"

#define SECOND_NS UINT64_C(1000000000)
#define MS_NS UINT64_C(1000000)

/* strtoull() takes " -1" for a very large number: only digits may begin. */
static bool parse_digits(const char *text, uint64_t *value, char **end)
{
    if (!isdigit((unsigned char)*text))
        return false;
    errno = 0;
    *value = strtoull(text, end, 10);
    return errno == 0;
}

uint64_t option_number(const struct argp_state *state, const char *option,
                       const char *text, uint64_t min, uint64_t max)
{
    uint64_t value = 0;
    char *end = NULL;
    if (parse_digits(text, &value, &end) && *end == '\0' && value >= min &&
        value <= max)
        return value;
    if (max == UINT64_MAX)
        argp_error(state, "%s '%s': give a whole number, %" PRIu64 " or more",
                   option, text, min);
    else
        argp_error(state,
                   "%s '%s': give a whole number from %" PRIu64 " to %" PRIu64,
                   option, text, min, max);
    exit(STATUS_USAGE);
}

struct unit {
    const char *suffix;
    uint64_t factor;
};

/* 0 stands for "no such value". */
static uint64_t parse_scaled(const char *text, const struct unit *units,
                             uint64_t max)
{
    uint64_t value = 0;
    char *end = NULL;
    if (!parse_digits(text, &value, &end))
        return 0;
    for (const struct unit *u = units; u->suffix; u++)
        if (strcmp(end, u->suffix) == 0)
            return value <= max / u->factor ? value * u->factor : 0;
    return 0;
}

int64_t option_duration(const struct argp_state *state, const char *option,
                        const char *text)
{
    static const struct unit units[] = {
        {"", SECOND_NS},       {"s", SECOND_NS},         {"ms", MS_NS},
        {"m", 60 * SECOND_NS}, {"h", 60 * 60 * SECOND_NS}, {NULL, 0},
    };
    uint64_t ns = parse_scaled(text, units, INT64_MAX);
    if (ns == 0)
        argp_error(state, "%s '%s': give a time such as 10, 500ms, 5m or 2h",
                   option, text);
    return (int64_t)ns;
}

uint64_t option_size(const struct argp_state *state, const char *option,
                     const char *text)
{
    static const struct unit units[] = {
        {"", 1}, {"K", 1024}, {"M", 1024 * 1024}, {"G", 1 << 30}, {NULL, 0},
    };
    uint64_t bytes = parse_scaled(text, units, INT64_MAX);
    if (bytes == 0)
        argp_error(state, "%s '%s': give a size such as 5000, 64K or 10M",
                   option, text);
    return bytes;
}

int option_word(const struct argp_state *state, const char *what,
                const char *const *words, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++)
        if (words[i] && strcmp(words[i], text) == 0)
            return (int)i;
    const char *near = nearest_word(text, words, n);
    if (near)
        argp_error(state, "there is no %s '%s'; did you mean '%s'?", what, text,
                   near);
    else
        argp_error(state, "there is no %s '%s'; see --help", what, text);
    exit(STATUS_USAGE);
}

const char *cli_program(void)
{
    return strchr(program_invocation_name, '/') ? program_invocation_name
                                                : "proclab";
}
