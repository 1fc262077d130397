// wait(2): what becomes of exit codes (the lowest eight bits) and of deaths by
// signal
#include "subject.h"

int main(void)
{
    static const int code[] = {0, 1, 42, 127, 128, 255, 256, 257, -1, 1000};
    int status;
    for (size_t i = 0; i < sizeof code / sizeof *code; i++) {
        pid_t pid = must(fork(), "fork");
        if (pid == 0)
            exit(code[i]);
        status = reap(pid);
        say("exit(%d): %s, raw %#x\n", code[i], how(status), status);
    }
    for (int sig = 1; sig < 64; sig += 13) {
        pid_t pid = must(fork(), "fork");
        if (pid == 0) {
            signal(sig, SIG_DFL);
            kill(getpid(), sig);
            _exit(77);
        }
        status = reap(pid);
        say("signal %d: exited %s, killed %s, raw %#x\n", sig,
            yes(WIFEXITED(status)), yes(WIFSIGNALED(status)), status & ~0x80);
    }
    return -2;
}
