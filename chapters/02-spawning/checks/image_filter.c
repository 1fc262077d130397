/* 02-spawning/image_filter: an image blurred in stripes over shared memory.
 *
 * Longer than other files, as half of it is tables. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course/claim.h"
#include "course/tell.h"

enum { PIXELS_MOST = 64, SIDE_MOST = 16, HEADER = 3 };

/* The scenario's image: what is in its file, or what has to come out. */
struct image {
    int width, height, most;
    int pixel[PIXELS_MOST];
};

/* --- what has to come out ------------------------------------------------ */

/* The next number of the file, past white space and comments. */
static int number(const char **at)
{
    *at += strspn(*at, " \t\r\n");
    while (**at == '#') {
        *at += strcspn(*at, "\n");
        *at += strspn(*at, " \t\r\n");
    }
    return (int)strtol(*at, (char **)(uintptr_t)at, 10);
}

static struct image original(const struct run *run)
{
    const char *at = run->files[0].text + strlen("P2");
    struct image image = {.width = number(&at)};
    image.height = number(&at);
    image.most = number(&at);
    for (int i = 0; i < image.width * image.height && i < PIXELS_MOST; i++)
        image.pixel[i] = number(&at);
    return image;
}

static int within(int i, int n)
{
    return i < 0 ? 0 : i < n ? i : n - 1;
}

/* The row between these two, each pixel the mean of three by three. */
static void mean_row(const int *above, const int *row, const int *below,
                     int width, int *to)
{
    for (int x = 0; x < width; x++) {
        int sum = 0;
        for (int i = x - 1; i <= x + 1; i++) {
            int near = within(i, width);
            sum += above[near] + row[near] + below[near];
        }
        to[x] = sum / 9;
    }
}

static const int *row_of(const struct image *image, int y)
{
    return image->pixel + within(y, image->height) * image->width;
}

static struct image blurred(const struct image *from)
{
    struct image to = *from;
    for (int y = 0; y < from->height; y++)
        mean_row(row_of(from, y - 1), row_of(from, y), row_of(from, y + 1),
                 from->width, to.pixel + y * from->width);
    return to;
}

static const char *row_text(struct text *text, const int *row, int width)
{
    tell(text, "%s", "");
    for (int x = 0; x < width; x++)
        tell_more(text, "%s%d", x > 0 ? " " : "", row[x]);
    return text->s;
}

/* The nth line of the output, from 0. */
static const char *line_text(struct text *text, const struct image *image,
                             int n)
{
    if (n == 0)
        return tell(text, "P2");
    if (n == 1)
        return tell(text, "%d %d", image->width, image->height);
    if (n == 2)
        return tell(text, "%d", image->most);
    return row_text(text, row_of(image, n - HEADER), image->width);
}

/* --- what may have gone wrong with a row --------------------------------- */

enum neighbour {
    READ,
    SELF,
    DONE
}; /* as it was read; the row itself; already
      filtered */

static const struct {
    enum neighbour above, below;
    const char *words;
} mistakes[] = {
    {SELF, READ, ", as if there were no row above it"},
    {READ, SELF, ", as if there were no row below it"},
    {SELF, SELF, ", as if there were no other row"},
    {DONE, READ, ", as if the row above it had been filtered before"},
    {READ, DONE, ", as if the row below it had been filtered before"},
    {DONE, DONE, ", as if the rows beside it had been filtered before"},
};

static const int *neighbour(const struct image *from, const struct image *to,
                            int y, int step, enum neighbour which)
{
    return which == SELF ? row_of(from, y)
                         : row_of(which == DONE ? to : from, y + step);
}

static bool is_row(const char *have, const int *row, int width)
{
    struct text text;
    return strcmp(have, row_text(&text, row, width)) == 0;
}

