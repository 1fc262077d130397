// never ends: a loop that does nothing
int main(void)
{
    for (volatile long i = 0;; i++)
        ;
}
