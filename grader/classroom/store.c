#include "classroom/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "classroom/filename.h"
#include "course/cleanup.h"
#include "course/hash.h"

#define OWN ".proclab"
/* One name for what is being written: what a killed process left is written
 * over, and the lock sees to it that we are alone. */
#define UNFINISHED OWN "/unfinished"
#define LOCK "lock"

enum { RESULT_MOST = 256 << 20, NAME_ROOM = FILENAME_MOST + 16 };

static int open_directory(int at, const char *path, int flags)
{
    if (mkdirat(at, path, 0777) < 0 && errno != EEXIST)
        return -errno;
    int fd = openat(at, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags);
    return fd < 0 ? -errno : fd;
}

/* A lock of fcntl(2): children do not inherit it, so it ends with us. */
static int lock_up(int own)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int fd = openat(own, LOCK, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd < 0)
        return -errno;
    if (fcntl(fd, F_SETLK, &lock) == 0)
        return fd;
    int rc = errno == EACCES || errno == EAGAIN ? -EBUSY : -errno;
    close(fd);
    return rc;
}

int store_open(const char *path, struct store *out)
{
    struct store store = {.own = -1, .lock = -1};
    store.dir = open_directory(AT_FDCWD, path, 0);
    if (store.dir < 0)
        return store.dir;
    store.own = open_directory(store.dir, OWN, O_NOFOLLOW);
    store.lock = store.own < 0 ? store.own : lock_up(store.own);
    if (store.lock < 0) {
        int rc = store.lock;
        store_close(&store);
        return rc;
    }
    *out = store;
    return 0;
}

void store_close(struct store *store)
{
    int *const fds[] = {&store->lock, &store->own, &store->dir};
    for (size_t i = 0; i < 3; i++) {
        if (*fds[i] >= 0)
            close(*fds[i]);
        *fds[i] = -1;
    }
}

static int write_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, bytes, len);
        if (n < 0 && errno != EINTR)
            return -errno;
        bytes += n > 0 ? n : 0;
        len -= n > 0 ? (size_t)n : 0;
    }
    return 0;
}

/* The disk may turn out to be full as late as in close(). */
static int fill(const struct store *store, const void *bytes, size_t len)
{
    unlinkat(store->dir, UNFINISHED, 0);
    int fd = openat(store->dir, UNFINISHED,
                    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd < 0)
        return -errno;
    int rc = write_all(fd, bytes, len);
    if (rc == 0 && fsync(fd) < 0 && errno != EINVAL)
        rc = -errno;
    return close(fd) < 0 && rc == 0 ? -errno : rc;
}

static int put(const struct store *store, int at, const char *name,
               const void *bytes, size_t len)
{
    int rc = fill(store, bytes, len);
    if (rc == 0 && renameat(store->dir, UNFINISHED, at, name) < 0)
        rc = -errno;
    if (rc < 0)
        unlinkat(store->dir, UNFINISHED, 0);
    return rc;
}

static int slurp(int fd, size_t size, char **bytes, size_t *len)
{
    autofree char *text = malloc(size + 1);
    size_t have = 0;
    ssize_t n;
    if (!text)
        return -ENOMEM;
    while (have < size && (n = read(fd, text + have, size - have)) != 0) {
        if (n < 0 && errno != EINTR)
            return -ENOENT;
        have += n > 0 ? (size_t)n : 0;
    }
    text[have] = '\0';
    *bytes = text;
    *len = have;
    text = NULL;
    return 0;
}

/* Whatever is no plain file that can be read is as good as nothing. */
static int take(int at, const char *name, char **bytes, size_t *len)
{
    struct stat st;
    autoclose int fd =
        openat(at, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) ||
        st.st_size > RESULT_MOST)
        return -ENOENT;
    return slurp(fd, (size_t)st.st_size, bytes, len);
}

/* What .proclab/NAME says of a result. */
static int seal(const char *fingerprint, const void *bytes, size_t len,
                char **text)
{
    char hash_of_bytes[HASH_TEXT];
    struct sha256_ctx hash;
    sha256_init(&hash);
    hash_piece(&hash, bytes, len);
    hash_text(&hash, hash_of_bytes);
    int n = asprintf(text, "proclab-class/v1\n%s\n%s\n", fingerprint,
                     hash_of_bytes);
    return n < 0 ? -ENOMEM : 0;
}

static void name_result(const char *file, char name[static NAME_ROOM])
{
    snprintf(name, NAME_ROOM, "%s.json", file);
}

/* Never a name of our own: submissions are "r.NAME" there. */
static void name_seal(const char *file, char name[static NAME_ROOM])
{
    snprintf(name, NAME_ROOM, "r.%s", file);
}

int store_get(const struct store *store, const char *file,
              const char *fingerprint, char **bytes, size_t *len)
{
    autofree char *result = NULL, *have = NULL, *want = NULL;
    size_t result_len, have_len;
    char name[NAME_ROOM];
    name_seal(file, name);
    int rc = take(store->own, name, &have, &have_len);
    name_result(file, name);
    rc = rc < 0 ? rc : take(store->dir, name, &result, &result_len);
    rc = rc < 0 ? rc : seal(fingerprint, result, result_len, &want);
    if (rc < 0)
        return rc;
    if (have_len != strlen(want) || memcmp(have, want, have_len) != 0)
        return -ENOENT;
    *bytes = result;
    *len = result_len;
    result = NULL;
    return 0;
}

static int drop(int at, const char *name)
{
    return unlinkat(at, name, 0) < 0 && errno != ENOENT ? -errno : 0;
}

/* An old seal does not fit new bytes, so there is no bad moment between. */
int store_put(const struct store *store, const char *file,
              const char *fingerprint, const void *bytes, size_t len)
{
    autofree char *text = NULL;
    char result[NAME_ROOM], sealed[NAME_ROOM];
    name_result(file, result);
    name_seal(file, sealed);
    int rc = fingerprint ? seal(fingerprint, bytes, len, &text)
                         : drop(store->own, sealed);
    rc = rc < 0 ? rc : put(store, store->dir, result, bytes, len);
    if (rc == 0 && text)
        rc = put(store, store->own, sealed, text, strlen(text));
    return rc;
}

int store_forget(const struct store *store, const char *file)
{
    char name[NAME_ROOM];
    name_seal(file, name);
    int rc = drop(store->own, name);
    name_result(file, name);
    return rc < 0 ? rc : drop(store->dir, name);
}

int store_put_sheet(const struct store *store, const void *bytes, size_t len)
{
    return put(store, store->dir, "class.csv", bytes, len);
}