static const char *cause(const struct image *from, const struct image *to,
                         int y, const char *have)
{
    static const int zeros[SIDE_MOST];
    int row[SIDE_MOST];
    if (is_row(have, zeros, from->width))
        return ", as if nobody had written there what main can see";
    if (is_row(have, row_of(from, y), from->width))
        return ", as in the file";
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        mean_row(neighbour(from, to, y, -1, mistakes[i].above), row_of(from, y),
                 neighbour(from, to, y, 1, mistakes[i].below), from->width,
                 row);
        if (is_row(have, row, from->width))
            return mistakes[i].words;
    }
    return "";
}

/* --- the checks ---------------------------------------------------------- */

static long row_ms(const struct run *run)
{
    return strtol(run->args[2], NULL, 10);
}

static int n_workers(const struct run *run)
{
    int height = original(run).height, workers = atoi(run->args[1]);
    return workers < height ? workers : height;
}

static void workers(const struct run *run)
{
    claim_children_of_main(run, n_workers(run));
    claim_no_grandchildren(run);
}

static _Noreturn void differs(const struct run *run, int n,
                              const struct trace_line *line)
{
    struct image from = original(run), to = blurred(&from);
    struct text expected, want, have, file, place = {"of the header"};
    line_text(&want, &to, n);
    if (n >= HEADER)
        tell(&place, "(row %d of %d)", n - HEADER + 1, from.height);
    tell(&expected, "Line %d %s is \"%s\"", n + 1, place.s, want.s);
    claim_failed(
        run, (long)line->event, expected.s, "It is %s%s; %s is %s",
        tell_quoted(&have, line->text, line->len),
        n < HEADER ? "" : cause(&from, &to, n - HEADER, line->text),
        run->files[0].name,
        tell_quoted(&file, run->files[0].text, strlen(run->files[0].text)));
}

static _Noreturn void nothing_there(const struct run *run)
{
    struct text file;
    claim_failed(
        run, -1, "The image is read, and the result written",
        "Nothing was written to stdout; %s is %s", run->files[0].name,
        tell_quoted(&file, run->files[0].text, strlen(run->files[0].text)));
}

/* All that is on stdout, byte by byte. */
static void identical(const struct run *run)
{
    struct image from = original(run), to = blurred(&from);
    struct trace_lines lines;
    struct text want;
    size_t n = (size_t)(HEADER + from.height);
    if (trace_lines_of(run->trace, 1, TRACE_NOBODY, &lines) < 0)
        abort();
    if (lines.n == 0)
        nothing_there(run);
    for (size_t i = 0; i < n && i < lines.n; i++) {
        line_text(&want, &to, (int)i);
        if (lines.line[i].len != strlen(want.s) ||
            strcmp(lines.line[i].text, want.s) != 0)
            differs(run, (int)i, &lines.line[i]);
        if (lines.line[i].proc != CLAIM_MAIN || lines.line[i].shared)
            claim_failed(run, (long)lines.line[i].event,
                         "Main alone writes the result",
                         "A worker wrote line %zu, or a part of it", i + 1);
    }
    claim_line_count(run, (int)n);
    if (lines.n > n || !lines.line[n - 1].ended)
        claim_failed(run, -1,
                     "The last row is the last line, and ends like "
                     "the others",
                     "There are %zu lines%s", lines.n,
                     lines.n == n ? ", the last one without an end" : "");
    trace_lines_free(&lines);
    claim_exits(run, CLAIM_MAIN, 0);
}

/* How many rows a worker has slept for. */
static int rows_of(const struct run *run, int proc)
{
    struct text seen;
    struct trace_end end = trace_end_of(run->trace, proc);
    int64_t ns = end.at_ns - trace_born_at(run->trace, proc);
    long ms = (long)((ns + 1000) / 1000000);
    if (end.ended && ms % row_ms(run) >= 20)
        claim_failed(run, trace_find(run->trace, TRACE_EXIT, proc, 0),
                     "A worker sleeps ROW_MS ms for each of its rows, and ends",
                     "This one ended after %s; ROW_MS is %ld",
                     tell_time(&seen, ns), row_ms(run));
    return end.ended ? (int)(ms / row_ms(run)) : 0;
}

