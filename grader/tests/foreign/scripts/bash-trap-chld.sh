#!/bin/bash
# needs: bash
# One CHLD trap for each job, when they end apart.
set -m; trap 'n=$((n+1))' CHLD
for i in 1 2 3; do (sleep 0.$i) & done
wait; wait; sleep 0.01; echo "$n"
