// proc(5): R for who reads its own, S asleep, T stopped, Z ended, - gone;
// the fields of /proc/PID/stat and status that name relatives
#include "subject.h"

static void child(void)
{
    for (;;)
        pause();
}

static int field(pid_t pid, const char *name)
{
    char path[40], line[128];
    int value = -1;
    size_t n = strlen(name);
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    FILE *f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f))
        if (strncmp(line, name, n) == 0 && line[n] == ':')
            value = atoi(line + n + 1);
    if (f)
        fclose(f);
    return value;
}

int main(void)
{
    siginfo_t info;
    pid_t pid = start(child);
    say("I: %c\n", state_of(getpid()));
    await_state(pid, 'S');
    say("child: %c, ", state_of(pid));
    say("Pid %s, ", yes(field(pid, "Pid") == pid));
    say("PPid %s, Tgid %s, ", yes(field(pid, "PPid") == getpid()),
        yes(field(pid, "Tgid") == pid));
    say("Threads %d\n", field(pid, "Threads"));
    kill(pid, SIGSTOP);
    waitpid(pid, NULL, WUNTRACED);
    say("stopped: %c\n", state_of(pid));
    kill(pid, SIGKILL);
    waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT);
    say("killed: %c\n", state_of(pid));
    reap(pid);
    say("reaped: %c\n", state_of(pid));
}
