/* image_filter WORKERS ROW_MS FILE
 *
 * The task and its contract: README.md of chapter 02-spawning.
 *
 * What is here reads a plain image, without comments and without errors, and
 * tells how large it is.  What to do is marked TODO 1 to 6, in the order in
 * which you best do it.
 */
#include <stdio.h>
#include <stdlib.h>

struct image {
    int width, height, most; /* most: the brightest pixel that there may be */
    int *pixel;              /* row by row: (x, y) is pixel[y * width + x] */
};

/* TODO 2: fscanf() knows nothing of comments (# to the end of the line), and
 * here nobody looks whether a number was there, nor how large it is.  Write a
 * function that reads one number, or says that there is none. */
static int read_image(FILE *file, struct image *image)
{
    if (fscanf(file, "P2 %d %d %d", &image->width, &image->height,
               &image->most) != 3)
        return -1;
    int n = image->width * image->height;
    image->pixel = calloc((size_t)n, sizeof *image->pixel);
    if (!image->pixel)
        return -1;
    for (int i = 0; i < n; i++) {
        if (fscanf(file, "%d", &image->pixel[i]) != 1)
            return -1;
    }
    return 0;
}

/* TODO 3: the mean of a pixel and its eight neighbours.  What is beyond an
 * edge?  And from where do you read, to where do you write? */

int main(int argc, char **argv)
{
    /* TODO 1: three arguments, two of them numbers.  Your function from
     * downloads is nearly what you need; 0 may be one here. */
    struct image image;
    FILE *file = fopen(argc > 3 ? argv[3] : "image.pgm", "r");
    if (!file || read_image(file, &image) != 0) {
        printf("There is no image to read.\n");
        return EXIT_SUCCESS;
    }
    printf("%d x %d pixels\n", image.width, image.height);

    /* TODO 4: memory for the result that main still sees when a child has
     * written into it, mmap(2).  Before or after the fork? */

    /* TODO 5: a child for each stripe, fork(2).  From which row to which? Try
     * it on paper with 7 rows and 3 workers.  For each of its rows it sleeps
     * ROW_MS ms, nanosleep(2). */

    /* TODO 6: when may main print the result?  wait(2). */
    fclose(file);
    free(image.pixel);
    return EXIT_SUCCESS;
}
