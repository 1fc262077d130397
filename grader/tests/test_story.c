/* A run in words: a sentence for each kind of event. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course/story.h"
#include "tests/suite.h"

#define TEXT(words) .text = (char *)(words), .len = sizeof(words) - 1

/* Main is process 0, its child 1; the event in question comes after them. */
static const struct {
    struct trace_event event;
    const char *sentence;
} rows[] = {
    {{.kind = TRACE_BORN, .proc = 0, .other = TRACE_OUTSIDE},
     "The program begins, as main"},
    {{.kind = TRACE_BORN, .proc = 1, .other = 0, .a = TRACE_BY_FORK},
     "main starts process 1.1"},
    {{.kind = TRACE_BORN, .proc = 1, .other = 0, .a = TRACE_BY_VFORK},
     "main starts process 1.1, and waits until it has executed a program or "
     "ended"},
    {{.kind = TRACE_THREAD, .a = 2}, "main starts its thread 2"},
    {{.kind = TRACE_THREAD_EXIT, .thread = 2}, "thread 2 of main ends"},
    {{.kind = TRACE_EXEC, TEXT("ls\0-l\0")},
     "main executes the program: ls -l"},
    {{.kind = TRACE_EXEC_FAILED, TEXT("no"), .a = 2},
     "main cannot execute no: No such file or directory (ENOENT)"},
    {{.kind = TRACE_NAME, TEXT("A\033B")},
     "main is called \"A\\x1bB\" from now on"},
    {{.kind = TRACE_BLOCK,
      .a = TRACE_WAIT_SLEEP,
      .b = 2000000000,
      TEXT("nanosleep(2 s)")},
     "main sleeps in nanosleep(2 s), until 2.000 s"},
    {{.kind = TRACE_BLOCK, .a = TRACE_WAIT_CHILD, .b = -1, TEXT("waitpid(-1)")},
     "main waits for any of its children in waitpid(-1)"},
    {{.kind = TRACE_BLOCK, .a = TRACE_WAIT_CHILD, .b = -1, TEXT("waitpid(4)")},
     "main waits for process 1.1 in waitpid()"},
    {{.kind = TRACE_BLOCK,
      .a = TRACE_WAIT_FUTEX,
      .b = -1,
      TEXT("a lock, semaphore or condition")},
     "main waits for a lock, semaphore or condition"},
    {{.kind = TRACE_BLOCK, .a = TRACE_WAIT_POLL, .b = 1000000, TEXT("poll(1)")},
     "main waits for something to happen in poll(1), until 0.001 s at most"},
    {{.kind = TRACE_RESUME}, "main goes on"},
    {{.kind = TRACE_RESUME, .a = -4},
     "main goes on; its call has failed: Interrupted system call (EINTR)"},
    {{.kind = TRACE_STOP, .a = 19}, "main is stopped by SIGSTOP"},
    {{.kind = TRACE_CONTINUE}, "main is no longer stopped"},
    {{.kind = TRACE_SIGNAL, .other = 1, .a = 15},
     "main sends SIGTERM to process 1.1"},
    {{.kind = TRACE_SIGNAL, .other = 0, .a = 10},
     "main sends SIGUSR1 to itself"},
    {{.kind = TRACE_SIGNAL, .other = 1},
     "main asks whether process 1.1 is "
     "there, by signal 0"},
    {{.kind = TRACE_SIGNAL, .other = TRACE_NOBODY, .a = 15, .b = -3},
     "main wants to send SIGTERM to somebody who is not there; that fails: No "
     "such process (ESRCH)"},
    {{.kind = TRACE_DELIVER,
      .other = TRACE_KERNEL,
      .a = 14,
      .b = TRACE_HANDLED},
     "main gets SIGALRM from the kernel, and its handler runs"},
    {{.kind = TRACE_DELIVER, .proc = 1, .other = 0, .a = 15},
     "process 1.1 gets SIGTERM from main, and has arranged nothing for it: the "
     "default action"},
    {{.kind = TRACE_HANDLER, .a = 2, .b = TRACE_IGNORED},
     "main ignores SIGINT from now on"},
    {{.kind = TRACE_EXIT, .a = 3}, "main ends with exit code 3"},
    {{.kind = TRACE_EXIT, .b = 9}, "main is killed by SIGKILL"},
    {{.kind = TRACE_REAP, .other = 1},
     "main has waited for process 1.1, and learns how it ended"},
    {{.kind = TRACE_REAP, .proc = TRACE_OUTSIDE, .other = 1},
     "init has waited for process 1.1, and learns how it ended"},
    {{.kind = TRACE_REAP, .proc = TRACE_KERNEL, .other = 1},
     "Nobody has to wait for process 1.1, as its parent ignores SIGCHLD"},
    {{.kind = TRACE_ORPHAN, .proc = 1, .other = TRACE_OUTSIDE},
     "process 1.1 has lost its parent, and belongs to init now"},
    {{.kind = TRACE_WRITE, .a = 2, TEXT("no\n")},
     "main writes \"no\\n\" to standard error"},
    {{.kind = TRACE_READ}, "main comes to the end of standard input"},
    {{.kind = TRACE_READ, .a = 3}, "main reads 3 bytes of standard input"},
    {{.kind = TRACE_INPUT, .proc = TRACE_SCENARIO, TEXT("q\n")},
     "Somebody types \"q\\n\""},
    {{.kind = TRACE_INPUT, .proc = TRACE_SCENARIO}, "Standard input is closed"},
    {{.kind = TRACE_GROUP, .other = 1, .a = 4},
     "main puts process 1.1 into process group 4"},
    {{.kind = TRACE_SESSION},
     "main begins a session of its own, without a "
     "terminal"},
    {{.kind = TRACE_CALL, TEXT("chdir(/no)"), .a = -2},
     "main calls chdir(/no); that fails: No such file or directory (ENOENT)"},
    {{.kind = TRACE_FACTS}, "main is looked at"},
    {{.kind = TRACE_FAULT, TEXT("fork()"), .b = 11},
     "main calls fork(); injected: it fails: Resource temporarily unavailable "
     "(EAGAIN)"},
    {{.kind = TRACE_FAULT, TEXT("setsid()"), .a = TRACE_FAULT_RESULT, .b = 7},
     "main calls setsid(); injected: it returns 7 and does nothing"},
    {{.kind = TRACE_FAULT, TEXT("write(1)"), .a = TRACE_FAULT_SHORT, .b = 1},
     "main calls write(1); injected: it handles 1 byte at most"},
    {{.kind = TRACE_FAULT, TEXT("waitpid(-1)"), .a = TRACE_FAULT_SIGNAL,
      .b = 17},
     "main calls waitpid(-1); injected: the signal SIGCHLD"},
    {{.kind = TRACE_FAULT, TEXT("fork()"), .a = TRACE_FAULT_DELAY,
      .b = 2000000000},
     "main calls fork(); injected: a delay of 2.000 s"},
};

