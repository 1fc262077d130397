#!/usr/bin/busybox ash
# needs: busybox
# A daemon is started, found, and ended.
start() { busybox start-stop-daemon -S -b -m -p "$PWD/p" -x /bin/sleep -- 30; }
start; echo $?; until [ -s p ] && grep -q sleep /proc/$(cat p)/comm; do sleep 0.01; done
busybox start-stop-daemon -K -p "$PWD/p" >/dev/null; echo $?
