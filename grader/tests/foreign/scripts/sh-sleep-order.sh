#!/bin/sh
# needs: dash
# Sleeping sorts.
for n in 3 1 2; do (sleep 0.$n; echo $n) & done; wait
