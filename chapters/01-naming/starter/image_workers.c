/* image_workers [NAME=]IMAGE:SECONDS ...
 *
 * The task and its contract: README.md of chapter 01-naming.
 *
 * What is here reads the arguments.  What is missing is marked TODO 1 to 4;
 * do them in that order, compile and run after each.
 */
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct worker {
    char name[128];   /* "Image Processor 1" */
    char image[128];  /* "photo1.jpg" */
    unsigned seconds; /* how long it works */
};

/* Copies the len bytes at text; false if there are none or too many. */
static bool copy(char *to, size_t size, const char *text, size_t len)
{
    if (len == 0 || len >= size)
        return false;
    memcpy(to, text, len);
    to[len] = '\0';
    return true;
}

/* Takes "[NAME=]IMAGE:SECONDS" to pieces; false if it is anything else. */
static bool parse_worker(const char *arg, int ordinal, struct worker *w)
{
    const char *image = arg;
    const char *equals = strchr(arg, '=');
    if (equals) {
        if (!copy(w->name, sizeof w->name, arg, (size_t)(equals - arg)))
            return false;
        image = equals + 1;
    } else {
        snprintf(w->name, sizeof w->name, "Process-%d", ordinal);
    }
    const char *colon = strrchr(image, ':');
    if (!colon ||
        !copy(w->image, sizeof w->image, image, (size_t)(colon - image)))
        return false;

    /* TODO 1: strtoul() takes "4x" for 4 and "soon" for 0.  Accept a whole
     * number from 1 to 3600 and nothing else. */
    w->seconds = (unsigned)strtoul(colon + 1, NULL, 10);
    return true;
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? argc - 1 : 0;
    struct worker *workers = calloc((size_t)n + 1, sizeof *workers);
    if (!workers)
        err(EXIT_FAILURE, "calloc");
    for (int i = 0; i < n; i++) {
        if (!parse_worker(argv[i + 1], i + 1, &workers[i]))
            errx(EXIT_FAILURE, "%s: not [NAME=]IMAGE:SECONDS", argv[i + 1]);
    }

    /* TODO 2: start a process for each image: fork(2).  It prints its first
     * line, sleeps, prints its second line and ends with _exit(2).  When all
     * are started main says so. */

    /* TODO 3: give each process its name: prctl(2), PR_SET_NAME.  Who must
     * call it, main or the new process? */

    /* TODO 4: wait for each of them: waitpid(2).  Only then are all images
     * processed. */

    printf("%d images to process, and nobody to do it yet.\n", n);
    free(workers);
    return EXIT_SUCCESS;
}
