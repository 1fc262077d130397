/* What a report takes from programs and people: bytes, YAML, JSON. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/clean.h"
#include "report/code.h"
#include "report/figure.h"
#include "report/student.h"
#include "report/transcript.h"
#include "tests/suite.h"
#include "tests/traces.h"

#define ESC "\033"
#define BAD "\xef\xbf\xbd"
#define PICTURE(low) "\xe2\x90" low

/* --- bytes ---------------------------------------------------------------- */

static const struct {
    const char *in, *out;
} byte_rows[] = {
    {"plain, \xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80",
     "plain, \xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"},
    {"<script>&\"'`{=html}", "<script>&\"'`{=html}"},
    /* sequences for terminals */
    {ESC "[31mred" ESC "[0m", "red"},
    {ESC "[38;2;1;2;3mx" ESC "[?25ly", "xy"},
    {ESC "[2J" ESC "[1;1Hx", "x"},
    {ESC "]0;title\007x", "x"},
    {ESC "]8;;http://x/" ESC "\\link" ESC "]8;;" ESC "\\", "link"},
    {ESC "P1$r0m" ESC "\\x" ESC "_a" ESC "\\" ESC "^p" ESC "\\y", "xy"},
    {"a" ESC "[", "a"},
    {"a" ESC, "a" PICTURE("\x9b")},
    {"a" ESC "c", "a" PICTURE("\x9b") "c"},
    /* what has no end hides nothing */
    {"a" ESC "]0;x\nnext", "a" PICTURE("\x9b") "]0;x\nnext"},
    {"a" ESC "[31\nb", "a\nb"},
    /* other controls */
    {"a\rb\bc\007\x7f\x01", "a" PICTURE("\x8d") "b" PICTURE("\x88") "c"
     PICTURE("\x87") PICTURE("\xa1") PICTURE("\x81")},
    {"\xc2\x9b" "31m", BAD "31m"},
    {"\xc2\x85\xe2\x80\xa8\xe2\x80\xa9", BAD BAD BAD},
    {"a\tb\n\tc", "a       b\n        c"},
    /* what is no UTF-8 */
    {"\xff\xfe", BAD BAD},
    {"\xc0\xaf", BAD BAD},
    {"\xed\xa0\x80", BAD BAD BAD},
    {"\xf4\x90\x80\x80", BAD BAD BAD BAD},
    {"\xe2\x82", BAD BAD},
    /* what turns or hides its neighbours */
    {"\xe2\x80\xae" "x\xe2\x81\xa6y\xe2\x80\x8f", BAD "x" BAD "y" BAD},
    {"a\xe2\x80\x8b" "b\xef\xbb\xbf" "c\xc2\xad", "a" BAD "b" BAD "c" BAD},
    {"e\xcc\x81", "e\xcc\x81"},
    {"e\xcc\x81\xcc\x82\xcc\x83\xcc\x84", "e\xcc\x81\xcc\x82" BAD BAD},
};

START_TEST(bytes_become_fit)
{
    struct clean_style style = {.lines = true};
    const char *in = byte_rows[_i].in;
    char *out = clean_text(in, strlen(in), &style);
    ck_assert_str_eq(out, byte_rows[_i].out);
    /* What is fit stays so. */
    char *again = clean_text(out, strlen(out), &style);
    if (!strstr(out, BAD))
        ck_assert_str_eq(again, out);
    free(again);
    free(out);
}
END_TEST

START_TEST(nul_and_newline_in_one_line_are_pictures)
{
    char *out = clean_text("a\0b\n\t", 5, &(struct clean_style){.wrap = 0});
    ck_assert_str_eq(out, "a" PICTURE("\x80") "b" PICTURE("\x8a")
                          PICTURE("\x89"));
    free(out);
    out = clean_line(NULL);
    ck_assert_str_eq(out, "");
    free(out);
}
END_TEST

START_TEST(long_lines_are_broken)
{
    struct clean_style style = {.lines = true, .wrap = 4, .indent = 1};
    /* Two columns a character. */
    const char *in = "abcdefgh\nx\xe4\xb8\xad\xe4\xb8\xad";
    char *out = clean_text(in, strlen(in), &style);
    ck_assert_str_eq(out, "abcd\n efg\n h\nx\xe4\xb8\xad\n \xe4\xb8\xad");
    free(out);
}
END_TEST

/* --- student.yaml --------------------------------------------------------- */