static void shares(const struct run *run)
{
    int procs[SIDE_MOST], n = n_workers(run), height = original(run).height;
    struct text expected;
    int all = 0;
    for (int i = 0; i < n; i++) {
        procs[i] = trace_child(run->trace, CLAIM_MAIN, i);
        int rows = rows_of(run, procs[i]);
        all += rows;
        tell(&expected, "Each of %d workers filters %d%s of %d rows", n,
             height / n, height % n ? " or one more" : "", height);
        if (rows < height / n || rows > (height + n - 1) / n)
            claim_failed(run, trace_find(run->trace, TRACE_EXIT, procs[i], 0),
                         expected.s, "This one slept as for %d of them", rows);
    }
    if (all != height)
        claim_failed(run, -1, "Each row is filtered once",
                     "All workers together slept as for %d rows of %d", all,
                     height);
    claim_alive_together(run, procs, n);
    claim_makespan(run, (height + n - 1) / n * row_ms(run));
}

/* Main has reaped everybody before it says anything. */
static void waits(const struct run *run)
{
    struct text who;
    if (strcmp(run->scenario->name, "fork_fails") == 0) {
        claim_gives_up(run);
        claim_line_count(run, 0);
        return;
    }
    claim_comes_to_an_end(run);
    for (int i = 0; i < trace_children(run->trace, CLAIM_MAIN); i++) {
        int proc = trace_child(run->trace, CLAIM_MAIN, i);
        claim_reaped_by(run, proc, CLAIM_MAIN);
        claim_exits(run, proc, 0);
    }
    for (size_t i = 0, reaped = 0; i < run->trace->n_events; i++) {
        const struct trace_event *e = &run->trace->events[i];
        reaped += e->kind == TRACE_REAP && e->proc == CLAIM_MAIN;
        if (e->kind == TRACE_WRITE && e->a == 1 &&
            reaped < (size_t)n_workers(run))
            claim_failed(run, (long)i,
                         "Nothing is on stdout before main has reaped all "
                         "workers",
                         "This was written by %s when main had reaped %zu of "
                         "%d",
                         tell_who(&who, run, e->proc), reaped, n_workers(run));
    }
}

/* Names of scenarios begin with what is bad: arg_ or file_. */
static void refused(const struct run *run)
{
    bool argument = strncmp(run->scenario->name, "arg_", 4) == 0;
    claim_refused(run, argument ? 2 : 1);
}

/* --- the tables ---------------------------------------------------------- */

#define V(name) "{" name ":0-255}"
#define ROW(a, b) V(a) " " V(b) " 200\n"
#define IMAGE(...) .files = {{"image.pgm", __VA_ARGS__}}
#define ARGS(workers) .args = {workers, "{ms:100-400}", "image.pgm"}
#define SMALL IMAGE("P2\n2 2\n255\n1 2\n3 4\n")

