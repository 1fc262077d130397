// popen(3): reading from a shell command, writing to one, pclose's status
#include "subject.h"

int main(void)
{
    char line[80];
    FILE *from = popen("for i in 1 2 3; do echo line $i; done; exit 2", "r");
    while (fgets(line, sizeof line, from))
        say("read: %s", line);
    say("pclose: %s\n", how(pclose(from)));
    FILE *to = popen("sort -n", "w");
    for (int i = 5; i > 0; i--)
        fprintf(to, "%d\n", i);
    say("pclose: %s\n", how(pclose(to)));
}
