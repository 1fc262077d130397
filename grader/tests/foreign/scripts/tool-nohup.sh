#!/bin/sh
# needs: nohup
# SIGHUP does not reach it.
nohup sh -c 'echo ready >r; sleep 0.3; echo lived on >o' >/dev/null 2>&1 & 
until [ -s r ]; do sleep 0.01; done
kill -HUP $!; wait $!; cat o
