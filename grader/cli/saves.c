#include "cli/saves.h"

#include <errno.h>
#include <limits.h>
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

/* A file that was only created holds nothing yet: its writer closes it. */
enum {
    FILE_SAVED = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE,
    DIRECTORY_CAME = IN_CREATE | IN_MOVED_TO,
};

/* The directories that are there, by now; one that came anew is told by a new
 * number.  @return whether there is one */
static bool add_watches(struct saves *saves, bool *saved)
{
    bool any = false;
    for (size_t i = 0; i < saves->submission->n; i++) {
        char path[PATH_MAX];
        const char *id = saves->submission->exercises[i]->id;
        int n = snprintf(path, sizeof path, "%s/%.*s", saves->submission->dir,
                         (int)strcspn(id, "/"), id);
        int watch =
            n > 0 && (size_t)n < sizeof path
                ? inotify_add_watch(saves->fd, path, FILE_SAVED | IN_ONLYDIR)
                : -1;
        bool came = watch >= 0 && watch != saves->watch[i];
        saves->watch[i] = watch;
        if (came && saved)
            saved[i] = true;
        any |= came;
    }
    return any;
}

int saves_open(const struct submission *submission, struct saves *out)
{
    struct saves saves = {.submission = submission};
    saves.watch = malloc((submission->n + 1) * sizeof *saves.watch);
    if (!saves.watch)
        return -ENOMEM;
    for (size_t i = 0; i < submission->n; i++)
        saves.watch[i] = -1;
    saves.fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    int rc = saves.fd < 0 || inotify_add_watch(saves.fd, submission->dir,
                                               DIRECTORY_CAME | IN_ONLYDIR) < 0
                 ? -errno
                 : 0;
    if (rc < 0) {
        saves_close(&saves);
        return rc;
    }
    add_watches(&saves, NULL);
    *out = saves;
    return 0;
}

void saves_close(struct saves *saves)
{
    if (saves->fd >= 0)
        close(saves->fd);
    free(saves->watch);
    *saves = (struct saves){.fd = -1};
}

static bool is_file_of(const char *file, const char *id)
{
    const char *name = strchr(id, '/') + 1;
    size_t len = strlen(name);
    return strncmp(file, name, len) == 0 && strcmp(file + len, ".c") == 0;
}

static bool note(const struct saves *saves, const struct inotify_event *event,
                 bool *saved)
{
    bool any = false;
    for (size_t i = 0; i < saves->submission->n; i++) {
        const char *id = saves->submission->exercises[i]->id;
        bool lost = (event->mask & IN_Q_OVERFLOW) != 0;
        if (lost || (event->wd == saves->watch[i] && event->len > 0 &&
                     is_file_of(event->name, id)))
            any = saved[i] = true;
    }
    return any;
}

bool saves_take(struct saves *saves, bool *saved)
{
    alignas(struct inotify_event) char bytes[4096];
    bool any = false;
    ssize_t n;
    while ((n = read(saves->fd, bytes, sizeof bytes)) > 0)
        for (char *at = bytes; at < bytes + n;) {
            const struct inotify_event *event = (void *)at;
            any |= note(saves, event, saved);
            at += sizeof *event + event->len;
        }
    return add_watches(saves, saved) || any;
}
