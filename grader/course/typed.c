/* What a check may ask of the text that a scenario types. */

#include "course/course.h"
#include "course/judge.h"

long typed_end_ms(const struct run *run)
{
    for (int i = 0; i < SCENARIO_STEPS; i++)
        if (run->scenario->steps[i].kind == STEP_CLOSE)
            return run->scenario->steps[i].at_ms;
    return 0;
}

static void add(struct typed *line, size_t *len, char c)
{
    if (*len + 1 == sizeof line->text)
        judge_fault("A line that is typed is longer than %zu bytes", *len);
    line->text[(*len)++] = c;
    line->text[*len] = '\0';
}

bool typed_line(const struct run *run, int nth, struct typed *out)
{
    struct typed line = {.at_ms = 0};
    size_t len = 0;
    for (int i = 0; i < SCENARIO_STEPS; i++) {
        const struct step *step = &run->scenario->steps[i];
        const char *text = step->kind == STEP_INPUT   ? run->texts[i]
                           : step->kind == STEP_CLOSE ? "\n"
                                                      : "";
        for (; *text; text++) {
            if (*text != '\n') {
                add(&line, &len, *text);
            } else if (len > 0 && nth-- == 0) {
                line.at_ms = step->at_ms;
                *out = line;
                return true;
            } else {
                len = 0;
            }
        }
    }
    return false;
}
