/* proclab show: the task of an exercise, or the claim and hint of a check. */

#include <ctype.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/nearest.h"
#include "cli/terminal.h"
#include "course/catalog.h"
#include "course/lesson.h"

struct show_options {
    const char *word;
    int hint; /* counted from 1; 0: none */
};

enum option_key { KEY_HINT = 256 };

static const struct argp_option option_table[] = {
    {"hint", KEY_HINT, "N", 0,
     "of an exercise: its Nth hint only, in the order of its checks", 0},
    {0},
};

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
    struct show_options *options = state->input;
    switch (key) {
    case KEY_HINT:
        options->hint = (int)option_number(state, "--hint", arg, 1, 1000);
        return 0;
    case ARGP_KEY_ARG:
        if (options->word)
            argp_error(state, "one exercise or check at a time");
        options->word = arg;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "which exercise or check?");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    .options = option_table,
    .parser = parse_option,
    .args_doc = "EXERCISE|CHECK",
    .doc = "Shows the task of an exercise and its checks, or one of its hints; "
           "or of a check what it claims, why, a hint, and what the lesson "
           "says about it.",
};

/* The chapter's lesson, a text that ends with a NUL byte, or NULL. */
static const char *lesson_of(const struct exercise *exercise)
{
    char path[256];
    snprintf(path, sizeof path, "chapters/%.*s/README.md",
             (int)strcspn(exercise->id, "/"), exercise->id);
    const struct embedded *file = embedded_find(path);
    return file ? (const char *)file->bytes : NULL;
}

static void print_text(const char *text, size_t len)
{
    while (len > 0 && isspace((unsigned char)text[len - 1]))
        len--;
    printf("%.*s\n", (int)len, text);
}

/* The anchor of the heading that is the line, as lesson_section() wants it. */
static void anchor_of(const char *line, size_t len, char *anchor, size_t size)
{
    size_t n = 0, i = strspn(line, "# ");
    for (; i < len && n + 1 < size; i++) {
        int c = (unsigned char)line[i];
        if (c == ' ')
            c = '-';
        if (c >= 128 || isalnum(c) || c == '-' || c == '_')
            anchor[n++] = (char)tolower(c);
    }
    anchor[n] = '\0';
}

/* The section whose heading names the exercise.  What looks like a heading in
 * an example has no section. */
static bool print_task(const char *lesson, const char *name)
{
    size_t len;
    for (const char *line = lesson; *line; line += len + (line[len] != '\0')) {
        len = strcspn(line, "\n");
        const char *found = strstr(line, name);
        if (*line != '#' || !found || found >= line + len)
            continue;
        char anchor[256];
        anchor_of(line, len, anchor, sizeof anchor);
        const char *section;
        size_t section_len;
        if (lesson_section(lesson, strlen(lesson), anchor, &section,
                           &section_len) != 0)
            continue;
        print_text(section, section_len);
        return true;
    }
    return false;
}

static int show_exercise(const struct exercise *exercise)
{
    const char *name = strchr(exercise->id, '/') + 1;
    printf("%s: %s (%d points)\n", exercise->id, exercise->title,
           catalog_points(exercise));
    printf("Usage: %s %s\n\n", name, exercise->usage ? exercise->usage : "");
    const char *lesson = lesson_of(exercise);
    if (lesson && print_task(lesson, name))
        putchar('\n');
    puts("Checks ('proclab show CHECK' gives a hint):");
    for (const struct check *c = exercise->checks; c->id; c++)
        printf("  %2d  %s\n      %s\n", c->points, c->title, c->id);
    return STATUS_OK;
}

static int n_hints(const struct exercise *exercise)
{
    int n = 0;
    for (const struct check *c = exercise->checks; c->id; c++)
        n += c->hint != NULL;
    return n;
}

static const struct check *nth_hint(const struct exercise *exercise, int nth)
{
    const struct check *c = exercise->checks;
    while (nth -= c->hint != NULL, nth > 0)
        c++;
    return c;
}

/* One at a time: who reads only as far as is needed has found the rest. */
static int show_hint(const struct exercise *exercise, int nth)
{
    struct page page = terminal_page();
    const char *name = strchr(exercise->id, '/') + 1;
    int n = n_hints(exercise);
    if (nth > n) {
        warnx("%s has %d hints", exercise->id, n);
        return STATUS_USAGE;
    }
    const struct check *check = nth_hint(exercise, nth);
    printf("Hint %d of %d, for: %s\n\n", nth, n, check->title);
    page_paragraph(&page, 0, "", 0, check->hint);
    printf("\nMore about it: %s show %s\n", cli_program(), check->id);
    if (nth < n)
        printf("The next hint: %s show %s --hint %d\n", cli_program(), name,
               nth + 1);
    return STATUS_OK;
}

static void print_lesson(const struct exercise *exercise,
                         const struct check *check)
{
    const char *lesson = lesson_of(exercise), *section;
    size_t len;
    printf("Lesson: %.*s/README.md#%s\n", (int)strcspn(exercise->id, "/"),
           exercise->id, check->lesson);
    if (lesson && lesson_section(lesson, strlen(lesson), check->lesson,
                                 &section, &len) == 0) {
        putchar('\n');
        print_text(section, len);
    }
}

static void print_part(const char *label, int indent, const char *text)
{
    struct page page = terminal_page();
    if (!text)
        return;
    putchar('\n');
    page_paragraph(&page, 0, label, indent, text);
}

static int show_check(const struct exercise *exercise,
                      const struct check *check)
{
    printf("%s: %s\n", check->id, check->title);
    printf("%s, %d point%s\n", exercise->id, check->points,
           check->points == 1 ? "" : "s");
    print_part("Why:", 6, check->why);
    print_part("Hint:", 6, check->hint);
    if (check->lesson) {
        putchar('\n');
        print_lesson(exercise, check);
    }
    return STATUS_OK;
}

static const char *nearest_check(const char *typed)
{
    size_t n, found = 0, room = 0;
    const struct exercise *const *all = catalog(&n);
    for (size_t i = 0; i < n; i++)
        for (const struct check *c = all[i]->checks; c->id; c++)
            room++;
    const char **ids = calloc(room + 1, sizeof *ids);
    if (!ids)
        return NULL;
    for (size_t i = 0; i < n; i++)
        for (const struct check *c = all[i]->checks; c->id; c++)
            ids[found++] = c->id;
    const char *near = nearest_word(typed, ids, found);
    free(ids);
    return near;
}

static int unknown(const char *word)
{
    const struct exercise *exercise = catalog_nearest(word);
    const char *near = exercise ? exercise->id : nearest_check(word);
    if (near)
        warnx("there is no exercise or check '%s'; did you mean '%s'?", word,
              near);
    else
        warnx("there is no exercise or check '%s'; 'proclab list' lists the "
              "exercises",
              word);
    return STATUS_USAGE;
}

/* A check has one hint, which is shown anyhow. */
static int refuse_hint(const char *word)
{
    warnx("--hint goes with an exercise; 'proclab show %s' has the check's "
          "hint",
          word);
    return STATUS_USAGE;
}

int command_show(int argc, char **argv)
{
    struct show_options options = {0};
    argp_parse(&argp, argc, argv, 0, NULL, &options);
    const struct exercise *exercise = catalog_find(options.word);
    if (exercise && options.hint)
        return show_hint(exercise, options.hint);
    if (exercise)
        return show_exercise(exercise);
    const struct check *check = catalog_check(options.word, &exercise);
    if (!check)
        return unknown(options.word);
    return options.hint ? refuse_hint(options.word)
                        : show_check(exercise, check);
}
