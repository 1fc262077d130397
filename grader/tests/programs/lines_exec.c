/* Lines after the program has executed itself, but none of another one. */
#include "subject.h"

static void again(void)
{
    if (write(1, "once more\n", 10) != 10) /* LINE: write 1 */
        _exit(1);
    if (fork() == 0) { /* LINE: born 1.1 */
        execlp("printf", "printf", "other\n", NULL);
        _exit(127);
    }
    wait(NULL); /* LINE: reap 1 */
    _exit(4);   /* LINE: exit 1 */
}

int main(int argc, char **argv)
{
    if (argc > 1)
        again();
    execl("/proc/self/exe", argv[0], "again", NULL);
    return 127;
}
