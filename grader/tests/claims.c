#include "tests/claims.h"

void claim_case_try(const struct claim_case *c)
{
    static const struct exercise exercise = {.id = "01-x/prog"};
    static const struct scenario scenario = {.name = "one"};
    const struct check check = {.id = "sample", .judge = c->judge};
    const struct run run = {
        .scenario = &scenario,
        .exercise = &exercise,
        .schedule = "child-first",
        .trace = c->trace,
    };
    struct judged judged;
    judge_check(&check, &run, 1, 20, &judged);
    if (!c->expected) {
        ck_assert_msg(judged.verdict == VERDICT_PASS, "%d: %s | %s",
                      judged.verdict, judged.expected, judged.seen);
        return;
    }
    ck_assert_msg(judged.verdict == VERDICT_FAIL, "%d: %s", judged.verdict,
                  judged.seen);
    ck_assert_str_eq(judged.expected, c->expected);
    ck_assert_str_eq(judged.seen, c->seen);
}
