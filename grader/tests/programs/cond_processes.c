// a process-shared condition (pthread_condattr_setpshared(3)): waited for in
// vain, signalled and broadcast by another process
#include "subject.h"
#include <pthread.h>
#include <sys/mman.h>

static struct shared {
    pthread_mutex_t mutex;
    pthread_cond_t cond;
    int waiting, go;
} *s;

static void prepare(void)
{
    pthread_mutexattr_t m;
    pthread_condattr_t c;
    s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE,
             MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pthread_mutexattr_init(&m);
    pthread_condattr_init(&c);
    pthread_mutexattr_setpshared(&m, PTHREAD_PROCESS_SHARED);
    pthread_condattr_setpshared(&c, PTHREAD_PROCESS_SHARED);
    pthread_condattr_setclock(&c, CLOCK_MONOTONIC);
    pthread_mutex_init(&s->mutex, &m);
    pthread_cond_init(&s->cond, &c);
}

static void wait_for_it(void)
{
    pthread_mutex_lock(&s->mutex);
    s->waiting++;
    while (s->go == 0)
        pthread_cond_wait(&s->cond, &s->mutex);
    s->go--;
    pthread_mutex_unlock(&s->mutex);
}

static void let_go(int n)
{
    pthread_mutex_lock(&s->mutex);
    s->go += n;
    n == 1 ? pthread_cond_signal(&s->cond) : pthread_cond_broadcast(&s->cond);
    pthread_mutex_unlock(&s->mutex);
}

int main(void)
{
    prepare();
    struct timespec until = in_ms(CLOCK_MONOTONIC, 50);
    int64_t begin = now_ms();
    pthread_mutex_lock(&s->mutex);
    int r = pthread_cond_timedwait(&s->cond, &s->mutex, &until);
    pthread_mutex_unlock(&s->mutex);
    say("%s, waited: %s\n", strerrorname_np(r), yes(now_ms() - begin >= 49));
    pid_t a = start(wait_for_it), b = start(wait_for_it), c = start(wait_for_it);
    while (*(volatile int *)&s->waiting < 3)
        nap(50);
    say("%d wait\n", s->waiting);
    let_go(1);
    say("one: %s\n", how(reap(-1)));
    let_go(2);
    say("two: %s, ", how(reap(-1)));
    say("%s\n", how(reap(-1)));
    say("nobody else: %s\n", yes(a && b && c && wait(NULL) == -1));
}
