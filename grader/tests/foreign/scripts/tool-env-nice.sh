#!/bin/sh
# needs: nice
# nice, env and stdbuf only pass on.
nice -n 5 nice; env -i sh -c 'kill -TERM $$'; echo $?; env --ignore-signal=TERM sh -c 'kill -TERM $$; echo alive'
