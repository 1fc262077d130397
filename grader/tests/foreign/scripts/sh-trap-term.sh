#!/bin/sh
# needs: dash
# A trap interrupts wait, which then goes on.
(trap 'echo got TERM; exit 7' TERM; echo ready >&3; while :; do sleep 1; done) 3>ready &
until [ -s ready ]; do sleep 0.01; done
kill -TERM $!; wait $!; echo "ended with $?"
