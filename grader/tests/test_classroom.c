/* The parts of a class: names of files, cells, the roll, fingerprints, and a
 * store that trusts nothing which does not fit together. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "classroom/filename.h"
#include "classroom/fingerprint.h"
#include "classroom/roll.h"
#include "classroom/sheet.h"
#include "classroom/store.h"
#include "course/catalog.h"
#include "tests/lab.h"
#include "tests/suite.h"

/* --- names of files ------------------------------------------------------- */

static const struct {
    const char *name, *file;
} filenames[] = {
    {"alice", "alice"},
    {"Zo\xc3\xab Q.", "Zo\xc3\xab Q."},
    {"a=b+c@d,e", "a=b+c@d,e"},
    {"..", "%2E."},
    {"-rf", "%2Drf"},
    {"a-b", "a-b"},
    {"%41", "%2541"},
    {"two\nlines", "two%0Alines"},
    {"q\"'`$(x)", "q%22%27%60%24%28x%29"},
    {"\xff\xc3", "%FF%C3"},
    {"\xe2\x80\xae" "gpj", "%E2%80%AEgpj"}, /* turns text round */
    {"\x1b[2J", "%1B%5B2J"},
};

START_TEST(a_name_becomes_a_harmless_file_name)
{
    char *file = filename_of(filenames[_i].name);
    ck_assert_str_eq(file, filenames[_i].file);
    free(file);
}
END_TEST

static char *filename_of_long(const char *unit, char last)
{
    char name[256] = "";
    while (strlen(name) + strlen(unit) < sizeof name - 1)
        strcat(name, unit);
    name[strlen(name) - 1] = last;
    return filename_of(name);
}

START_TEST(long_names_are_cut_and_stay_different)
{
    static const char *const units[] = {"a", "\n", "x\xc3\xab"};
    char *one = filename_of_long(units[_i], 'x');
    char *two = filename_of_long(units[_i], 'y');
    ck_assert_uint_le(strlen(one), FILENAME_MOST);
    ck_assert_ptr_nonnull(strstr(one, "%%"));
    ck_assert_str_ne(one, two);
    free(one);
    free(two);
}
END_TEST

/* --- cells ---------------------------------------------------------------- */

static const struct {
    const char *text, *cell;
} cells[] = {
    {"alice", "alice"},
    {"", ""},
    {"a,b", "\"a,b\""},
    {"a;b", "\"a;b\""},
    {"say \"x\"", "\"say \"\"x\"\"\""},
    {"two\nlines", "\"two\nlines\""},
    {"=1+1", "'=1+1"},
    {"+49", "'+49"},
    {"-rf", "'-rf"},
    {"@me", "'@me"},
    {"'a", "''a"},
    {"\t=1", "\"'\t=1\""},
    {"\r=1", "\"'\r=1\""},
    {"=a,\"b\"", "\"'=a,\"\"b\"\"\""},
    {"\xef\xbc\x9d" "1", "'\xef\xbc\x9d" "1"}, /* a wide = */
    {"x\xff", "x\xef\xbf\xbd"},
    {"a=b", "a=b"},
};

START_TEST(no_cell_is_a_formula)
{
    char *text = NULL;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    sheet_cell(out, cells[_i].text);
    fclose(out);
    ck_assert_str_eq(text, cells[_i].cell);
    free(text);
}
END_TEST

/* --- the roll ------------------------------------------------------------- */

static const char make_class[] =
    "mkdir class && cd class && mkdir -p results ada/01-naming bob/01-naming "
    "cy/lab/01-naming .git .dot/01-naming empty && "
    "touch ada/01-naming/image_workers.c bob/01-naming/notes README "
    ".dot/01-naming/image_workers.c && "
    "ln -s ada link && ln -s /nowhere dangling && mkfifo pipe && "
    "mkdir linked && ln -s ../ada/01-naming linked";

static const struct {
    const char *name;
    enum roll_kind kind;
} expected_roll[] = {
    {".dot", ROLL_SUBMISSION}, {".git", ROLL_STRAY},
    {"README", ROLL_STRAY},    {"ada", ROLL_SUBMISSION},
    {"bob", ROLL_NOTHING},     {"cy", ROLL_NOTHING},
    {"dangling", ROLL_NOTHING}, {"empty", ROLL_NOTHING},
    {"link", ROLL_NOTHING},    {"linked", ROLL_SUBMISSION},
    {"pipe", ROLL_STRAY},
};
enum { ROLL_N = sizeof expected_roll / sizeof expected_roll[0] };

