#!/bin/sh
# needs: dash
# exec takes the pid over.
a=$$; exec sh -c "[ \$\$ = $a ] && echo same pid"
