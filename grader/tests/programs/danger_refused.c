// observed only: in a grading no call is left that could harm the machine,
// reach out of the tree, or spy
// expect: all are refused
#include "subject.h"
#include <sys/syscall.h>

#define CALL(name) {SYS_##name, #name}

static const struct {
    long number;
    const char *name;
} calls[] = {
    CALL(process_vm_readv), CALL(process_vm_writev), CALL(unshare),
    CALL(setns), CALL(mount), CALL(umount2), CALL(pivot_root), CALL(chroot),
    CALL(fsopen), CALL(fsmount), CALL(fspick), CALL(fsconfig),
    CALL(move_mount), CALL(open_tree), CALL(mount_setattr), CALL(bpf),
    CALL(perf_event_open), CALL(userfaultfd), CALL(keyctl), CALL(add_key),
    CALL(request_key), CALL(pidfd_getfd), CALL(settimeofday),
    CALL(clock_settime), CALL(adjtimex), CALL(clock_adjtime),
    CALL(init_module), CALL(finit_module), CALL(delete_module),
    CALL(kexec_load), CALL(kexec_file_load), CALL(reboot), CALL(swapon),
    CALL(swapoff), CALL(sethostname), CALL(setdomainname), CALL(personality),
    CALL(quotactl), CALL(quotactl_fd), CALL(name_to_handle_at),
    CALL(open_by_handle_at), CALL(iopl), CALL(ioperm), CALL(acct),
    CALL(syslog), CALL(vhangup), CALL(fanotify_init),
};

/* With these arguments each would succeed, or fail otherwise than by EPERM,
 * where an ordinary user may make it at all. */
static int refused(long number)
{
    return syscall(number, 0, 0, 0, 0, 0, 0) == -1 && errno == EPERM;
}

int main(void)
{
    only_if_confined();
    int allowed = 0;
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
        if (!refused(calls[i].number)) {
            say("%s is allowed\n", calls[i].name);
            allowed++;
        }
    if (!allowed)
        say("all are refused\n");
}
