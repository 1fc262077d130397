#!/bin/bash
# needs: bash
# Two producers are read side by side.
paste <(seq 3) <(seq 4 6); mkfifo f; cat f & echo x | tee >(cat >f) >/dev/null; wait
