#!/bin/sh
# needs: setsid ps
# A session of its own.
setsid -w sh -c 'ps -o pid= -o sid= -p $$ | { read a b; [ $a = $b ] && echo leader; }; exit 3'; echo $?
