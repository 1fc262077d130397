#!/bin/sh
# needs: xargs
# xargs -P: all of them, and 123 when one fails.
seq 12 | xargs -P 4 -n 1 sh -c 'sleep 0.0$1; echo $1' sh | sort -n | tr '\n' ' '
seq 4 | xargs -P 2 -n 1 sh -c 'exit $(($1 == 3))' sh; echo $?
echo x | xargs sh -c 'kill -9 $$'  2>/dev/null; echo $?
