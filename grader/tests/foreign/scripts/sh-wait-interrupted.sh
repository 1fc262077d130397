#!/bin/sh
# needs: dash
# wait ends with 128+n when a trapped signal comes.
trap 'echo usr1' USR1
(sleep 0.2; kill -USR1 $$) &
sleep 0.6 &
wait $!; a=$?
[ $a -gt 128 ] && echo "interrupted: $(kill -l $a)"
wait; echo all
