#include "tests/lab.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "course/claim.h"
#include "tests/suite.h"

static char base[] = "/tmp/proclab-grade-XXXXXX";

void lab_set_up(void)
{
    ck_assert_ptr_nonnull(mkdtemp(base));
    ck_assert_int_eq(chmod(base, 0755), 0);
    ck_assert_int_eq(chdir(base), 0);
    ck_assert_int_eq(system("mkdir -p sub/01-x"), 0);
}

void lab_tear_down(void)
{
    char command[64];
    ck_assert_int_eq(chdir("/"), 0);
    snprintf(command, sizeof command, "rm -rf %s", base);
    ck_assert_int_eq(system(command), 0);
}

void lab_write(const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "sub/01-x/%s.c", name);
    FILE *f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    fputs(text, f);
    ck_assert_int_eq(fclose(f), 0);
}

void lab_says_hello(const struct run *run)
{
    claim_prints(run, CLAIM_MAIN, "hello %ld", drawn_number(run, "n"));
}

void lab_ends_well(const struct run *run)
{
    claim_exits(run, CLAIM_MAIN, 0);
}

const struct scenario lab_scenarios[] = {
    {.name = "one", .title = "one", .args = {"{n:10-99}"}},
    {.name = "two", .title = "two", .args = {"{n:10-99}", "a 'word'"}},
    {.name = NULL},
};

static const struct check sound[] = {
    LAB_CHECK("sound_hello", lab_says_hello, ),
    LAB_CHECK("sound_end", lab_ends_well, .depends = "sound_hello"),
    {.id = NULL},
};
const struct exercise lab_prog = LAB_EXERCISE("prog", sound);

const char lab_hello[] = "#include <stdio.h>\n"
                         "int main(int argc, char **argv)\n"
                         "{\n"
                         "    if (argc > 1)\n"
                         "        printf(\"hello %s\\n\", argv[1]);\n"
                         "}\n";

struct grade_request lab_request(const struct exercise *const *list, size_t n)
{
    return (struct grade_request){
        .dir = "sub",
        .exercises = list,
        .n_exercises = n,
        .seed = 1,
        .schedules = 3,
        .jobs = 1,
    };
}

struct result lab_grade_one(const struct exercise *exercise)
{
    struct result result;
    const char *why = NULL;
    struct grade_request request = lab_request(&exercise, 1);
    int rc = grade(&request, &result, &why);
    ck_assert_msg(rc == 0, "%d: %s", rc, why);
    ck_assert_uint_eq(result.n_exercises, 1);
    return result;
}
