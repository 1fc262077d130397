#!/bin/sh
# needs: make
# -k goes on, and the status is 2; the job server is passed on.
printf 'all: a b c\na c:\n\t@echo $@\nb:\n\t@exit 3\n' >Makefile
make -k -j2 >o 2>e; echo $?; sort o
printf 'all: x y\nx y:\n\t@$(MAKE) --no-print-directory -s -f sub W=$@\n' >Makefile
printf 'all: 1 2 3\n1 2 3:\n\t@echo $(W)$@\n' >sub; make -s -j4 | sort | tr '\n' ' '; echo
