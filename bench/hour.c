/* A line a second, for an hour. */
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    for (int s = 1; s <= 3600; s++) {
        sleep(1);
        printf("%d s\n", s);
        fflush(stdout);
    }
    return 0;
}
