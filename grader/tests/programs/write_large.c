// 100000 bytes in one write and 1000 small ones; every byte in its place
#include "subject.h"

int main(void)
{
    static char text[100000];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = i % 50 == 49 ? '\n' : (char)('a' + i / 50 % 26);
    size_t sum = 0;
    while (sum < sizeof text) {
        ssize_t n = write(STDOUT_FILENO, text + sum, sizeof text - sum);
        sum += (size_t)must((int)n, "write");
    }
    for (int i = 0; i < 1000; i++)
        say("%d%c", i, i % 20 == 19 ? '\n' : ' ');
    must((int)write(STDOUT_FILENO, "\0\xff\x80 bytes\n", 10), "write");
}
