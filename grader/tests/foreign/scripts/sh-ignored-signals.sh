#!/bin/sh
# needs: dash
# Ignored signals stay so over exec; trapped ones do not.
trap '' INT; trap 'echo x' TERM
sh -c 'kill -INT $$; echo survived; kill -TERM $$; echo not here'; echo $?
