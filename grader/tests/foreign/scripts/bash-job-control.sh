#!/bin/bash
# needs: bash
# Stopped, listed, put into the background and waited for.
set -m
sleep 0.3 & kill -STOP %1; until jobs -s | grep -q Stopped; do sleep 0.01; done
jobs %1 | cut -c1-40; bg %1 >/dev/null; wait %1; echo $?
