/* JSON that is not a trace, and what is said about it. */

#include <errno.h>
#include <stdlib.h>

#include "tests/suite.h"
#include "tests/traces.h"
#include "trace/json.h"

static int read_text(const char *text, struct trace **out, char **why)
{
    json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    int rc = trace_from_json(json, out, why);
    json_decref(json);
    return rc;
}

#define HEAD                                                                \
    "\"schema\":\"proclab-trace/v1\",\"outcome\":\"ended\",\"exact\":true,"   \
    "\"honest_clock\":true,\"end_ns\":0,"
#define EVENTS(list) "{" HEAD "\"decisions\":[],\"events\":[" list "]}"
#define FIRST "{\"t_ns\":0,\"kind\":\"born\",\"proc\":0},"
#define SECOND(rest) EVENTS(FIRST "{\"t_ns\":0,\"kind\":\"name\"," rest "}")
#define CHOICE(list) "{" HEAD "\"events\":[],\"decisions\":[" list "]}"

/* A second event with these facts; with whole ones but for a part. */
#define FACTS(facts)                                                        \
    EVENTS(FIRST "{\"t_ns\":0,\"kind\":\"facts\",\"proc\":0,\"facts\":" facts \
                 "}")
#define IDS                                                                 \
    "\"terminal\":false,\"parent\":\"outside\",\"group\":0,\"session\":0,"
#define USERS                                                               \
    "\"umask\":18,\"uid\":1,\"euid\":1,\"gid\":1,\"egid\":1,\"nice\":0,"
#define MASKS "\"blocked\":[],\"ignored\":[],\"caught\":[1,64],"
#define DESCRIPTOR(rest)                                                    \
    FACTS("{" IDS USERS MASKS "\"descriptors\":[{\"number\":0," rest "}]}")
#define OPEN "\"access\":\"both\",\"close_on_exec\":false"

