#!/bin/bash
# needs: bash ps
# With job control each job is a group of its own.
set -m; exec 2>/dev/null
sleep 5 | sleep 5 & 
g=$(ps -o pgid= -p $! | tr -d ' '); [ "$g" != $$ ] && echo own group
kill -- -$g; wait; echo "$?"; [ -z "$(ps -o pid= -g $g)" ] && echo empty
