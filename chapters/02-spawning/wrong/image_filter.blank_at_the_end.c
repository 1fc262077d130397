// fails: filter_identical: "; image.pgm is "P2"
// why: a blank behind each pixel, also behind the last one of a row. Looked
//      at, the result is right; compared byte by byte, it is another one.
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { EXIT_USAGE = 2, MOST_WORKERS = 100, MOST_ROW_MS = 1000 };
enum { MOST_SIDE = 4096, MOST_VALUE = 65535 };

struct image {
    int width, height, most; /* most: the brightest pixel that there may be */
    int *pixel;              /* row by row */
};

/* --- reading ------------------------------------------------------------- */

/* The first character that is neither white space nor part of a comment. */
static int next(FILE *file)
{
    int c;
    while ((c = getc(file)) == '#' || isspace(c)) {
        while (c == '#' && (c = getc(file)) != '\n' && c != EOF)
            c = '#';
    }
    return c;
}

/* A number from low to high, or -1. */
static int read_number(FILE *file, int low, int high)
{
    int c = next(file), value = 0;
    if (!isdigit(c))
        return -1;
    for (; isdigit(c); c = getc(file)) {
        value = 10 * value + c - '0';
        if (value > high)
            return -1;
    }
    return value >= low && (c == EOF || isspace(c)) ? value : -1;
}

static bool read_image(FILE *file, struct image *image)
{
    if (getc(file) != 'P' || getc(file) != '2' || !isspace(getc(file)))
        return false;
    image->width = read_number(file, 1, MOST_SIDE);
    image->height = read_number(file, 1, MOST_SIDE);
    image->most = read_number(file, 1, MOST_VALUE);
    if (image->width < 0 || image->height < 0 || image->most < 0)
        return false;
    int n = image->width * image->height;
    image->pixel = calloc((size_t)n, sizeof *image->pixel);
    if (!image->pixel)
        err(EXIT_FAILURE, "calloc");
    for (int i = 0; i < n; i++) {
        image->pixel[i] = read_number(file, 0, image->most);
        if (image->pixel[i] < 0)
            return false;
    }
    return true;
}

/* --- filtering ----------------------------------------------------------- */

static int within(int i, int n)
{
    return i < 0 ? 0 : i < n ? i : n - 1;
}

static int mean(const struct image *from, int x, int y)
{
    int sum = 0;
    for (int dy = -1; dy <= 1; dy++) {
        for (int dx = -1; dx <= 1; dx++)
            sum += from->pixel[within(y + dy, from->height) * from->width +
                               within(x + dx, from->width)];
    }
    return sum / 9;
}

static void pause_ms(int ms)
{
    struct timespec left = {ms / 1000, ms % 1000 * 1000000L};
    while (nanosleep(&left, &left) == -1 && errno == EINTR)
        ;
}

/* The life of a child: reads the original and writes its own rows only. */
static void filter(const struct image *from, int *to, int first, int end,
                   int row_ms)
{
    for (int y = first; y < end; y++) {
        pause_ms(row_ms);
        for (int x = 0; x < from->width; x++)
            to[y * from->width + x] = mean(from, x, y);
    }
}

/* --- main ---------------------------------------------------------------- */

/* A whole number from low to high, or the end of the program. */
static int number(const char *text, int low, int high)
{
    size_t len = strspn(text, "0123456789");
    long value = len > 0 && len < 6 ? strtol(text, NULL, 10) : -1;
    if (text[len] != '\0' || value < low || value > high)
        errx(EXIT_USAGE, "%s: not a number from %d to %d", text, low, high);
    return (int)value;
}

static bool join(void)
{
    int status;
    while (wait(&status) == -1) {
        if (errno != EINTR)
            err(EXIT_FAILURE, "wait");
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
}

/* Whether every stripe was filtered. */
static bool share_out(const struct image *from, int *to, int workers,
                      int row_ms)
{
    int started = 0, done = 0;
    for (; started < workers; started++) {
        pid_t pid = fork();
        if (pid == 0) {
            filter(from, to, started * from->height / workers,
                   (started + 1) * from->height / workers, row_ms);
            _exit(EXIT_SUCCESS);
        }
        if (pid == -1) {
            warn("cannot start worker %d", started + 1);
            break;
        }
    }
    for (int i = 0; i < started; i++)
        done += join();
    return done == workers;
}

static void write_image(const struct image *image, const int *pixel)
{
    printf("P2\n%d %d\n%d\n", image->width, image->height, image->most);
    for (int i = 0; i < image->width * image->height; i++)
        printf("%d %s", pixel[i], (i + 1) % image->width == 0 ? "\n" : "");
    if (fflush(stdout) == EOF)
        err(EXIT_FAILURE, "stdout");
}

int main(int argc, char **argv)
{
    if (argc != 4)
        errx(EXIT_USAGE, "usage: image_filter WORKERS ROW_MS FILE");
    int workers = number(argv[1], 1, MOST_WORKERS);
    int row_ms = number(argv[2], 0, MOST_ROW_MS);

    struct image image;
    FILE *file = fopen(argv[3], "r");
    if (!file)
        err(EXIT_FAILURE, "%s", argv[3]);
    if (!read_image(file, &image))
        errx(EXIT_FAILURE, "%s: not a whole P2 image", argv[3]);
    fclose(file);

    /* Anonymous and shared: there before the fork, so all see the same. */
    size_t size = sizeof(int) * (size_t)image.width * (size_t)image.height;
    int *result = mmap(NULL, size, PROT_READ | PROT_WRITE,
                       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (result == MAP_FAILED)
        err(EXIT_FAILURE, "mmap");
    if (workers > image.height)
        workers = image.height;
    if (!share_out(&image, result, workers, row_ms))
        errx(EXIT_FAILURE, "not all stripes were filtered");
    write_image(&image, result);
    return EXIT_SUCCESS;
}
