#!/bin/sh
# needs: date
# date agrees with sleep.
a=$(date +%s%N); sleep 1.5; b=$(date +%s%N); echo $(( (b - a) / 1000000000 ))
