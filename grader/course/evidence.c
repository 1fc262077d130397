#include "course/evidence.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course/turn.h"
#include "result/shell.h"

/* A part of a message; NULL for an empty one. */
static int take_part(char **to, const char *part)
{
    free(*to);
    *to = part[0] ? result_utf8(part, strlen(part), JUDGE_TEXT) : NULL;
    return part[0] && !*to ? -ENOMEM : 0;
}

int evidence_words(struct check_result *check, const struct judged *judged)
{
    int rc = take_part(&check->expected, judged->expected);
    rc = rc < 0 ? rc : take_part(&check->seen, judged->seen);
    check->event = judged->event;
    return rc < 0 ? rc : take_part(&check->where, judged->where);
}

/* The run's command line as a shell takes it. */
static char *command_line(const struct run *run)
{
    char *line = NULL;
    size_t len;
    FILE *out = open_memstream(&line, &len);
    if (!out)
        return NULL;
    for (int i = 0; i < run->argc; i++) {
        fputs(i > 0 ? " " : "", out);
        shell_word(out, run->args[i]);
    }
    return fclose(out) == 0 ? line : NULL;
}

/* Several stops of one process before the other's turn are one story. */
static bool goes_on(const struct showing *showing, size_t i)
{
    const struct trace *trace = showing->run.trace;
    const struct schedule_forced *f = &showing->forced[i];
    if (i + 1 >= showing->n || f[1].at != f->at + 1 ||
        f[1].at >= trace->n_decisions)
        return false;
    const struct trace_decision *d = &trace->decisions[f->at];
    return d[0].kind == d[1].kind && d[0].proc == d[1].proc &&
           d[0].other == d[1].other;
}

static int take_decisions(struct check_result *check,
                          const struct showing *showing)
{
    const struct trace *trace = showing->run.trace;
    struct text words;
    check->decisions = calloc(showing->n + 1, sizeof *check->decisions);
    if (!check->decisions)
        return -ENOMEM;
    for (size_t i = 0; i < showing->n; i++) {
        const struct schedule_forced *f = &showing->forced[i];
        if (f->at >= trace->n_decisions)
            break;
        tell_turn(&words, &showing->run, &trace->decisions[f->at]);
        char *copy = strdup(goes_on(showing, i) ? "" : words.s);
        if (!copy)
            return -ENOMEM;
        check->decisions[check->n_decisions++] =
            (struct forced_choice){f->at, f->chosen, copy};
    }
    return 0;
}

int evidence_take(struct check_result *check, const struct showing *showing,
                  const char *program)
{
    check->scenario = strdup(showing->run.scenario->name);
    check->schedule = strdup(showing->schedule);
    check->program = strdup(program);
    check->command = command_line(&showing->run);
    if (!check->scenario || !check->schedule || !check->program ||
        !check->command)
        return -ENOMEM;
    int rc = evidence_words(check, &showing->judged);
    return rc < 0 ? rc : take_decisions(check, showing);
}
