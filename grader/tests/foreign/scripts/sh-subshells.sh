#!/bin/sh
# needs: dash
# Many children, one after the other and at once.
n=0; while [ $n -lt 40 ]; do (exit 0) || echo no; n=$((n+1)); done; echo $n
for i in 1 2 3 4 5 6 7 8 9 10; do (sleep 0.1; echo x) & done | wc -l; wait
