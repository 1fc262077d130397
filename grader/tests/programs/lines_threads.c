/* Lines of threads, which have stacks of their own. */
#include <pthread.h>

#include "subject.h"

static int ends[2];

static void *waits(void *unused)
{
    char letter;
    if (read(ends[0], &letter, 1) != 1) /* LINE: block/1 1 */
        exit(1);
    return unused;
}

static void *sleeps(void *unused)
{
    struct timespec second = {1, 0};
    nanosleep(&second, NULL); /* LINE: block/2 1 */
    if (write(ends[1], "x", 1) != 1)
        exit(1);
    return unused;
}

int main(void)
{
    pthread_t one, two;
    if (pipe(ends) == -1)
        return 1;
    pthread_create(&one, NULL, waits, NULL);  /* LINE: thread 1 */
    pthread_create(&two, NULL, sleeps, NULL); /* LINE: thread 1 */
    pthread_join(one, NULL);                  /* LINE: block 1 */
    pthread_join(two, NULL);
    if (write(1, "1 2\n", 4) != 4)            /* LINE: write 1 */
        exit(1);
    exit(0); /* LINE: exit 1 */
}
