/* Files that the program finds in its working directory (inside the nest). */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "observer/internal.h"

static int write_all(int fd, const char *text, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, text, len);
        if (n < 0)
            return -1;
        text += n;
        len -= (size_t)n;
    }
    return 0;
}

/* O_EXCL: nothing takes the place of the program, nor of another file. */
static int place(const struct observe_file *file)
{
    int fd = open(file->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (fd < 0)
        return -1;
    int rc = write_all(fd, file->text, strlen(file->text));
    close(fd);
    return rc;
}

int files_place(const struct observe_request *r)
{
    int rc = 0;
    for (size_t i = 0; i < r->n_files && rc == 0; i++)
        rc = place(&r->files[i]);
    return rc;
}
