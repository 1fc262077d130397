// observed only: shows the files around it; see test_files.c
// expect: nothing but files
#include "subject.h"
#include <dirent.h>
#include <sys/stat.h>

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void show(const char *name)
{
    struct stat st;
    char text[256];
    int fd = must(open(name, O_RDWR), name);
    must(fstat(fd, &st), "fstat");
    ssize_t n = must((int)read(fd, text, sizeof text), name);
    close(fd);
    say("%s %03o %.*s|\n", name, (unsigned)st.st_mode & 0777, (int)n, text);
}

int main(void)
{
    struct dirent **entries;
    int n = must(scandir(".", &entries, NULL, by_name), "scandir");
    for (int i = 0; i < n; i++)
        if (entries[i]->d_name[0] != '.' && strcmp(entries[i]->d_name, "files"))
            show(entries[i]->d_name);
    say("nothing but files\n");
    return 0;
}
