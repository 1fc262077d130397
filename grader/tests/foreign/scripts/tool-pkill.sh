#!/bin/sh
# needs: pkill
# Found by its parent; ended by its name.
sleep 77 & pgrep -P $$ -x sleep | wc -l; pkill -P $$ -x sleep; wait $!; echo $?
