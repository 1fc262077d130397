#!/bin/sh
# needs: script
# script: a terminal, and the status of what ran on it.
script -qec 'tty >/dev/null && echo a terminal; exit 4' /dev/null </dev/null | tr -d '\r'; 
script -qec 'exit 4' /dev/null </dev/null >/dev/null; echo $?