static const struct {
    const char *yaml;
    const char *name; /* NULL: none */
    const char *why;  /* words of the message; NULL: it is good */
} yamls[] = {
    {"name: Ada Lovelace\nid: 12\ndate: 2026-01-30\n", "Ada Lovelace", NULL},
    {"", NULL, NULL},
    {"# nothing yet\n", NULL, NULL},
    {"name:\nid:\n", "", NULL},
    {"name: \"</title>\\e[31m\"\n", "</title>" ESC "[31m", NULL},
    {"name: A" ESC "[31mB\xff\n", "AB" BAD, NULL},
    {"name: Ada\nnam: x\n", NULL, "line 2, column 1: there is no 'nam' here"},
    {"id: 1\n\n# c\nage: 3\n", NULL, "line 4, column 1: there is no 'age'"},
    {"name: [a, b]\n", NULL, "line 1, column 7: Expecting STRING"},
    {"name: a\nid: {x: y}\n", NULL, "line 2, column 5:"},
    {"id: 1\nname: \"Ada\n", NULL, "line 2, column 1:"},
    {"name: a\nname: b\n", NULL, "already seen: name"},
    {"- a\n", NULL, "MAPPING"},
    {"name: &x a\nid: *x\n", NULL, "alias"},
};

START_TEST(student_yaml_is_read_or_refused)
{
    struct student student;
    char *why;
    int rc = student_parse(yamls[_i].yaml, strlen(yamls[_i].yaml), &student,
                           &why);
    if (yamls[_i].why) {
        ck_assert_int_eq(rc, -EINVAL);
        ck_assert_msg(why && strstr(why, yamls[_i].why), "%s", why);
        free(why);
        return;
    }
    ck_assert_int_eq(rc, 0);
    ck_assert_ptr_null(why);
    if (yamls[_i].name)
        ck_assert_str_eq(student.name, yamls[_i].name);
    else
        ck_assert_ptr_null(student.name);
    student_free(&student);
}
END_TEST

START_TEST(a_name_of_a_page_is_refused)
{
    char yaml[1000] = "name: ";
    struct student student;
    char *why;
    memset(yaml + 6, 'x', 900);
    ck_assert_int_eq(student_parse(yaml, strlen(yaml), &student, &why),
                     -EINVAL);
    ck_assert_ptr_nonnull(strstr(why, "length"));
    free(why);
}
END_TEST

/* --- transcripts ---------------------------------------------------------- */

static int lines_of(const char *text)
{
    int n = 0;
    for (; *text; text++)
        n += *text == '\n';
    return n;
}

START_TEST(a_transcript_tells_who_and_when)
{
    struct trace_event events[] = {
        START(3),
        FORK(S, 0, 1, 4),
        NAME(S, 1, "worker"),
        WRITES(1500000000, 1, 1, "one\ntwo " ESC "[31m\xff\n"),
        WRITES(2 * S, 0, 2, "oh\n"),
        EXITS(3 * S, 1, 0),
        EXITS(3 * S, 0, 0),
    };
    const struct trace trace = TRACE_OF(TRACE_ENDED, 3 * S, events);
    char *text = transcript_of_trace(&trace);
    ck_assert_str_eq(text, "    1.500 s  worker (1.1)   one\n"
                           "    1.500 s  worker (1.1)   two " BAD "\n"
                           "    2.000 s  process 1    ! oh\n");
    free(text);
    char *nothing = transcript_of_trace(&trace_empty);
    ck_assert_str_eq(nothing, "");
    free(nothing);
}
END_TEST

/* One write of ten megabytes: @param line its lines' length, newline and all */
static char *flood(size_t line)
{
    enum { SIZE = 10 << 20 };
    char *bytes = malloc(SIZE + 1);
    memset(bytes, 'x', SIZE);
    for (size_t i = line - 1; i < SIZE; i += line)
        bytes[i] = '\n';
    bytes[SIZE] = '\0';
    struct trace_event events[] = {START(3), WRITES(0, 0, 1, "")};
    events[1].text = bytes;
    events[1].len = SIZE;
    const struct trace trace = TRACE_OF(TRACE_ENDED, S, events);
    char *text = transcript_of_trace(&trace);
    free(bytes);
    return text;
}

START_TEST(ten_megabytes_are_cut_in_the_middle)
{
    char *text = flood(2);
    ck_assert_int_eq(lines_of(text), TRANSCRIPT_HEAD + 1 + TRANSCRIPT_TAIL);
    ck_assert_ptr_nonnull(strstr(text, "... 5242800 lines left out ...\n"));
    ck_assert_uint_lt(strlen(text), 10000);
    free(text);
    text = flood(10 << 20);
    ck_assert_ptr_nonnull(strstr(text, "... and 10485359 bytes more\n"));
    ck_assert_uint_lt(strlen(text), 1000);
    free(text);
}
END_TEST

