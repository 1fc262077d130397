// reads standard input to its end and tells when (in whole seconds) what came
#include "subject.h"

int main(void)
{
    char text[256];
    ssize_t n;
    time_t begin = time(NULL);
    while ((n = read(STDIN_FILENO, text, sizeof text)) > 0)
        say("%ld: %.*s", time(NULL) - begin, (int)n, text);
    say("end: %zd after %ld s\n", n, time(NULL) - begin);
}
