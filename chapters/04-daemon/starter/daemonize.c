/* daemonize start:PIDFILE|stop:PIDFILE|kill:PIDFILE ...
 *
 * The task and its contract: README.md of chapter 04-daemon.
 *
 * What is here reads the commands and says what should be done. What to do is
 * marked TODO 1 to 6; do them in that order.
 */
#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* TODO 1: a function for the daemon's life.  First it need only wait for a
 * signal: pause(2).  Main starts it by two forks with setsid(2) between them,
 * reaps the process in the middle, and prints its line.  Main does not know the
 * daemon's pid: the daemon writes it into a pipe(2) that main reads.
 *
 * TODO 2: leave what the daemon has from main: the directory, the umask, the
 * three streams, and at the end the pipe itself.
 *
 * TODO 3: the pid file, locked with flock(2), by the daemon: a file of that
 * name may be there already, so what decides is the lock alone.  Where is it,
 * once the daemon is in another directory?  If another one has the lock, main
 * has to know, and to print that one's pid.
 *
 * TODO 4: SIGTERM removes the file and ends the daemon.  When must the daemon
 * be prepared for it?  See sigprocmask(2), sigwait(3). */
static bool start(const char *file)
{
    printf("%s: nothing started yet\n", file);
    return true;
}

/* TODO 5: is there a daemon?  Try the lock.  Then send the signal to the pid
 * that the file holds.
 *
 * TODO 6: the line is printed when the daemon has ended.  What is free then,
 * and how does one wait for that? */
static bool end(const char *file, const char *verb)
{
    printf("%s: nothing to %s yet\n", file, verb);
    return true;
}

static bool carry_out(const char *command)
{
    const char *file = strchr(command, ':');
    if (file && file[1] && strncmp(command, "start:", 6) == 0)
        return start(file + 1);
    if (file && file[1] && strncmp(command, "stop:", 5) == 0)
        return end(file + 1, "stop");
    if (file && file[1] && strncmp(command, "kill:", 5) == 0)
        return end(file + 1, "kill");
    errx(2, "%s: not start:PIDFILE, stop:PIDFILE or kill:PIDFILE", command);
}

int main(int argc, char **argv)
{
    bool well = true;
    for (int i = 1; i < argc; i++)
        well &= carry_out(argv[i]);
    return well ? EXIT_SUCCESS : EXIT_FAILURE;
}
