#!/bin/bash
# needs: bash
# Two producers are read side by side.
paste <(seq 3) <(seq 4 6); echo x | tee >(cat >o) >/dev/null; wait $!; cat o
