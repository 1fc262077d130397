#!/bin/bash
# needs: bash
# ERR and EXIT traps, and where they are inherited.
set -E; trap 'echo err' ERR; trap 'echo exit' EXIT
f() { false; }; f; (false); set -e; false; echo not here
