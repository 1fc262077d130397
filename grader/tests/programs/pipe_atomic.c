// pipe(7): writes of up to PIPE_BUF bytes by several processes do not mix
#include "subject.h"
#include <limits.h>

static int ends[2];
static char letter;

static void writer(void)
{
    char record[PIPE_BUF];
    memset(record, letter, sizeof record);
    close(ends[0]);
    for (int i = 0; i < 40; i++)
        must((int)write(ends[1], record, sizeof record), "write");
}

static bool whole(const char *record)
{
    for (int i = 1; i < PIPE_BUF; i++)
        if (record[i] != record[0])
            return false;
    return true;
}

static ssize_t read_all(char *record)
{
    ssize_t sum = 0, n;
    while (sum < PIPE_BUF &&
           (n = read(ends[0], record + sum, (size_t)(PIPE_BUF - sum))) > 0)
        sum += n;
    return sum;
}

int main(void)
{
    char record[PIPE_BUF];
    int count[4] = {0}, mixed = 0;
    must(pipe(ends), "pipe");
    for (letter = 'a'; letter < 'e'; letter++)
        start(writer);
    close(ends[1]);
    while (read_all(record) == PIPE_BUF) {
        mixed += !whole(record);
        count[(record[0] - 'a') & 3]++;
    }
    while (wait(NULL) > 0)
        ;
    say("mixed %d; %d %d %d %d\n", mixed, count[0], count[1], count[2],
        count[3]);
}
