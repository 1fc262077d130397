#!/usr/bin/busybox ash
# needs: busybox
# timeout, xargs and setsid of busybox.
busybox timeout 1 busybox sleep 5; echo $?
busybox seq 5 | busybox xargs -n 2 echo
busybox setsid busybox sh -c 'echo in a session'; busybox nohup true 2>/dev/null; echo $?
