#include "observer/schedule_text.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *schedule_text(const struct schedule *schedule)
{
    char name[64], *text = NULL;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    if (!out)
        return NULL;
    fputs(schedule_name(schedule, name, sizeof name), out);
    for (size_t i = 0; i < schedule->n_forced; i++)
        fprintf(out, "+%zu:%d", schedule->forced[i].at,
                schedule->forced[i].chosen);
    if (fclose(out) == 0)
        return text;
    free(text);
    return NULL;
}

/* A number without sign or blank, and where it ends. */
static bool get_number(const char **text, unsigned long long most,
                       unsigned long long *out)
{
    char *end;
    if (!isdigit((unsigned char)**text))
        return false;
    errno = 0;
    *out = strtoull(*text, &end, 10);
    *text = end;
    return errno == 0 && *out <= most;
}

static bool get_forced(const char **text, struct schedule_forced *out)
{
    unsigned long long at, chosen;
    if (*(*text)++ != '+' || !get_number(text, SIZE_MAX, &at) ||
        *(*text)++ != ':' || !get_number(text, INT_MAX, &chosen))
        return false;
    *out = (struct schedule_forced){at, (int)chosen};
    return true;
}

bool schedule_victim(const char *text, struct schedule *out)
{
    struct schedule s = {.kind = SCHEDULE_STARVE};
    const char *place = strchr(text, ':');
    if (strncmp(text, "starve:", 7) != 0)
        return false;
    size_t len = strlen(++place);
    for (size_t i = 0; i < len; i++)
        if (!isdigit((unsigned char)place[i]) &&
            (place[i] != '.' || !isdigit((unsigned char)place[i + 1])))
            return false;
    if (*place != '1' || len >= sizeof s.victim)
        return false;
    memcpy(s.victim, place, len);
    *out = s;
    return true;
}

/* Names with a number are those of strategies with a seed. */
static int get_name(const char *text, size_t len, struct schedule *out)
{
    char name[64], wanted[64];
    if (len >= sizeof wanted)
        return -EINVAL;
    memcpy(wanted, text, len);
    wanted[len] = '\0';
    if (schedule_victim(wanted, out))
        return 0;
    const char *digits = strpbrk(wanted, "0123456789");
    for (int kind = 0; kind <= SCHEDULE_FREE; kind++) {
        struct schedule s = {.kind = (enum schedule_kind)kind};
        if (kind == SCHEDULE_STARVE)
            continue;
        if (digits)
            s.seed = strtoull(digits, NULL, 10);
        if (strcmp(schedule_name(&s, name, sizeof name), wanted) == 0) {
            *out = s;
            return 0;
        }
    }
    return -EINVAL;
}

static size_t count(const char *text, char c)
{
    size_t n = 0;
    for (; *text; text++)
        n += *text == c;
    return n;
}

int schedule_parse(const char *text, struct schedule *out,
                   struct schedule_forced **forced)
{
    struct schedule s;
    const char *rest = text + strcspn(text, "+");
    size_t most = count(rest, '+');
    int rc = get_name(text, (size_t)(rest - text), &s);
    if (rc < 0)
        return rc;
    struct schedule_forced *list = calloc(most + 1, sizeof *list);
    if (!list)
        return -ENOMEM;
    for (size_t i = 0; i < most && rc == 0; i++)
        if (!get_forced(&rest, &list[i]) ||
            (i > 0 && list[i].at <= list[i - 1].at))
            rc = -EINVAL;
    if (rc < 0 || *rest) {
        free(list);
        return -EINVAL;
    }
    s.forced = list;
    s.n_forced = most;
    *out = s;
    *forced = list;
    return 0;
}
