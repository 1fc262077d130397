#!/bin/sh
# needs: dash
# EXIT traps of a shell and of a subshell.
trap 'echo bye $?' EXIT
(trap 'echo sub' EXIT; exit 4)
echo "sub: $?"
exit 3
