// never ends: becomes itself again
#include <unistd.h>

int main(int argc, char **argv)
{
    (void)argc;
    execv(argv[0], argv);
    return 1;
}
