// never ends: fills the directory with files
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    static char block[1 << 16];
    char name[32];
    for (long i = 0;; i++) {
        snprintf(name, sizeof name, "file%ld", i % 1000);
        int fd = open(name, O_WRONLY | O_CREAT | O_APPEND, 0600);
        (void)!write(fd, block, sizeof block);
        close(fd);
    }
}