static const struct scenario scenarios[] = {
    {
        .name = "even",
        .title = "two workers, six rows",
        ARGS("2"),
        IMAGE("P2\n3 6\n255\n" ROW("a", "b") ROW("c", "d") ROW("e", "f")
                  ROW("g", "h") ROW("i", "j") ROW("k", "l")),
    },
    {
        .name = "uneven",
        .title = "three workers, seven rows",
        ARGS("3"),
        IMAGE("P2\n3 7\n255\n" ROW("a", "b") ROW("c", "d") ROW("e", "f")
                  ROW("g", "h") ROW("i", "j") ROW("k", "l") ROW("m", "n")),
    },
    {
        .name = "five",
        .title = "five workers, eight rows",
        ARGS("5"),
        IMAGE("P2\n2 8\n255\n" V("a") " 9\n" V("b") " 8\n" V("c") " 7\n" V(
            "d") " 6\n" V("e") " 50\n" V("f") " 4\n" V("g") " 3\n" V("h") " 20"
                                                                          "\n"),
    },
    {
        .name = "alone",
        .title = "one worker",
        ARGS("1"),
        IMAGE("P2\n3 4\n255\n" ROW("a", "b") ROW("c", "d") ROW("e", "f")
                  ROW("g", "h")),
    },
    {
        .name = "few_rows",
        .title = "more workers than rows",
        ARGS("{n:4-9}"),
        IMAGE("P2\n3 3\n255\n" ROW("a", "b") ROW("c", "d") ROW("e", "f")),
    },
    {
        .name = "pixel",
        .title = "a single pixel",
        ARGS("{n:2-9}"),
        IMAGE("P2\n1 1\n255\n" V("a") "\n"),
    },
    {
        .name = "comments",
        .title = "comments in the header",
        ARGS("2"),
        IMAGE("P2\n# 5 5 by {who:Ada,Brook,Casey}\n3 # wide\n#\n# "
              "9\n4\n255\n" ROW("a", "b") ROW("c", "d") ROW("e", "f")
                  ROW("g", "h")),
    },
    {
        .name = "blanks",
        .title = "all white space, and rows that are not lines",
        ARGS("2"),
        IMAGE("P2  3\t4\n\n255 " V("a") "\n" V("b") "\r\n" V("c") "\t" V(
            "d") "  " V("e") "\n9 " V("f") " 7 00" V("g") " 1\n0 " V("h") " 5"),
    },
    {
        .name = "sixteen_bits",
        .title = "pixels of 16 bits",
        ARGS("2"),
        IMAGE("P2\n2 4\n65535\n{a:60000-65535} {b:60000-65535}\n65535 "
              "65535\n{c:0-65535} {d:0-65535}\n65535 {e:256-65535}\n"),
    },
    {
        .name = "fork_fails",
        .title = "the second of three workers cannot be started",
        ARGS("3"),
        IMAGE("P2\n3 4\n255\n" ROW("a", "b") ROW("c", "d") ROW("e", "f")
                  ROW("g", "h")),
        .inject = {"fork:error=EAGAIN:when=2:process=main"},
    },
    {
        .name = "arg_missing",
        .title = "no file is named",
        .args = {"2", "{ms:100-400}"},
    },
    {
        .name = "arg_nobody",
        .title = "0 workers",
        ARGS("0"),
        SMALL,
    },
    {
        .name = "arg_tail",
        .title = "something behind ROW_MS",
        .args = {"2", "{ms:100-400}ms", "image.pgm"},
        SMALL,
    },
    {
        .name = "arg_crowd",
        .title = "more than 100 workers",
        ARGS("{n:101-999}"),
        SMALL,
    },
    {
        .name = "arg_slow",
        .title = "more than 1000 ms for a row",
        .args = {"2", "{ms:1001-9999}", "image.pgm"},
        SMALL,
    },
    {
        .name = "file_none",
        .title = "there is no such file",
        ARGS("2"),
    },
    {
        .name = "file_binary",
        .title = "a binary image, P5",
        ARGS("2"),
        IMAGE("P5\n2 2\n255\nabcd"),
    },
    {
        .name = "file_short",
        .title = "the last row is cut off",
        ARGS("2"),
        IMAGE("P2\n2 3\n255\n" V("a") " 2\n3 " V("b") "\n5\n"),
    },
    {
        .name = "file_bright",
        .title = "a pixel brighter than there may be",
        ARGS("2"),
        IMAGE("P2\n2 2\n99\n1 2\n{a:100-255} 4\n"),
    },
    {
        .name = "file_deep",
        .title = "a brightest value of more than 16 bits",
        ARGS("2"),
        IMAGE("P2\n2 1\n65536\n" V("a") " 2\n"),
    },
    {
        .name = "file_word",
        .title = "a word instead of a pixel",
        ARGS("2"),
        IMAGE("P2\n2 2\n255\n1 {w:white,black,grey}\n3 4\n"),
    },
    {
        .name = "file_flat",
        .title = "a height of 0",
        ARGS("2"),
        IMAGE("P2\n{a:2-9} 0\n255\n"),
    },
    {.name = NULL},
};

