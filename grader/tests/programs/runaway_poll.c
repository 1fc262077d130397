// never ends: looks without waiting, which costs neither CPU nor virtual time
#include <poll.h>

int main(void)
{
    for (;;)
        poll(0, 0, 0);
}
