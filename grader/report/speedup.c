#include "report/speedup.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char schema[] = "proclab-speedup/v1";
static const char exercise[] = "02-spawning/image_filter";

static int compare(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* @param values n of them, sorted afterwards */
static struct speedup_spread spread_of(double *values, size_t n)
{
    qsort(values, n, sizeof *values, compare);
    return (struct speedup_spread){
        .low = values[0],
        .median = (values[(n - 1) / 2] + values[n / 2]) / 2,
        .high = values[n - 1],
    };
}

struct speedup_spread speedup_spread(const struct speedup *s, int workers)
{
    const struct speedup_row *row = &s->row[workers - 1];
    double sum[SPEEDUP_REPEATS];
    for (int i = 0; i < s->repeats; i++)
        sum[i] = row->before[i] + row->filter[i];
    return spread_of(sum, (size_t)s->repeats);
}

double speedup_before(const struct speedup *s, int workers)
{
    double before[SPEEDUP_REPEATS];
    memcpy(before, s->row[workers - 1].before, sizeof before);
    return spread_of(before, (size_t)s->repeats).median;
}

double speedup_of(const struct speedup *s, int workers)
{
    return speedup_spread(s, 1).median / speedup_spread(s, workers).median;
}

double speedup_slept(const struct speedup *s, int workers)
{
    return s->row[0].virtual_ms / s->row[workers - 1].virtual_ms;
}

int speedup_fit(const struct speedup *s, double *serial, double *first_ms)
{
    int n = s->n_workers < s->cpus ? s->n_workers : s->cpus;
    double x = 0, y = 0, xx = 0, xy = 0;
    if (n < 2)
        return -ERANGE;
    for (int p = 1; p <= n; p++) {
        double share = 1.0 / p, t = speedup_spread(s, p).median;
        x += share;
        y += t;
        xx += share * share;
        xy += share * t;
    }
    double b = (n * xy - x * y) / (n * xx - x * x);
    double a = (y - b * x) / n;
    double part = a / (a + b);
    *serial = part < 0 ? 0 : part > 1 ? 1 : part;
    *first_ms = a + b;
    return 0;
}

/* Microseconds are enough; more digits only look exact. */
static json_t *ms(double value)
{
    return json_real(round(value * 1000) / 1000);
}

static json_t *all_ms(const double *values, int n)
{
    json_t *array = json_array();
    for (int i = 0; i < n; i++)
        if (json_array_append_new(array, ms(values[i])) < 0) {
            json_decref(array);
            return NULL;
        }
    return array;
}

static json_t *row_to_json(const struct speedup *s, int workers)
{
    const struct speedup_row *row = &s->row[workers - 1];
    struct speedup_spread spread = speedup_spread(s, workers);
    return json_pack("{s:i s:o s:o s:o s:o s:o s:o s:o}", "workers", workers,
                     "before_ms", all_ms(row->before, s->repeats), "filter_ms",
                     all_ms(row->filter, s->repeats), "median_ms",
                     ms(spread.median), "low_ms", ms(spread.low), "high_ms",
                     ms(spread.high), "speedup", ms(speedup_of(s, workers)),
                     "virtual_ms", ms(row->virtual_ms));
}

json_t *speedup_to_json(const struct speedup *s)
{
    json_t *rows = json_array();
    for (int p = 1; p <= s->n_workers; p++)
        if (json_array_append_new(rows, row_to_json(s, p)) < 0) {
            json_decref(rows);
            return NULL;
        }
    return json_pack("{s:s s:s s:s s:s s:i s:{s:i s:i} s:{s:i s:i} s:o}",
                     "schema", schema, "proclab", PROCLAB_VERSION, "exercise",
                     exercise, "program", s->program, "cpus", s->cpus, "image",
                     "width", s->width, "height", s->height, "sleeping", "rows",
                     s->rows, "row_ms", s->row_ms, "workers", rows);
}

/* --- reading ------------------------------------------------------------- */

/* A time: more than nothing, less than a day. */
static bool is_time(const json_t *value, double *out)
{
    *out = json_number_value(value);
    return json_is_number(value) && *out > 0 && *out < 86400e3;
}

static bool read_times(const json_t *array, double *out, int n)
{
    bool good = json_array_size(array) == (size_t)n;
    for (int i = 0; i < n && good; i++)
        good = is_time(json_array_get(array, (size_t)i), &out[i]);
    return good;
}

static bool read_row(const json_t *json, int workers, int repeats,
                     struct speedup_row *row)
{
    return json_integer_value(json_object_get(json, "workers")) == workers &&
           read_times(json_object_get(json, "before_ms"), row->before,
                      repeats) &&
           read_times(json_object_get(json, "filter_ms"), row->filter,
                      repeats) &&
           is_time(json_object_get(json, "virtual_ms"), &row->virtual_ms);
}

static bool read_rows(const json_t *rows, struct speedup *s)
{
    size_t n = json_array_size(rows);
    size_t repeats =
        json_array_size(json_object_get(json_array_get(rows, 0), "before_ms"));
    if (n < 1 || n > SPEEDUP_WORKERS || repeats < 1 ||
        repeats > SPEEDUP_REPEATS)
        return false;
    s->n_workers = (int)n;
    s->repeats = (int)repeats;
    for (int i = 0; i < s->n_workers; i++)
        if (!read_row(json_array_get(rows, (size_t)i), i + 1, s->repeats,
                      &s->row[i]))
            return false;
    return true;
}

static bool in_range(int value)
{
    return value >= 1 && value <= 65536;
}

int speedup_from_json(const json_t *json, struct speedup *out, const char **why)
{
    const char *kind = NULL, *program = NULL, *wrong = NULL;
    json_t *rows = NULL;
    struct speedup s = {.cpus = 0};
    json_unpack((json_t *)json, "{s:s}", "schema", &kind);
    if (!kind || strcmp(kind, schema) != 0)
        wrong = "it is not a proclab-speedup/v1";
    else if (json_unpack((json_t *)json,
                         "{s:s s:i s:{s:i s:i} s:{s:i s:i} s:o}", "program",
                         &program, "cpus", &s.cpus, "image", "width", &s.width,
                         "height", &s.height, "sleeping", "rows", &s.rows,
                         "row_ms", &s.row_ms, "workers", &rows) < 0)
        wrong = "a part of it is missing or of another kind";
    else if (strlen(program) >= sizeof s.program || !in_range(s.cpus) ||
             !in_range(s.width) || !in_range(s.height) || !in_range(s.rows) ||
             !in_range(s.row_ms) || !read_rows(rows, &s))
        wrong = "a number in it makes no sense";
    if (why && wrong)
        *why = wrong;
    if (wrong)
        return -EINVAL;
    strcpy(s.program, program);
    *out = s;
    return 0;
}
