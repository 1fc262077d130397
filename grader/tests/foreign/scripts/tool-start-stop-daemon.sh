#!/bin/sh
# needs: start-stop-daemon
# A daemon by Debian's tool.
d() { start-stop-daemon -q -p "$PWD/p" "$@"; echo $?; }
d -S -b -m -x /bin/sleep -- 30; until [ -s p ]; do sleep 0.01; done
until [ "$(cat /proc/$(cat p)/comm)" = sleep ]; do sleep 0.01; done
d -T; d -S -x /bin/sleep -- 30 ; d -K --retry 5; d -T
