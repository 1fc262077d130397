/**
 * @file
 * How much faster an image is filtered by several workers: what `proclab
 * measure` has measured, and the report shows.
 *
 * As JSON ("proclab-speedup/v1"):
 *
 *     {"schema": "proclab-speedup/v1", "proclab": "0.1.0",
 *      "exercise": "02-spawning/image_filter", "program": "sha256:...",
 *      "cpus": 4, "image": {"width": 768, "height": 512},
 *      "sleeping": {"rows": 48, "row_ms": 50},
 *      "workers": [{"workers": 1, "before_ms": [12.1, ...],
 *                   "filter_ms": [160.2, ...], "median_ms": 172.9,
 *                   "low_ms": 171.8, "high_ms": 180.3, "speedup": 1.0,
 *                   "virtual_ms": 2400.0}, ...]}
 *
 * `program` is the source's hash, as in the result.  Row i is of i workers,
 * from 1.  `before_ms` is the time from the program's start to its first fork,
 * `filter_ms` from there until the last worker was reaped, one number for each
 * repetition, in real time; `virtual_ms` is the virtual time of both together,
 * where every row of another image is slept for.  median, low, high and speedup
 * are of the sums, for people: they are worked out again when it is read.
 */
#ifndef PROCLAB_REPORT_SPEEDUP_H
#define PROCLAB_REPORT_SPEEDUP_H

#include <jansson.h>

enum { SPEEDUP_WORKERS = 32, SPEEDUP_REPEATS = 25, SPEEDUP_PROGRAM = 72 };

/** What was measured with some number of workers; times in ms. */
struct speedup_row {
    double before[SPEEDUP_REPEATS], filter[SPEEDUP_REPEATS];
    double virtual_ms;
};

struct speedup {
    char program[SPEEDUP_PROGRAM]; /**< "sha256:..." of the source */
    int cpus;                      /**< that the programs could run on */
    int width, height;             /**< of the image */
    int rows, row_ms;              /**< slept for in virtual time */
    int n_workers;                 /**< rows of the table */
    int repeats;                   /**< numbers in a row */
    struct speedup_row row[SPEEDUP_WORKERS]; /**< [i]: i + 1 workers */
};

/** Lowest, middle and highest of some times in ms. */
struct speedup_spread {
    double low, median, high;
};
/** Of the sums of both times.  @param workers from 1 to n_workers */
struct speedup_spread speedup_spread(const struct speedup *speedup,
                                     int workers);
/** Median of the time before the first fork, in ms. */
double speedup_before(const struct speedup *speedup, int workers);
/** Median of one worker / median of these. */
double speedup_of(const struct speedup *speedup, int workers);
/** The same in virtual time. */
double speedup_slept(const struct speedup *speedup, int workers);

/**
 * Fits Amdahl's law T(p) = a + b / p to the medians (least squares), with as
 * many workers as there are processors for: those beyond share one.
 * @param[out] serial a / (a + b), from 0 to 1: what is not divided by p
 * @param[out] first_ms a + b
 * @return 0, or -ERANGE: one processor, or one number of workers, tells nothing
 */
int speedup_fit(const struct speedup *speedup, double *serial,
                double *first_ms);

/** @return a new reference, or NULL when memory ran out */
json_t *speedup_to_json(const struct speedup *speedup);

/**
 * @param[out] out set on success only
 * @param[out] why on -EINVAL what is wrong, for people (static); may be NULL
 * @return 0 or -EINVAL
 */
int speedup_from_json(const json_t *json, struct speedup *out,
                      const char **why);

#endif
