#!/usr/bin/busybox ash
# needs: busybox
# Statuses and signals by their names.
exec 2>/dev/null
busybox sleep 9 & busybox kill -TERM $!; wait $!; echo $?
busybox kill -l 9; busybox kill -0 $$ && echo here
