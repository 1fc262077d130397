#!/bin/bash
# needs: bash
# fg waits for a job that was stopped, and gives its status.
set -m
bash -c 'kill -STOP $$; exit 6' & 
until jobs -s | grep -q Stopped; do sleep 0.01; done
fg %1 >/dev/null 2>&1; echo $?