#define GOOD "even uneven five alone few_rows pixel"

static const struct check checks[] = {
    {
        .id = "filter_workers",
        .points = 1,
        .title = "each stripe has a process of its own, a child of main",
        .judge = workers,
        .scenarios = GOOD,
        .why = "A stripe without a process is not done, a process without "
               "a stripe costs time for nothing.",
        .hint = "One fork() for each stripe; the child filters its rows and "
                "ends with _exit(). A worker without a row is not started.",
        .lesson = "stripes",
    },
    {
        .id = "filter_identical",
        .points = 2,
        .title = "the result is, byte by byte, what one process would make",
        .judge = identical,
        .scenarios = GOOD,
        .why = "Parallel or not, the result is the same: only then is it "
               "worth measuring how much faster it is.",
        .hint = "Workers read the original, all of it, and write their own "
                "rows into other memory: mmap() with MAP_SHARED | "
                "MAP_ANONYMOUS before the first fork(). Try WORKERS 1 first.",
        .lesson = "memory-that-is-shared",
        .depends = "filter_workers",
    },
    {
        .id = "filter_shares",
        .points = 1,
        .title = "the stripes are equal, and filtered at the same time",
        .judge = shares,
        .scenarios = GOOD,
        .why = "The slowest worker decides when all is done: with equal "
               "shares that is P times as fast, at best.",
        .hint = "Stripe i of n is from row i * height / n to (not with) row "
                "(i + 1) * height / n. Start all workers before you wait for "
                "the first one.",
        .lesson = "stripes",
        .clock = CLOCK_HONEST,
        .depends = "filter_workers",
    },
    {
        .id = "filter_waits",
        .points = 1,
        .title = "main writes nothing before it has reaped all workers",
        .judge = waits,
        .scenarios = GOOD " fork_fails",
        .why = "Nothing but a wait tells that the last pixel is written.",
        .hint = "As many successful waits as successful forks, and only then "
                "the header and the rows; if a worker is missing, no row.",
        .lesson = "when-the-result-is-there",
        .depends = "filter_workers",
    },
    {
        .id = "filter_reads",
        .points = 1,
        .title = "comments, any white space and 16 bits are read",
        .judge = identical,
        .scenarios = "comments blanks sixteen_bits",
        .why = "Files come from other programs, which use what the format "
               "allows.",
        .hint = "Read number by number: skip white space, and from # to the "
                "end of the line. A pixel may need 16 bits, a sum of nine "
                "more.",
        .lesson = "task-image_filter",
        .depends = "filter_workers filter_identical",
    },
    {
        .id = "filter_refused",
        .points = 1,
        .title = "bad arguments and bad files are refused before anything "
                 "starts",
        .judge = refused,
        .scenarios = "arg_missing arg_nobody arg_tail arg_crowd arg_slow "
                     "file_none file_binary file_short file_bright file_deep "
                     "file_word file_flat",
        .why = "A file can be cut off or hold anything. What it says of "
               "its size must not be believed before it is there.",
        .hint = "Arguments first (exit code 2), then the file (exit code 1), "
                "up to its last pixel; fork only when all is known to be good.",
        .lesson = "task-image_filter",
        .depends = "filter_workers",
    },
    {.id = NULL},
};

EXERCISE(image_filter) = {
    .id = "02-spawning/image_filter",
    .title = "An image blurred in stripes",
    .place = 3,
    .usage = "WORKERS ROW_MS FILE",
    .scenarios = scenarios,
    .checks = checks,
};