START_TEST(the_roll_knows_submissions_and_follows_no_link)
{
    struct roll roll;
    ck_assert_int_eq(system(make_class), 0);
    int results = open("class/results", O_PATH | O_CLOEXEC);
    ck_assert_int_eq(roll_read("class", results, &roll), 0);
    ck_assert_uint_eq(roll.n, ROLL_N);
    for (size_t i = 0; i < ROLL_N; i++) {
        const struct roll_entry *entry = &roll.entries[i];
        ck_assert_str_eq(entry->name, expected_roll[i].name);
        ck_assert_msg(entry->kind == expected_roll[i].kind, "%s: %d (%s)",
                      entry->name, entry->kind, entry->reason);
        ck_assert_int_eq(entry->reason == NULL, entry->kind == ROLL_SUBMISSION);
    }
    ck_assert_int_eq(unlink("class/ada/01-naming/image_workers.c"), 0);
    ck_assert_int_eq(system("cd class && rm -r ada && ln -s bob ada"), 0);
    ck_assert_int_lt(roll_open(&roll, &roll.entries[3]), 0);
    roll_free(&roll);
    close(results);
    ck_assert_int_eq(roll_read("nowhere", -1, &roll), -ENOENT);
    ck_assert_int_eq(roll_read("class/README", -1, &roll), -ENOTDIR);
}
END_TEST

/* --- fingerprints --------------------------------------------------------- */

static void fingerprint(const struct grade_request *request, char *text)
{
    ck_assert_int_eq(fingerprint_make(request, text), 0);
}

START_TEST(a_fingerprint_changes_with_what_decides_a_result)
{
    char before[HASH_TEXT], now[HASH_TEXT];
    const struct exercise *list[] = {&lab_prog};
    struct grade_request request = lab_request(list, 1);
    fingerprint(&request, before);
    lab_write("prog", lab_hello);
    fingerprint(&request, now);
    ck_assert_str_ne(before, now);
    fingerprint(&request, before);
    ck_assert_str_eq(before, now);
    ck_assert_int_eq(system("touch -d @0 sub/01-x/prog.c; echo > sub/note"), 0);
    fingerprint(&request, now);
    ck_assert_str_eq(before, now);
    request.seed++;
    fingerprint(&request, now);
    ck_assert_str_ne(before, now);
    request.seed--;
    request.schedules++;
    fingerprint(&request, now);
    ck_assert_str_ne(before, now);
    request.schedules--;
    ck_assert_int_eq(system("mkdir -p y && cp -r sub y/bus"), 0);
    request.dir = "y/bus";
    fingerprint(&request, now);
    ck_assert_str_ne(before, now);
    request.dir = "nowhere";
    ck_assert_int_eq(fingerprint_make(&request, now), -ENOENT);
}
END_TEST

/* --- the store ------------------------------------------------------------ */

static const char result[] = "{}\n", other[] = "{ }\n";

static int get(const struct store *store, const char *fingerprint)
{
    char *bytes = NULL;
    size_t len = 0;
    int rc = store_get(store, "ada", fingerprint, &bytes, &len);
    if (rc == 0)
        ck_assert_int_eq(len == 3 && memcmp(bytes, result, 3) == 0, 1);
    free(bytes);
    return rc;
}

static int put(const struct store *store, const char *fingerprint)
{
    return store_put(store, "ada", fingerprint, result, strlen(result));
}

START_TEST(a_store_gives_back_what_it_got)
{
    struct store store;
    ck_assert_int_eq(store_open("results", &store), 0);
    ck_assert_int_eq(get(&store, "one"), -ENOENT);
    ck_assert_int_eq(put(&store, "one"), 0);
    ck_assert_int_eq(get(&store, "one"), 0);
    ck_assert_int_eq(get(&store, "two"), -ENOENT);
    ck_assert_int_eq(put(&store, NULL), 0);
    ck_assert_int_eq(get(&store, "one"), -ENOENT);
    ck_assert_int_eq(access("results/ada.json", F_OK), 0);
    ck_assert_int_eq(put(&store, "one"), 0);
    ck_assert_int_eq(store_forget(&store, "ada"), 0);
    ck_assert_int_eq(get(&store, "one"), -ENOENT);
    ck_assert_int_eq(store_forget(&store, "ada"), 0);
    store_close(&store);
}
END_TEST

