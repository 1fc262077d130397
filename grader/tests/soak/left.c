#include "tests/soak/left.h"

#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { NAMES = 512, LINE = 640 };

/* Names of what is there: "DIRECTORY/NAME", or a line of /proc/sysvipc. */
struct names {
    int n;
    char name[NAMES][LINE];
};

struct left {
    char tmp[300];
    struct names known;
};

static void add(struct names *names, const char *a, const char *b)
{
    if (names->n < NAMES)
        snprintf(names->name[names->n++], LINE, "%s/%s", a, b);
}

static bool has(const struct names *names, const char *name)
{
    for (int i = 0; i < names->n; i++)
        if (strcmp(names->name[i], name) == 0)
            return true;
    return false;
}

/* Files of our user only: a machine has others. */
static void list_directory(struct names *names, const char *path)
{
    DIR *dir = opendir(path);
    struct dirent *entry;
    struct stat st;
    while (dir && (entry = readdir(dir)))
        if (entry->d_name[0] != '.' &&
            fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
            st.st_uid == getuid())
            add(names, path, entry->d_name);
    if (dir)
        closedir(dir);
}

/* The first two columns: key and id. */
static void list_ipc(struct names *names, const char *path)
{
    char line[300], id[100];
    FILE *f = fopen(path, "r");
    for (int i = 0; f && fgets(line, sizeof line, f); i++) {
        long key, number;
        if (i == 0 || sscanf(line, "%ld %ld", &key, &number) != 2)
            continue;
        snprintf(id, sizeof id, "key %ld id %ld", key, number);
        add(names, path, id);
    }
    if (f)
        fclose(f);
}

static void list_all(const struct left *left, struct names *names)
{
    names->n = 0;
    list_directory(names, left->tmp);
    list_directory(names, "/dev/shm");
    list_directory(names, "/dev/mqueue");
    list_ipc(names, "/proc/sysvipc/shm");
    list_ipc(names, "/proc/sysvipc/sem");
    list_ipc(names, "/proc/sysvipc/msg");
}

/* Where the kernel lets us (root), strangers' objects are out of sight. */
static void be_alone(void)
{
    if (unshare(CLONE_NEWIPC | CLONE_NEWNS) != 0)
        return;
    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL);
    mount("soak", "/dev/shm", "tmpfs", MS_NOSUID | MS_NODEV, "mode=1777");
    mount("soak", "/dev/mqueue", "mqueue", 0, NULL);
}

struct left *left_begin(const char *tmp)
{
    struct left *left = calloc(1, sizeof *left);
    if (!left)
        return NULL;
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    be_alone();
    snprintf(left->tmp, sizeof left->tmp, "%s", tmp);
    list_all(left, &left->known);
    return left;
}

void left_free(struct left *left)
{
    free(left);
}

static void nap(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
}

/* Reaps until there is no child. @return whether there is none */
static bool no_child(void)
{
    pid_t pid;
    while ((pid = waitpid(-1, NULL, WNOHANG)) > 0)
        ;
    return pid == -1;
}

static void tell_processes(FILE *f)
{
    char path[64], line[1024] = "", *pid, *rest = line;
    snprintf(path, sizeof path, "/proc/self/task/%d/children", getpid());
    FILE *children = fopen(path, "r");
    if (children && !fgets(line, sizeof line, children))
        line[0] = '\0';
    if (children)
        fclose(children);
    while ((pid = strsep(&rest, " ")))
        if (*pid) {
            fprintf(f, "a process is left: %s\n", pid);
            kill((pid_t)atoi(pid), SIGKILL);
            waitpid((pid_t)atoi(pid), NULL, 0);
        }
}

static void tell_things(struct left *left, FILE *f, bool remember)
{
    static struct names now;
    list_all(left, &now);
    for (int i = 0; i < now.n; i++)
        if (!has(&left->known, now.name[i]))
            fprintf(f, "left: %s\n", now.name[i]);
    if (remember)
        left->known = now;
}

static char *words(struct left *left, bool childless, bool remember)
{
    char *text = NULL;
    size_t size;
    FILE *f = open_memstream(&text, &size);
    if (!f)
        abort();
    if (!childless && remember)
        tell_processes(f);
    tell_things(left, f, remember);
    fclose(f);
    if (*text)
        return text;
    free(text);
    return NULL;
}

char *left_over(struct left *left)
{
    for (int i = 0; i < 100; i++, nap()) {
        bool childless = no_child();
        char *text = words(left, childless, false);
        if (childless && !text)
            return NULL;
        free(text);
    }
    return words(left, no_child(), true);
}
