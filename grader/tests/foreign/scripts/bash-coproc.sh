#!/bin/bash
# needs: bash
# A co-process is asked and answers.
coproc C { while read a; do echo "<$a>"; done; }
echo one >&${C[1]}; read b <&${C[0]}; echo "$b"
eval "exec ${C[1]}>&-"; wait $C_PID 2>/dev/null; echo end
