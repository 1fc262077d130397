#!/bin/sh
# needs: timeout
# coreutils' timeout: statuses, signals, kill after.  Which of the group
# ends first, and what the shell says of it, is left open.
exec 2>/dev/null
timeout 0.2 sleep 9; echo $?
timeout -s INT 0.2 sleep 9; echo $?
timeout 9 sh -c 'exit 3'; echo $?
timeout --preserve-status 0.2 sh -c 'trap "exit 5" TERM; while :; do sleep 0.05; done'; echo $?
timeout -k 0.2 0.2 sh -c 'trap "" TERM; while :; do sleep 0.05; done'; echo $?
