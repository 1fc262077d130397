#!/bin/sh
# needs: prlimit
# Limits that a program sets for itself and its children.
sh -c 'ulimit -n 32; ulimit -n'; prlimit --nproc=4096 sh -c 'echo started'
