#!/bin/sh
# needs: dash
# A stopped child goes on.
sh -c 'kill -STOP $$; echo went on' &
until grep -q '^State:.[Tt]' /proc/$!/status; do sleep 0.01; done
kill -CONT $!; wait $!; echo $?
