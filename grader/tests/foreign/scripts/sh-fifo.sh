#!/bin/sh
# needs: dash
# A fifo between two jobs.
mkfifo f; (read a <f; echo "read $a") & echo hello >f; wait; echo done
