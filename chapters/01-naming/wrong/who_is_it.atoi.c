// fails: who_errors: "Main ends with exit code 2"
// why: atoi() takes "4x" for 4 and "four" for 0 without a word, so what is no
//      pid is looked up all the same.
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char text[1 << 20];

static size_t read_proc(int pid, const char *file, size_t *n)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", pid, file);
    FILE *in = fopen(path, "r");
    if (!in)
        return 0;
    *n = fread(text, 1, sizeof text - 1, in);
    text[*n] = '\0';
    fclose(in);
    return 1;
}

static void print(const char *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        putchar(from[i] < ' ' || from[i] == 127 ? '?' : from[i]);
}

static int show(int pid)
{
    size_t n;
    char state;
    int parent;
    if (!read_proc(pid, "stat", &n)) {
        warnx("%d: no such process", pid);
        return 1;
    }
    char *open = strchr(text, '('), *close = strrchr(text, ')');
    sscanf(close + 1, " %c %d", &state, &parent);
    printf("%d: parent %d, state %c, name ", pid, parent, state);
    print(open + 1, close - open - 1);
    printf(", command");
    if (!read_proc(pid, "cmdline", &n) || n == 0)
        printf(" none");
    for (size_t i = 0; i < n; i += strlen(text + i) + 1) {
        printf(" \"");
        print(text + i, strlen(text + i));
        printf("\"");
    }
    printf("\n");
    return 0;
}

static int pid_of(const char *word)
{
    return atoi(word);
}

int main(int argc, char **argv)
{
    int status = 0;
    if (argc < 2)
        errx(2, "usage: who_is_it PID...");
    for (int i = 1; i < argc; i++)
        pid_of(argv[i]);
    for (int i = 1; i < argc; i++)
        status |= show(pid_of(argv[i]));
    return status;
}
