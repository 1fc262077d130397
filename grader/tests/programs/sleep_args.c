// sleeps as many seconds as its arguments say, one after the other
#include "subject.h"

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        sleep((unsigned)atoi(argv[i]));
        say("slept %s\n", argv[i]);
    }
    return argc - 1;
}
