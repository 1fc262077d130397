// execve(2) that fails returns, and the program goes on as it was
#include "subject.h"
#include <sys/stat.h>

static void make(const char *name, const char *text, mode_t mode)
{
    int fd = must(open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600), "open");
    must(write(fd, text, strlen(text)), "write");
    fchmod(fd, mode);
    close(fd);
}

static void try(const char *path)
{
    char *args[] = {"x", NULL}, *env[] = {NULL};
    execve(path, args, env);
    say("%s: %s\n", path, strerrorname_np(errno));
}

int main(void)
{
    make("plain", "text\n", 0600);
    make("rubbish", "text\n", 0700);
    make("lost", "#!/no/such/interpreter\n", 0700);
    try("./missing");
    try("./plain");
    try("./plain/below");
    try("./rubbish");
    try("./lost");
    try("/");
    try("");
    unlink("plain");
    unlink("rubbish");
    unlink("lost");
    return 8;
}
