#include "cli/output.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

static int write_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, bytes, len);
        if (n < 0 && errno != EINTR)
            return -errno;
        if (n > 0) {
            bytes += n;
            len -= (size_t)n;
        }
    }
    return 0;
}

/* What a file made by open(..., 0666) would get, or what it has already. */
static mode_t mode_for(const char *path)
{
    struct stat old;
    if (stat(path, &old) == 0)
        return old.st_mode & 0777;
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* The disk may turn out to be full as late as in close(). */
static int fill_and_close(int fd, mode_t mode, const void *bytes, size_t len)
{
    int rc = write_all(fd, bytes, len);
    if (rc == 0 && fchmod(fd, mode) != 0)
        rc = -errno;
    if (rc == 0 && fsync(fd) != 0)
        rc = -errno;
    if (close(fd) != 0 && rc == 0)
        rc = -errno;
    return rc;
}

static int replace_file(const char *path, const void *bytes, size_t len)
{
    char temporary[PATH_MAX];
    const char *slash = strrchr(path, '/');
    int dir_len = slash ? (int)(slash - path) + 1 : 0;
    int n = snprintf(temporary, sizeof temporary, "%.*s.proclab-XXXXXX",
                     dir_len, path);
    if (n < 0 || (size_t)n >= sizeof temporary)
        return -ENAMETOOLONG;

    int fd = mkostemp(temporary, O_CLOEXEC);
    if (fd < 0)
        return -errno;
    int rc = fill_and_close(fd, mode_for(path), bytes, len);
    if (rc == 0 && rename(temporary, path) != 0)
        rc = -errno;
    if (rc != 0)
        unlink(temporary);
    return rc;
}

/* Ctrl-C must not leave the temporary file behind: it waits until we are
 * done, which is soon. */
static int replace_uninterrupted(const char *path, const void *bytes,
                                 size_t len)
{
    sigset_t signals, before;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    sigprocmask(SIG_BLOCK, &signals, &before);
    int rc = replace_file(path, bytes, len);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return rc;
}

static int write_device(const char *path, const void *bytes, size_t len)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    int rc = write_all(fd, bytes, len);
    if (close(fd) != 0 && rc == 0)
        rc = -errno;
    return rc;
}

int output_write(const char *path, const void *bytes, size_t len)
{
    if (strcmp(path, "-") == 0)
        return fwrite(bytes, 1, len, stdout) == len && fflush(stdout) == 0
                   ? 0
                   : -errno;
    struct stat there;
    bool known = stat(path, &there) == 0;
    int error = errno;
    /* A link that leads nowhere may be the system's: /dev/stdout. */
    if (!known && lstat(path, &there) == 0)
        return -error;
    if (!known)
        return replace_uninterrupted(path, bytes, len);
    if (S_ISDIR(there.st_mode))
        return -EISDIR;
    if (!S_ISREG(there.st_mode))
        return write_device(path, bytes, len);
    char target[PATH_MAX];
    if (!realpath(path, target))
        return -errno;
    return replace_uninterrupted(target, bytes, len);
}

int output_deliver(const char *path, const void *bytes, size_t len)
{
    int rc = output_write(path, bytes, len);
    if (rc == 0)
        return STATUS_OK;
    clearerr(stdout); /* said here, so not again when the program ends */
    if (rc != -EPIPE)
        warnx("cannot write '%s': %s",
              strcmp(path, "-") == 0 ? "standard output" : path, strerror(-rc));
    return STATUS_FAILED;
}

int output_flush(void)
{
    int failed = ferror(stdout);
    errno = 0;
    if (fflush(stdout) != 0)
        failed = 1;
    if (!failed)
        return STATUS_OK;
    if (errno != EPIPE) /* a reader that left early is no one's mistake */
        warnx("cannot write to standard output: %s",
              errno ? strerror(errno) : "write error");
    return STATUS_FAILED;
}
