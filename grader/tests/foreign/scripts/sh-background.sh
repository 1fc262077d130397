#!/bin/sh
# needs: dash
# Background jobs in any order; wait brings their statuses in ours.
for n in 3 1 2; do (exit $n) & pids="$pids $!"; done
for p in $pids; do wait "$p"; echo "$?"; done
wait 99999999; echo "nobody: $?"
