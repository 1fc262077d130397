#include "sandbox/machine.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What a container's engine has to be told, for all that we need. */
#define UNCONFINED                                                         \
    "start the container with --cap-add SYS_PTRACE --security-opt "        \
    "seccomp=unconfined --security-opt apparmor=unconfined --security-opt " \
    "systempaths=unconfined"

long machine_number(const char *path)
{
    long number;
    FILE *file = fopen(path, "re");
    if (!file || fscanf(file, "%ld", &number) != 1)
        number = -1;
    if (file)
        fclose(file);
    return number;
}

/* A number from /proc/self/status, or 0. */
static long own_status(const char *name)
{
    char line[128];
    long number = 0;
    size_t len = strlen(name);
    FILE *file = fopen("/proc/self/status", "re");
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, name, len) == 0 && line[len] == ':')
            sscanf(line + len + 1, "%ld", &number);
    if (file)
        fclose(file);
    return number;
}

const char *machine_no_ptrace(void)
{
    long scope = machine_number("/proc/sys/kernel/yama/ptrace_scope");
    if (own_status("TracerPid") != 0)
        return "proclab itself is traced, and so is what it starts; start it "
               "without strace or a debugger";
    if (scope >= 3)
        return "Yama forbids ptrace until the next boot (ptrace_scope is 3); "
               "as root: echo kernel.yama.ptrace_scope=1 "
               ">/etc/sysctl.d/zz-proclab.conf && reboot";
    if (scope == 2)
        return "Yama allows ptrace to root only (ptrace_scope is 2); as root: "
               "sysctl -w kernel.yama.ptrace_scope=1";
    if (machine_number("/sys/fs/selinux/booleans/deny_ptrace") == 1)
        return "SELinux forbids ptrace (deny_ptrace); as root: "
               "setsebool -P deny_ptrace off";
    return "ptrace is forbidden here, as in some containers; " UNCONFINED;
}

const char *machine_no_filter(void)
{
    return own_status("Seccomp") == 2
               ? "no further seccomp filter is allowed here; " UNCONFINED
               : "the kernel has no seccomp filters; use a kernel with "
                 "CONFIG_SECCOMP_FILTER, as those of Debian";
}

static const char *no_user_namespace(void)
{
    if (machine_number("/proc/sys/kernel/unprivileged_userns_clone") == 0)
        return "user namespaces are allowed to root only; as root: sysctl -w "
               "kernel.unprivileged_userns_clone=1";
    if (machine_number("/proc/sys/kernel/"
                       "apparmor_restrict_unprivileged_userns") == 1)
        return "AppArmor restricts user namespaces; as root: sysctl -w "
               "kernel.apparmor_restrict_unprivileged_userns=0";
    return "user namespaces are forbidden here, as in most "
           "containers; " UNCONFINED;
}

static bool is_full(int error)
{
    return error == ENOSPC || error == EUSERS;
}

const char *machine_no_nest(int error, const char *where)
{
    if (strcmp(where, "mounting /proc") == 0 && error == EPERM)
        return "parts of /proc are hidden here, as in most "
               "containers; " UNCONFINED;
    if (error == EPERM || error == EACCES)
        return no_user_namespace();
    if (!*where && is_full(error))
        return "no more user namespaces are allowed; as root: sysctl -w "
               "user.max_user_namespaces=10000";
    if (error == EAGAIN)
        return "no more processes are allowed; end some, or raise the limit "
               "of this user: ulimit -u";
    if (error == EINVAL || error == ENOSYS)
        return "the kernel has no user, pid or mount namespaces; use a kernel "
               "with CONFIG_USER_NS and CONFIG_PID_NS, as those of Debian";
    if (error == ENOMEM)
        return "there is not enough memory for a process; end others";
    static _Thread_local char text[128];
    snprintf(text, sizeof text, "%.48s failed (%.40s); try again",
             *where ? where : "making a pid namespace", strerror(error));
    return text;
}
