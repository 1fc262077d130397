#!/bin/bash
# needs: bash
# wait -n brings the first that ends.
(sleep 0.3; exit 3) & (sleep 0.1; exit 1) & (sleep 0.2; exit 2) &
for i in 1 2 3; do wait -n; echo $?; done; wait -n; echo $?
