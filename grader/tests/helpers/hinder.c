/* hinder WHAT... -- COMMAND...: runs the command on a machine that lacks
 * something.  What this needs itself may be forbidden here: status 77.
 *
 *   ptrace, seccomp  a filter refuses the call, as containers do
 *   userns           another one refuses namespaces of users, as containers do
 *   full             user.max_user_namespaces is 0
 *   alone            there is no other user, as in some containers
 *   proc             a part of /proc is hidden, as in containers
 *   yama=N           /proc says that ptrace_scope is N; with 2 and more ptrace
 *                    is refused
 *   apparmor         the same for apparmor_restrict_unprivileged_userns, and
 *                    mount(2) is refused
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { CANNOT = 77 };

static scmp_filter_ctx filter;

static void refuse(int call, int error)
{
    if (seccomp_rule_add(filter, SCMP_ACT_ERRNO((uint16_t)error), call, 0) != 0)
        errx(CANNOT, "no rule for call %d", call);
}

static void refuse_user_namespaces(void)
{
    const scmp_datum_t flag = CLONE_NEWUSER;
    const int calls[] = {SCMP_SYS(clone), SCMP_SYS(unshare)};
    for (size_t i = 0; i < 2; i++)
        if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), calls[i], 1,
                             SCMP_A0(SCMP_CMP_MASKED_EQ, flag, flag)) != 0)
            errx(CANNOT, "no rule for CLONE_NEWUSER");
    refuse(SCMP_SYS(clone3), ENOSYS);
}

static int put(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0)
        return -1;
    ssize_t n = write(fd, text, strlen(text));
    return close(fd) < 0 || n < 0 ? -1 : 0;
}

static void must(int result, const char *what)
{
    if (result < 0)
        err(CANNOT, "%s", what);
}

/* Whoever is not root needs a user namespace to mount in. */
static void own_mounts(bool own_user)
{
    char map[64];
    uid_t uid = geteuid();
    gid_t gid = getegid();
    own_user = own_user || uid != 0;
    must(unshare(CLONE_NEWNS | (own_user ? CLONE_NEWUSER : 0)), "unshare");
    if (own_user) {
        snprintf(map, sizeof map, "%u %u 1", uid, uid);
        must(put("/proc/self/uid_map", map), "uid_map");
        must(put("/proc/self/setgroups", "deny"), "setgroups");
        snprintf(map, sizeof map, "%u %u 1", gid, gid);
        must(put("/proc/self/gid_map", map), "gid_map");
    }
    must(mount("none", "/", NULL, MS_REC | MS_SLAVE, NULL), "mount /");
}

/* A whole /proc that stays visible elsewhere lets nests mount their own. */
static void keep_proc(void)
{
    must(mount("/proc", "/mnt", NULL, MS_BIND, NULL), "mount /mnt");
}

static void pretend(const char *name, const char *value)
{
    char path[256];
    struct stat st;
    if (stat("/proc/sys/kernel/hostname", &st) == 0) {
        keep_proc();
        must(mount("tmpfs", "/proc/sys/kernel", "tmpfs", 0, NULL), "tmpfs");
        must(mkdir("/proc/sys/kernel/yama", 0755), "mkdir");
    }
    snprintf(path, sizeof path, "/proc/sys/kernel/%s", name);
    must(put(path, value), path);
}

static void hinder(const char *what)
{
    if (strcmp(what, "ptrace") == 0) {
        refuse(SCMP_SYS(ptrace), EPERM);
    } else if (strcmp(what, "seccomp") == 0) {
        refuse(SCMP_SYS(seccomp), EPERM);
    } else if (strcmp(what, "userns") == 0) {
        refuse_user_namespaces();
    } else if (strcmp(what, "full") == 0) {
        own_mounts(true);
        must(put("/proc/sys/user/max_user_namespaces", "0"), "sysctl");
    } else if (strcmp(what, "alone") == 0) {
        own_mounts(true);
    } else if (strcmp(what, "proc") == 0) {
        own_mounts(false);
        must(mount("tmpfs", "/proc/sys", "tmpfs", 0, NULL), "tmpfs");
    } else if (strncmp(what, "yama=", 5) == 0) {
        own_mounts(false);
        pretend("yama/ptrace_scope", what + 5);
        if (atoi(what + 5) >= 2)
            refuse(SCMP_SYS(ptrace), EPERM);
    } else if (strcmp(what, "apparmor") == 0) {
        own_mounts(false);
        pretend("apparmor_restrict_unprivileged_userns", "1");
        refuse(SCMP_SYS(mount), EACCES);
    } else {
        errx(2, "unknown: %s", what);
    }
}

static void load(void)
{
    must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs");
    if (seccomp_load(filter) != 0)
        errx(CANNOT, "no filter can be installed");
}

int main(int argc, char **argv)
{
    int i = 1;
    filter = seccomp_init(SCMP_ACT_ALLOW);
    for (; i < argc && strcmp(argv[i], "--") != 0; i++)
        hinder(argv[i]);
    if (i + 1 >= argc)
        errx(2, "usage: hinder WHAT... -- COMMAND...");
    load();
    execvp(argv[i + 1], argv + i + 1);
    err(127, "%s", argv[i + 1]);
}
