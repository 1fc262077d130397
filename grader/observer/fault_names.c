#include "observer/fault_names.h"

#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>

#include "observer/fault.h"

/* What people call it, where that is not one call of the kernel's.  libc's
 * fork() is clone(2), its open() openat(2), and so on: who names one of these
 * means all of them.  clone3 is not there for a program that is observed, and
 * libc goes on to clone. */
const struct fault_alias fault_aliases[FAULT_ALIASES] = {
    {"fork", {SYS_fork, SYS_vfork, SYS_clone, FAULT_NO_CALL}},
    {"clone3", {SYS_clone, FAULT_NO_CALL}},
    {"exec", {SYS_execve, SYS_execveat, FAULT_NO_CALL}},
    {"wait", {SYS_wait4, SYS_waitid, FAULT_NO_CALL}},
    {"waitpid", {SYS_wait4, SYS_waitid, FAULT_NO_CALL}},
    {"sleep", {SYS_nanosleep, SYS_clock_nanosleep, FAULT_NO_CALL}},
    {"open", {SYS_open, SYS_openat, FAULT_NO_CALL}},
    {"pipe", {SYS_pipe, SYS_pipe2, FAULT_NO_CALL}},
    {"dup2", {SYS_dup2, SYS_dup3, FAULT_NO_CALL}},
    {"futex_wait", {SYS_futex, FAULT_NO_CALL}},
};

const char *const *fault_kernel_names(void)
{
    static const char *names[FAULT_NUMBERS];
    for (int i = 0; !names[SYS_read] && i < FAULT_NUMBERS; i++) {
        int n = (i + SYS_read + 1) % FAULT_NUMBERS; /* that one comes last */
        names[n] = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, n);
        if (names[n] && strncmp(names[n], "rt_", 3) == 0)
            names[n] += 3;
    }
    return names;
}

const char *fault_call_name(long number)
{
    return number >= 0 && number < FAULT_NUMBERS ? fault_kernel_names()[number]
                                                 : NULL;
}

const char *const *fault_call_words(void)
{
    static const char *words[FAULT_ALIASES + FAULT_NUMBERS];
    for (int i = 0; i < FAULT_ALIASES; i++)
        words[i] = fault_aliases[i].name;
    memcpy(words + FAULT_ALIASES, fault_kernel_names(),
           FAULT_NUMBERS * sizeof *words);
    return words;
}

const char *const *fault_error_words(void)
{
    static const char *words[FAULT_ERRORS];
    for (int i = 1; i < FAULT_ERRORS; i++)
        words[i] = strerrorname_np(i);
    return words;
}

const char *const *fault_signal_words(void)
{
    static char text[FAULT_SIGNALS][16];
    static const char *words[FAULT_SIGNALS];
    for (int i = 1; i < FAULT_SIGNALS; i++)
        if (sigabbrev_np(i)) {
            snprintf(text[i], sizeof text[i], "SIG%s", sigabbrev_np(i));
            words[i] = text[i];
        }
    return words;
}
