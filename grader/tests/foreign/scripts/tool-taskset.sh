#!/bin/sh
# needs: taskset
# Where a process may run, it runs.
taskset -c 0 sh -c 'nproc; taskset -c -p $$ | sed "s/.*: //"; grep Cpus_allowed_list /proc/self/status'
