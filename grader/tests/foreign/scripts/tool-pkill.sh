#!/bin/sh
# needs: pkill
# Found by its parent; ended by its name. Whether dash says "Terminated" is
# open: only when the child was not reaped while it waited for pkill.
sleep 77 & pgrep -P $$ -x sleep | wc -l; pkill -P $$ -x sleep; wait $! 2>/dev/null; echo $?
