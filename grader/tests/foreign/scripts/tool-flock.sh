#!/bin/sh
# needs: flock
# A lock: refused, waited for in vain, and taken over.
flock l sh -c 'echo in >s; sleep 1' & until [ -s s ]; do sleep 0.01; done
flock -n l echo no; echo $?
flock -w 0.1 -E 9 l echo no; echo $?
flock l echo mine; wait
