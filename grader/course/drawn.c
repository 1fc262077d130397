/* What a check may ask of the values that were drawn. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "course/course.h"
#include "course/judge.h"

const char *drawn_word(const struct run *run, const char *name)
{
    for (size_t i = 0; i < run->n_drawn; i++)
        if (strcmp(run->drawn[i].name, name) == 0)
            return run->drawn[i].text;
    judge_fault("The check asks for {%s}, which scenario %s does not draw",
                name, run->scenario ? run->scenario->name : "?");
}

long drawn_number(const struct run *run, const char *name)
{
    const char *text = drawn_word(run, name);
    char *end;
    errno = 0;
    long number = strtol(text, &end, 10);
    if (errno || end == text || *end)
        judge_fault("The check takes {%s} for a number, but it is \"%s\"", name,
                    text);
    return number;
}
