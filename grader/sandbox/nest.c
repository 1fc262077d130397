/* Theory of operation.
 *
 * clone() makes init in new user, pid, mount, IPC and UTS namespaces at once
 * (all of it takes less than half a millisecond).  The parent writes the maps
 * of ids, as only it may, then lets init go.  Init mounts what is needed,
 * forks the body, closes everything but the control socket, and reaps.
 *
 * If we are root and the user is fixed, uid 1000 inside is NEST_OUTSIDE_UID
 * outside.  Init changes to it at once: uid 0 of a user namespace is still
 * the owner of the kernel's files in /proc/sys (measured), so being root is
 * not mended by the namespace alone.  Capabilities inside survive the change,
 * as uid 0 has no meaning there, and end with the first exec.
 */
#include "sandbox/nest.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox/machine.h"

void nest_say(int control, enum nest_news news, int number, const char *where)
{
    struct nest_message m = {.news = news, .number = number};
    snprintf(m.where, sizeof m.where, "%s", where ? where : "");
    if (send(control, &m, sizeof m, MSG_NOSIGNAL) < 0)
        return;
}

void nest_wait_for_go(int control)
{
    char go;
    nest_say(control, NEST_READY, 0, NULL);
    if (recv(control, &go, 1, 0) != 1)
        _exit(126);
}

int nest_reap(int control, pid_t child)
{
    int status, result = 0;
    for (;;) {
        pid_t pid = waitpid(-1, &status, 0);
        if (pid < 0 && errno == EINTR)
            continue;
        if (pid < 0)
            return result;
        if (pid == child)
            result = status;
        nest_say(control, NEST_REAPED, pid, NULL);
    }
}

static _Noreturn void fail_inside(int control, const char *where)
{
    nest_say(control, NEST_FAILED, errno, where);
    _exit(126);
}

static void mount_own_files(const struct nest_plan *plan, int control)
{
    char options[96];
    snprintf(options, sizeof options, "size=%zu,nr_inodes=4096,mode=1777",
             plan->files);
    if (mount("tmpfs", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, options) < 0)
        fail_inside(control, "mounting /tmp");
    if (mount("tmpfs", "/dev/shm", "tmpfs", MS_NOSUID | MS_NODEV, options) < 0)
        fail_inside(control, "mounting /dev/shm");
    if (sethostname("lab", 3) < 0)
        fail_inside(control, "setting the host name");
}

static void become_fixed_user(int control)
{
    /* Without root setgroups(2) is denied: the groups stay, unmapped. */
    if (setgroups(0, NULL) < 0 && errno != EPERM)
        fail_inside(control, "leaving the groups");
    if (setresgid(NEST_INSIDE_UID, NEST_INSIDE_UID, NEST_INSIDE_UID) < 0 ||
        setresuid(NEST_INSIDE_UID, NEST_INSIDE_UID, NEST_INSIDE_UID) < 0)
        fail_inside(control, "changing the user");
}

static void close_all_but(int fd)
{
    if (fd > 0)
        close_range(0, (unsigned)fd - 1, 0);
    close_range((unsigned)fd + 1, ~0U, 0);
}

/* Our command line would show in /proc/1 and /proc/2, seed and paths and all.
 * It lies in memory that is our own since clone(). */
static void hide_command_line(void)
{
    char text[1024] = "";
    unsigned long from = 0, to = 0;
    FILE *file = fopen("/proc/self/stat", "re");
    size_t n = file ? fread(text, 1, sizeof text - 1, file) : 0;
    if (file)
        fclose(file);
    text[n] = '\0';
    /* The name may hold anything; the 48th and 49th fields are wanted. */
    const char *field = strrchr(text, ')');
    for (int i = 2; field && i < 48; i++)
        field = strchr(field + 1, ' ');
    if (field && sscanf(field, "%lu %lu", &from, &to) == 2 && from < to)
        memset((void *)from, 0, to - from);
}

/* Signals from inside the namespace do not reach init unless it has a handler
 * (pid_namespaces(7)), so it needs no defence. */
static _Noreturn void run_init(const struct nest_plan *plan, int control)
{
    char go;
    if (recv(control, &go, 1, 0) != 1)
        _exit(126);
    if (plan->fixed_user)
        become_fixed_user(control);
    /* After the change of user, which clears it. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NAME, "proclab-init");
    /* Whoever died before that sent no signal, but is gone from the socket. */
    if (recv(control, &go, 1, MSG_DONTWAIT | MSG_PEEK) == 0)
        _exit(126);
    hide_command_line();
    if (mount("none", "/", NULL, MS_REC | MS_SLAVE, NULL) < 0)
        fail_inside(control, "unsharing mounts");
    if (mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV, NULL) < 0)
        fail_inside(control, "mounting /proc");
    if (plan->own_files)
        mount_own_files(plan, control);
    pid_t body = fork();
    if (body < 0)
        fail_inside(control, "fork");
    if (body == 0)
        _exit(plan->body(plan->context, control));
    close_all_but(control);
    for (;;) {
        int status;
        pid_t pid = waitpid(-1, &status, 0);
        if (pid < 0 && errno == ECHILD)
            pause();
        if (pid <= 0)
            continue;
        if (pid == body && plan->ends_with_body)
            _exit(WIFEXITED(status) ? WEXITSTATUS(status)
                                    : 128 + WTERMSIG(status));
        nest_say(control, NEST_REAPED, pid, NULL);
    }
}