enum { ROWS = sizeof rows / sizeof rows[0] };

static struct trace_event events[3] = {
    {.kind = TRACE_BORN, .proc = 0, .other = TRACE_OUTSIDE, .b = 3},
    {.kind = TRACE_BORN, .proc = 1, .other = 0, .a = TRACE_BY_FORK, .b = 4},
};
static struct trace trace = {.n_events = 3, .events = events};

START_TEST(an_event_is_a_sentence)
{
    struct text text;
    events[2] = rows[_i].event;
    ck_assert_str_eq(story_sentence(&text, &trace, 2), rows[_i].sentence);
}
END_TEST

START_TEST(every_kind_has_a_sentence)
{
    bool told[TRACE_KINDS] = {false};
    for (int i = 0; i < ROWS; i++)
        told[rows[i].event.kind] = true;
    for (int kind = 0; kind < TRACE_KINDS; kind++)
        ck_assert_msg(told[kind], "%s", trace_kind_name((enum trace_kind)kind));
}
END_TEST

/* Whatever a file says is told: numbers out of range, no text. */
START_TEST(nonsense_is_told_too)
{
    static const int64_t odd[] = {INT64_MIN, -1, 0, 5, 99, INT64_MAX};
    struct text text;
    for (int kind = 0; kind < TRACE_KINDS; kind++)
        for (size_t i = 0; i < 36; i++) {
            events[2] = (struct trace_event){.kind = (enum trace_kind)kind,
                                             .other = TRACE_NOBODY,
                                             .a = odd[i % 6],
                                             .b = odd[i / 6]};
            ck_assert_uint_gt(strlen(story_sentence(&text, &trace, 2)), 5);
        }
}
END_TEST

static char *story(int width)
{
    char *text = NULL;
    size_t len;
    struct page page = {.out = open_memstream(&text, &len), .width = width};
    ck_assert_int_eq(story_write(&page, &trace, NULL, SOURCE_ANY), 0);
    fclose(page.out);
    return text;
}

START_TEST(who_is_left_is_told_last)
{
    events[2] = (struct trace_event){.kind = TRACE_BLOCK,
                                     .t_ns = 1000000,
                                     .a = TRACE_WAIT_CHILD,
                                     .b = -1,
                                     TEXT("waitpid(4)")};
    trace.outcome = TRACE_DEADLOCK;
    char *text = story(200);
    ck_assert_str_eq(
        text, "   0.000 s   The program begins, as main.\n"
              "   0.000 s   Main starts process 1.1.\n"
              "   0.001 s   Main waits for process 1.1 in waitpid().\n"
              "Deadlock: everyone waited, and nothing was left that could wake "
              "anyone.\n"
              "  Main waits for process 1.1 in waitpid() since 0.001 s.\n"
              "  Process 1.1 runs.\n");
    free(text);
}
END_TEST

START_TEST(lines_are_as_wide_as_the_page)
{
    for (int width = 40; width < 90; width += 7) {
        char *text = story(width);
        for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
            ck_assert_int_le((int)strlen(line), width);
        free(text);
    }
}
END_TEST

SUITE(story)
{
    Suite *s = suite_create("story");
    TCase *tests = tcase_create("story");
    tcase_add_loop_test(tests, an_event_is_a_sentence, 0, ROWS);
    tcase_add_test(tests, every_kind_has_a_sentence);
    tcase_add_test(tests, nonsense_is_told_too);
    tcase_add_test(tests, who_is_left_is_told_last);
    tcase_add_test(tests, lines_are_as_wide_as_the_page);
    suite_add_tcase(s, tests);
    return s;
}
