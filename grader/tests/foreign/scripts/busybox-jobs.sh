#!/usr/bin/busybox ash
# needs: busybox
# The same in busybox' shell, with its own applets.
for n in 2 1; do (busybox sleep 0.$n; echo $n) & done; wait
trap 'echo alarm' ALRM; (busybox sleep 0.1; kill -ALRM $$) & wait; echo $?; wait
