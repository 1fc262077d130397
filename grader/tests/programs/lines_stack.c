/* Lines where the stack is full of addresses of this program, is not the
 * kernel's, or has no frame pointers. */
#include <alloca.h>
#include <spawn.h>

#include "subject.h"

typedef void act(const char *);
extern char **environ;

static __attribute__((noinline)) void talk(const char *text)
{
    dprintf(1, "%s\n", text); /* LINE: write 1 */
    __asm__ volatile("");
}

/* Addresses behind each call of this function, or that could be such. */
static __attribute__((noinline)) void litter(int n)
{
    act **room = alloca((size_t)n * sizeof *room);
    for (int i = 0; i < n; i++)
        room[i] = (act *)((char *)litter + i % 64);
    __asm__ volatile("" ::"r"(room) : "memory");
}

static char **arguments(void)
{
    static char *list[] = {(char *)"true", NULL};
    return list;
}

static __attribute__((noinline)) void on_another_stack(int sig)
{
    (void)sig;
    litter(200);
    talk("two");
}

int main(void)
{
    static char stack[65536];
    const stack_t other = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction action = {.sa_handler = on_another_stack,
                               .sa_flags = SA_ONSTACK};
    pid_t pid;
    sigaltstack(&other, NULL);
    sigaction(SIGUSR1, &action, NULL);
    litter(3000);
    talk("one");
    raise(SIGUSR1); /* LINE: signal 1, deliver 1 */
    litter(3000);
    char **list = arguments();
    posix_spawnp(&pid, "true", 0, 0, list, environ); /* LINE: born 1.1 */
    litter(3000);
    wait(NULL); /* LINE: reap 1 */
    talk("three");
    litter(3000);
    exit(0); /* LINE: exit 1 */
}
