// children sleep as long as their number: they print in its order, in no more
// time than the longest
#include "subject.h"

int main(void)
{
    static const int length[] = {240, 80, 400, 160, 320, 1};
    int64_t begin = now_ms();
    for (int i = 0; i < 6; i++)
        if (must(fork(), "fork") == 0) {
            nap(length[i]);
            say("%d\n", length[i]);
            _exit(0);
        }
    int n = 0;
    while (wait(NULL) > 0)
        n++;
    say("%d children, at least 400 ms: %s\n", n, yes(now_ms() - begin >= 399));
}
