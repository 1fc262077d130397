/* Lines in functions that were inlined: of this file, and of a header. */
#undef _FORTIFY_SOURCE
#ifdef __OPTIMIZE__
#define _FORTIFY_SOURCE 2 /* read() and dprintf() are inline functions then */
#endif
#include "subject.h"

#define INLINE static inline __attribute__((always_inline))

INLINE void innermost(const char *text)
{
    if (write(1, text, strlen(text)) < 0) /* LINE: write 1 */
        _exit(1);
}

INLINE void inner(const char *text)
{
    innermost(text);
    dprintf(1, "%s\n", "two"); /* LINE: write 1 */
}

int main(void)
{
    int ends[2];
    char letter[4];
    if (pipe(ends) == -1)
        return 1;
    inner("one\n");
    if (fork() == 0) { /* LINE: born 1.1 */
        usleep(1000);  /* LINE: block 1.1 */
        if (write(ends[1], "x", 1) != 1)
            return 1;
        _exit(0); /* LINE: exit 1.1 */
    }
    ssize_t n = read(ends[0], letter, (size_t)ends[0]); /* LINE: block 1 */
    if (n == 1)
        innermost("three\n");
    return n != 1;
}
