// a program whose stdout is closed: printf fails at the flush, and its children
// inherit the lack
#include "subject.h"

int main(void)
{
    close(STDOUT_FILENO);
    int r = printf("lost\n");
    fprintf(stderr, "printf: %s\n", yes(r > 0));
    r = fflush(stdout);
    fprintf(stderr, "fflush: %d %s\n", r, strerrorname_np(errno));
    int status = system("echo lost 2>/dev/null");
    fprintf(stderr, "echo failed: %s\n", yes(status != 0));
    return 11;
}