START_TEST(a_result_counts_what_it_has_not)
{
    struct transcript_line lines[] = {{1500, (char *)"main", (char *)"hello"}};
    const struct run_result run = {
        .n_lines = 1, .lines = lines, .left_out = 7,
    };
    char *text = transcript_of_run(&run);
    ck_assert_str_eq(text, "    1.500 s  main   hello\n"
                           "            ... 7 lines left out ...\n");
    free(text);
}
END_TEST

START_TEST(figures_are_data)
{
    struct figures figures = {.n = 0};
    char *uri = figures_add(&figures, &(struct figure){
        .name = strdup("a.svg"),
        .caption = strdup("A"),
        .svg = strdup("<svg/>"),
    });
    ck_assert_str_eq(uri, "data:image/svg+xml;base64,PHN2Zy8+");
    ck_assert_uint_eq(figures.n, 1);
    free(uri);
    uri = figures_add(&figures, &(struct figure){.name = strdup("b.svg"),
                                                 .caption = strdup("B")});
    ck_assert_ptr_null(uri);
    ck_assert_uint_eq(figures.n, 1);
    figures_free(&figures);
}
END_TEST

/* --- code ----------------------------------------------------------------- */

#define CODE_LINE(n) \
    "<span id=\"cb7-" n "\"><a href=\"#cb7-" n "\" aria-hidden=\"true\"></a>"
#define SPAN(class, text) "<span class=\"" class "\">" text "</span>"

static const struct {
    const char *in, *out;
} code_rows[] = {
    {"", ""},
    {"<p>" SPAN("note", "a") "</span></p>", "<p>" SPAN("note", "a") "</span></p>"},
    {CODE_LINE("1") "</span>\n" CODE_LINE("23") "x;</span>",
     "<i>   1  </i>\n<i>  23  </i>x;"},
    {CODE_LINE("12345") "</span>", "<i>12345  </i>"},
    {CODE_LINE("1") SPAN("op", "(") SPAN("cf", "if") SPAN("op", ")") "</span>",
     "<i>   1  </i>(" SPAN("kw", "if") ")"},
    {CODE_LINE("1") SPAN("kw", "static") "  " SPAN("dt", "int") " f</span>",
     "<i>   1  </i>" SPAN("kw", "static  int") " f"},
    {CODE_LINE("1") SPAN("st", "&quot;") SPAN("sc", "\\n") SPAN("dv", "1") "</span>",
     "<i>   1  </i>" SPAN("st", "&quot;\\n") SPAN("dv", "1")},
    /* those of two lines stay two, and those outside of code what they are */
    {CODE_LINE("1") SPAN("co", "a") "</span>\n" CODE_LINE("2") SPAN("co", "b")
     "</span>" SPAN("op", "c"),
     "<i>   1  </i>" SPAN("co", "a") "\n<i>   2  </i>" SPAN("co", "b")
     SPAN("op", "c")},
    {"<span id=\"cb\">x</span>", "<span id=\"cb\">x</span>"},
    {"<span class=\"op", "<span class=\"op"},
};

START_TEST(code_has_few_elements)
{
    char html[500];
    snprintf(html, sizeof html, "%s", code_rows[_i].in);
    size_t len = code_tidy(html);
    ck_assert_str_eq(html, code_rows[_i].out);
    ck_assert_uint_eq(len, strlen(html));
}
END_TEST

SUITE(report_text)
{
    Suite *suite = suite_create("report_text");
    TCase *tc = tcase_create("texts");
    tcase_set_timeout(tc, 120);
    tcase_add_loop_test(tc, bytes_become_fit, 0, LENGTH(byte_rows));
    tcase_add_test(tc, nul_and_newline_in_one_line_are_pictures);
    tcase_add_test(tc, long_lines_are_broken);
    tcase_add_loop_test(tc, student_yaml_is_read_or_refused, 0, LENGTH(yamls));
    tcase_add_test(tc, a_name_of_a_page_is_refused);
    tcase_add_test(tc, a_transcript_tells_who_and_when);
    tcase_add_test(tc, ten_megabytes_are_cut_in_the_middle);
    tcase_add_test(tc, a_result_counts_what_it_has_not);
    tcase_add_test(tc, figures_are_data);
    tcase_add_loop_test(tc, code_has_few_elements, 0, LENGTH(code_rows));
    suite_add_tcase(suite, tc);
    return suite;
}
