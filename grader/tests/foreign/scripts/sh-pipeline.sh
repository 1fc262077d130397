#!/bin/sh
# needs: dash
# The status of a pipeline is the last one's; SIGPIPE ends the first.
seq 100000 | head -n 2; echo $?
false | true; echo $?
echo a | (read x; echo "in: $x"; exit 5); echo $?
