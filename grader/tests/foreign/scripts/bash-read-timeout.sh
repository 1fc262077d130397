#!/bin/bash
# needs: bash
# read -t and SECONDS.
mkfifo f; exec 3<>f; read -t 1 -u 3 x; echo $(( $? > 128 )); [ $SECONDS -ge 1 ] && echo a second