static const struct {
    const char *text, *why;
} rejects[] = {
    {"[]", "trace: not an object"},
    {"no JSON", "trace: not an object"},
    {"{}", "schema: missing"},
    {"{\"schema\":\"proclab-trace/v2\"}", "schema: not \"proclab-trace/v1\""},
    {"{\"schema\":\"proclab-trace/v1\",\"outcome\":\"won\\u001b\"}",
     "outcome: \"won?\" is not a word known here"},
    {"{\"schema\":\"proclab-trace/v1\",\"outcome\":3}",
     "outcome: not a string"},
    {"{" HEAD "\"decisions\":[]}", "events: missing"},
    {"{" HEAD "\"events\":[]}", "decisions: missing"},
    {"{" HEAD "\"decisions\":[],\"events\":{}}", "events: not an array"},
    {EVENTS("7"), "events[0]: not an object"},
    {EVENTS(FIRST "{}"), "events[1].t_ns: missing"},
    {EVENTS(FIRST "{\"t_ns\":1.5}"), "events[1].t_ns: not an integer"},
    {EVENTS(FIRST "{\"t_ns\":1}"), "events[1].kind: missing"},
    {EVENTS("{\"t_ns\":1,\"kind\":\"hatched\"}"),
     "events[0].kind: \"hatched\" is not a word known here"},
    {EVENTS("{\"t_ns\":1,\"kind\":\"born\",\"proc\":1}"),
     "events[0].proc: there is no process 1 (of 1)"},
    {EVENTS(FIRST "{\"t_ns\":1,\"kind\":\"born\",\"proc\":0}"),
     "events[1].proc: process 1 should be born here"},
    {EVENTS("{\"t_ns\":1,\"kind\":\"born\",\"proc\":\"kernel\"}"),
     "events[0].proc: process 0 should be born here"},
    {SECOND("\"proc\":-1"), "events[1].proc: there is no process -1 (of 1)"},
    {SECOND("\"proc\":\"init\""),
     "events[1].proc: \"init\" is not a word known here"},
    {SECOND("\"proc\":4294967296"), "events[1].proc: 4294967296 is too large"},
    {SECOND("\"proc\":0,\"other\":null"), "events[1].other: not an integer"},
    {SECOND("\"proc\":0,\"other\":1"),
     "events[1].other: there is no process 1 (of 1)"},
    {SECOND("\"proc\":0,\"thread\":\"x\""), "events[1].thread: not an integer"},
    {SECOND("\"proc\":0,\"a\":true"), "events[1].a: not an integer"},
    {SECOND("\"proc\":0,\"b\":[]"), "events[1].b: not an integer"},
    {SECOND("\"proc\":0,\"text\":7"), "events[1].text: not a string"},
    {SECOND("\"proc\":0,\"hex\":7"), "events[1].hex: not a string"},
    {SECOND("\"proc\":0,\"hex\":\"abc\""),
     "events[1].hex: an odd number of digits"},
    {SECOND("\"proc\":0,\"hex\":\"00AB\""),
     "events[1].hex: no hexadecimal digit at 2"},
    {SECOND("\"proc\":0,\"hex\":\"\",\"text\":\"\""),
     "events[1].hex: \"text\" is there as well"},
    {SECOND("\"proc\":0,\"pc\":12"), "events[1].pc: not a string"},
    {SECOND("\"proc\":0,\"pc\":\"0x\""),
     "events[1].pc: not an address (\"0x\" and 1 to 16 digits)"},
    {SECOND("\"proc\":0,\"pc\":\"0x12345678901234567\""),
     "events[1].pc: not an address (\"0x\" and 1 to 16 digits)"},
    {EVENTS(FIRST "{\"t_ns\":0,\"kind\":\"facts\",\"proc\":0}"),
     "events[1].facts: missing"},
    {SECOND("\"proc\":0,\"facts\":{}"), "events[1].facts: not in this event"},
    {FACTS("[]"), "events[1].facts: not an object"},
    {FACTS("{}"), "events[1].facts.terminal: missing"},
    {FACTS("{\"terminal\":false,\"cwd\":3}"),
     "events[1].facts.cwd: not a string"},
    {FACTS("{\"terminal\":false,\"root_hex\":\"2f002f\"}"),
     "events[1].facts.root_hex: a NUL byte"},
    {FACTS("{\"terminal\":false}"), "events[1].facts.parent: missing"},
    {FACTS("{\"terminal\":false,\"parent\":4}"),
     "events[1].facts.parent: there is no process 4 (of 1)"},
    {FACTS("{" IDS "\"umask\":\"022\"}"),
     "events[1].facts.umask: not an integer"},
    {FACTS("{" IDS USERS "\"blocked\":3}"),
     "events[1].facts.blocked: not an array"},
    {FACTS("{" IDS USERS "\"blocked\":[1,65]}"),
     "events[1].facts.blocked: not a signal's number at 1"},
    {FACTS("{" IDS USERS MASKS "\"a\":1}"),
     "events[1].facts.descriptors: missing"},
    {FACTS("{" IDS USERS MASKS "\"descriptors\":[4]}"),
     "events[1].facts.descriptors[0].number: not in an object"},
    {DESCRIPTOR("\"object\":\"hole\""),
     "events[1].facts.descriptors[0].object: \"hole\" is not a word known "
     "here"},
    {DESCRIPTOR("\"object\":\"file\",\"access\":\"much\""),
     "events[1].facts.descriptors[0].access: \"much\" is not a word known "
     "here"},
    {DESCRIPTOR("\"object\":\"file\",\"access\":\"both\""),
     "events[1].facts.descriptors[0].close_on_exec: missing"},
    {DESCRIPTOR("\"object\":\"pipe\",\"ordinal\":\"1\"," OPEN),
     "events[1].facts.descriptors[0].ordinal: not an integer"},
    {DESCRIPTOR("\"object\":\"file\",\"path_hex\":\"7\"," OPEN),
     "events[1].facts.descriptors[0].path_hex: an odd number of digits"},
    {FACTS("{" IDS USERS MASKS "\"descriptors\":[{\"number\":-1}]}"),
     "events[1].facts.descriptors[0].number: -1 is no descriptor"},
    {CHOICE("{\"kind\":0,\"options\":1,\"chosen\":0}"),
     "decisions[0].options: 1 is no choice"},
    {CHOICE("{\"kind\":0,\"options\":2,\"chosen\":2}"),
     "decisions[0].chosen: 2 of 2 options"},
    {CHOICE("3"), "decisions[0]: not an object"},
    {CHOICE("{\"kind\":0,\"options\":2}"), "decisions[0].chosen: missing"},
    {CHOICE("{\"kind\":0,\"options\":2,\"chosen\":1,\"usual\":-1}"),
     "decisions[0].usual: -1 of 2 options"},
    {CHOICE("{\"kind\":0,\"options\":2,\"chosen\":1,\"usual\":0,"
            "\"event\":1}"),
     "decisions[0].event: there are 0"},
    {CHOICE("{\"kind\":0,\"options\":2,\"chosen\":1,\"usual\":0,"
            "\"event\":0,\"proc\":0}"),
     "decisions[0].proc: there is no process 0 (of 0)"},
};

START_TEST(bad_input_is_rejected_with_the_place_and_the_reason)
{
    struct trace *back = NULL;
    char *why = NULL;
    const char *text = rejects[_i].text;
    ck_assert_int_eq(read_text(text, &back, &why), -EINVAL);
    ck_assert_ptr_null(back);
    ck_assert_ptr_nonnull(why);
    ck_assert_str_eq(why, rejects[_i].why);
    free(why);
    ck_assert_int_eq(read_text(text, &back, NULL), -EINVAL);
}
END_TEST

START_TEST(what_is_not_known_here_is_no_error)
{
    static const char text[] = SECOND("\"proc\":0,\"mood\":\"good\"");
    struct trace *back = NULL;
    ck_assert_int_eq(read_text(text, &back, NULL), 0);
    ck_assert_uint_eq(back->n_events, 2);
    trace_free(back);
}
END_TEST

SUITE(trace_reject)
{
    Suite *suite = suite_create("trace_reject");
    TCase *tc = tcase_create("reject");
    tcase_add_loop_test(tc,
                        bad_input_is_rejected_with_the_place_and_the_reason, 0,
                        LENGTH(rejects));
    tcase_add_test(tc, what_is_not_known_here_is_no_error);
    suite_add_tcase(suite, tc);
    return suite;
}
