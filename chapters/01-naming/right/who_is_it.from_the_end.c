/* stat is read from its end: the name is what is left when the known number of
 * fields has been taken off; getdelim() for the arguments. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static FILE *file_of(const char *pid, const char *name)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", atoi(pid), name);
    return fopen(path, "re");
}

static void put(const char *text, size_t n)
{
    for (; n > 0; n--, text++)
        fputc((unsigned char)*text < 32 || *text == 127 ? '?' : *text, stdout);
}

/* Whole, whatever newlines are in it. */
static char *all_of(FILE *in)
{
    char *text = NULL;
    size_t size = 0;
    if (getdelim(&text, &size, '\0', in) == -1) {
        free(text);
        text = NULL;
    }
    return text;
}

/* Where the nth word from the end begins, the last one being the first. */
static char *word_from_end(char *text, int n)
{
    char *at = text + strlen(text);
    while (n-- > 0)
        at = memrchr(text, ' ', (size_t)(at - text));
    return at;
}

static int words_behind_name(const char *text)
{
    int n = 0;
    for (const char *at = strrchr(text, ')'); *at; at++)
        n += *at == ' ';
    return n;
}

static void put_command(FILE *in)
{
    char *arg = NULL;
    size_t size = 0;
    ssize_t len;
    int n = 0;
    printf(", command");
    while ((len = getdelim(&arg, &size, '\0', in)) > 0) {
        printf(" \"");
        put(arg, strlen(arg));
        printf("\"");
        n++;
    }
    printf(n ? "\n" : " none\n");
    free(arg);
}

static int show(const char *pid)
{
    FILE *stat = file_of(pid, "stat"), *cmdline = file_of(pid, "cmdline");
    char *text = stat ? all_of(stat) : NULL;
    int there = text && cmdline;
    if (there) {
        char *rest = word_from_end(text, words_behind_name(text));
        char *name = strchr(text, '(') + 1;
        printf("%d: parent %d, state %c, name ", atoi(pid), atoi(rest + 3),
               rest[1]);
        put(name, (size_t)(rest - 1 - name));
        put_command(cmdline);
    } else {
        fprintf(stderr, "%s: gone\n", pid);
    }
    free(text);
    if (stat)
        fclose(stat);
    if (cmdline)
        fclose(cmdline);
    return there ? 0 : 1;
}

int main(int argc, char **argv)
{
    int status = 0;
    if (argc < 2)
        errx(2, "which processes?");
    for (int i = 1; i < argc; i++) {
        char *end = argv[i];
        long pid = strtol(argv[i], &end, 10);
        if (argv[i][0] < '0' || argv[i][0] > '9' || *end || pid < 1 ||
            pid > 1 << 22)
            errx(2, "%s is not a pid", argv[i]);
    }
    while (*++argv)
        status |= show(*argv);
    return status;
}