/* What somebody, or a kill at a bad moment, may do to a store. */
static const char *const harms[] = {
    "echo x > ada.json",
    "truncate -s 1 ada.json",
    "truncate -s 0 ada.json",
    "rm ada.json",
    "mv ada.json b.json && ln -s b.json ada.json",
    "rm ada.json && mkfifo ada.json",
    "rm .proclab/r.ada",
    "truncate -s 0 .proclab/r.ada",
    "truncate -s 20 .proclab/r.ada",
    "head -c 5000000 /dev/zero > .proclab/r.ada",
    "rm .proclab/r.ada && mkfifo .proclab/r.ada",
    "mv .proclab/r.ada .proclab/b && ln -s b .proclab/r.ada",
};

START_TEST(a_harmed_result_is_none_and_can_be_made_again)
{
    struct store store;
    char command[256];
    ck_assert_int_eq(store_open("results", &store), 0);
    ck_assert_int_eq(put(&store, "one"), 0);
    snprintf(command, sizeof command, "cd results && echo left > "
             ".proclab/unfinished && %s", harms[_i]);
    ck_assert_int_eq(system(command), 0);
    ck_assert_int_eq(get(&store, "one"), -ENOENT);
    ck_assert_int_eq(put(&store, "one"), 0);
    ck_assert_int_eq(get(&store, "one"), 0);
    ck_assert_int_lt(access("results/.proclab/unfinished", F_OK), 0);
    store_close(&store);
}
END_TEST

/* The same bytes under another result's seal, or under an old one. */
START_TEST(a_seal_fits_one_result_only)
{
    struct store store;
    char *bytes;
    size_t len;
    ck_assert_int_eq(store_open("results", &store), 0);
    ck_assert_int_eq(put(&store, "one"), 0);
    ck_assert_int_eq(store_put(&store, "bob", "two", other, strlen(other)), 0);
    ck_assert_int_eq(system("cd results && cp bob.json ada.json"), 0);
    ck_assert_int_eq(get(&store, "one"), -ENOENT);
    ck_assert_int_eq(get(&store, "two"), -ENOENT);
    ck_assert_int_eq(store_get(&store, "bob", "two", &bytes, &len), 0);
    free(bytes);
    store_close(&store);
}
END_TEST

START_TEST(a_store_has_one_writer)
{
    struct store store, again;
    int status = -1;
    ck_assert_int_eq(store_open("results", &store), 0);
    pid_t pid = fork();
    if (pid == 0)
        _exit(store_open("results", &again) == -EBUSY ? 0 : 1);
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert_int_eq(status, 0);
    store_close(&store);
    ck_assert_int_eq(store_open("results", &store), 0);
    store_close(&store);
    ck_assert_int_eq(store_open("nowhere/results", &store), -ENOENT);
    lab_write("file", "");
    ck_assert_int_eq(store_open("sub/01-x/file.c", &store), -ENOTDIR);
}
END_TEST

#define COUNT(array) (int)(sizeof(array) / sizeof(array)[0])

SUITE(classroom)
{
    Suite *suite = suite_create("classroom");
    TCase *tc = tcase_create("parts");
    suite_add_tcase(suite, tc);
    tcase_add_checked_fixture(tc, lab_set_up, lab_tear_down);
    tcase_add_loop_test(tc, a_name_becomes_a_harmless_file_name, 0,
                        COUNT(filenames));
    tcase_add_loop_test(tc, long_names_are_cut_and_stay_different, 0, 3);
    tcase_add_loop_test(tc, no_cell_is_a_formula, 0, COUNT(cells));
    tcase_add_test(tc, the_roll_knows_submissions_and_follows_no_link);
    tcase_add_test(tc, a_fingerprint_changes_with_what_decides_a_result);
    tcase_add_test(tc, a_store_gives_back_what_it_got);
    tcase_add_loop_test(tc, a_harmed_result_is_none_and_can_be_made_again, 0,
                        COUNT(harms));
    tcase_add_test(tc, a_seal_fits_one_result_only);
    tcase_add_test(tc, a_store_has_one_writer);
    return suite;
}