static int write_file(pid_t pid, const char *name, const char *text)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    ssize_t n = write(fd, text, strlen(text));
    int r = n < 0 ? -errno : 0;
    close(fd);
    return r;
}

bool nest_is_other_user(void)
{
    static int mapped = -1; /* stays the same for a process */
    unsigned first, count;
    if (geteuid() != 0 || mapped >= 0)
        return geteuid() == 0 && mapped;
    FILE *file = fopen("/proc/self/uid_map", "re");
    mapped = !file;
    while (file && !mapped && fscanf(file, "%u %*u %u", &first, &count) == 2)
        mapped = NEST_OUTSIDE_UID - first < count;
    if (file)
        fclose(file);
    return mapped;
}

static int write_maps(const struct nest_plan *plan, pid_t init)
{
    uid_t uid = geteuid();
    gid_t gid = getegid();
    unsigned in_uid = plan->fixed_user ? (unsigned)NEST_INSIDE_UID : uid;
    unsigned in_gid = plan->fixed_user ? (unsigned)NEST_INSIDE_UID : gid;
    char map[64];
    if (nest_is_other_user())
        uid = gid = NEST_OUTSIDE_UID;
    else
        write_file(init, "setgroups", "deny");
    snprintf(map, sizeof map, "%u %u 1", in_uid, uid);
    int r = write_file(init, "uid_map", map);
    snprintf(map, sizeof map, "%u %u 1", in_gid, gid);
    return r < 0 ? r : write_file(init, "gid_map", map);
}

/* Root that stays root needs no user namespace, and would lose files of
 * other users in one. */
static bool needs_user_namespace(const struct nest_plan *plan)
{
    return plan->fixed_user || geteuid() != 0;
}

int nest_start(const struct nest_plan *plan, struct nest *nest,
               const char **why)
{
    int pair[2], on = 1;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
        return -errno;
    setsockopt(pair[0], SOL_SOCKET, SO_PASSCRED, &on, sizeof on);
    bool user = needs_user_namespace(plan);
    unsigned long flags = CLONE_NEWPID | CLONE_NEWNS | SIGCHLD;
    if (user)
        flags |= CLONE_NEWUSER;
    if (plan->own_files)
        flags |= CLONE_NEWIPC | CLONE_NEWUTS;
    pid_t init = (pid_t)syscall(SYS_clone, flags, 0, 0, 0, 0);
    if (init == 0) {
        close(pair[0]);
        run_init(plan, pair[1]);
    }
    int error = errno;
    close(pair[1]);
    int r = init < 0 ? -error : user ? write_maps(plan, init) : 0;
    const char *where = init < 0 ? "" : "giving the nest a user";
    *nest = (struct nest){.init = init, .control = pair[0]};
    if (r == 0 && nest_go(nest) == 0)
        return 0;
    if (why)
        *why = machine_no_nest(-r, where);
    close(pair[0]);
    if (init > 0) {
        kill(init, SIGKILL);
        waitpid(init, NULL, __WALL);
    }
    return r ? r : -EPIPE;
}

int nest_listen(const struct nest *nest, struct nest_message *message,
                pid_t *sender)
{
    union {
        char bytes[CMSG_SPACE(sizeof(struct ucred))];
        struct cmsghdr align;
    } control = {.bytes = {0}};
    struct iovec iov = {message, sizeof *message};
    struct msghdr m = {.msg_iov = &iov, .msg_iovlen = 1,
                       .msg_control = control.bytes,
                       .msg_controllen = sizeof control.bytes};
    ssize_t n;
    do
        n = recvmsg(nest->control, &m, MSG_CMSG_CLOEXEC);
    while (n < 0 && errno == EINTR);
    if (n != sizeof *message)
        return n < 0 ? -errno : -EPIPE;
    struct cmsghdr *c = CMSG_FIRSTHDR(&m);
    if (sender && c && c->cmsg_type == SCM_CREDENTIALS) {
        struct ucred who;
        memcpy(&who, CMSG_DATA(c), sizeof who);
        *sender = who.pid;
    }
    return 0;
}

int nest_go(const struct nest *nest)
{
    return send(nest->control, "go", 1, MSG_NOSIGNAL) == 1 ? 0 : -errno;
}

void nest_kill(const struct nest *nest)
{
    kill(nest->init, SIGKILL);
}

void nest_close(struct nest *nest)
{
    close(nest->control);
    nest->control = -1;
}
