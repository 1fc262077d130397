/* Lines of calls, after deep recursion has left its return addresses on the
 * stack; see test_lines.c. */
#include "subject.h"

static __attribute__((noinline)) int deep(int n)
{
    volatile char room[40];
    room[n % 40] = (char)n;
    if (n == 0)
        dprintf(1, "1\n"); /* LINE: write 1 */
    else
        n = deep(n - 1) + 1;
    return n + room[0] * 0;
}

static __attribute__((noinline)) void speak(int n)
{
    char text[8];
    int len = snprintf(text, sizeof text, "%d\n", n);
    if (write(1, text, (size_t)len) != len) /* LINE: write 1 */
        _exit(1);
}

static __attribute__((noinline)) void last(int code)
{
    printf("4\n");
    exit(code); /* LINE: write 1, exit 1 */
}

int main(void)
{
    if (deep(60) == 0)
        return 1;
    speak(2);
    printf("3\n");
    fflush(stdout);     /* LINE: write 1 */
    pid_t pid = fork(); /* LINE: born 1.1 */
    if (pid == 0) {
        pause(); /* LINE: block 1.1, deliver 1.1, exit 1.1 */
        _exit(1);
    }
    usleep(10000);      /* LINE: block 1 */
    kill(pid, SIGTERM); /* LINE: signal 1 */
    wait(NULL);         /* LINE: reap 1 */
    last(3);
}
