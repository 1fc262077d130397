// never ends: prints as fast as it can
#include <stdio.h>

int main(void)
{
    for (;;)
        puts("a line that nobody will ever read to its end, again and again");
}
