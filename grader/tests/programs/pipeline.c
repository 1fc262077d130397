// what a shell does for `printf ... | sort | uniq -c | tr -s ' '`
#include "subject.h"

static pid_t run(int in, int out, int other, char *const argv[])
{
    pid_t pid = must(fork(), "fork");
    if (pid > 0)
        return pid;
    if (in != -1)
        dup2(in, STDIN_FILENO), close(in);
    if (out != -1)
        dup2(out, STDOUT_FILENO), close(out);
    if (other != -1)
        close(other);
    execvp(argv[0], argv);
    _exit(127);
}

int main(void)
{
    char *step[][4] = {{"printf", "b\\na\\nb\\nc\\na\\nb\\n", NULL},
                       {"sort", NULL},
                       {"uniq", "-c", NULL},
                       {"tr", "-s", " ", NULL}};
    pid_t pid[4];
    int in = -1;
    for (int i = 0; i < 4; i++) {
        int ends[2] = {-1, -1};
        if (i < 3)
            must(pipe(ends), "pipe");
        pid[i] = run(in, ends[1], ends[0], step[i]);
        close(in), close(ends[1]);
        in = ends[0];
    }
    int status[4];
    for (int i = 0; i < 4; i++)
        status[i] = reap(pid[i]);
    for (int i = 0; i < 4; i++)
        say("%s: %s\n", step[i][0], how(status[i]));
}
