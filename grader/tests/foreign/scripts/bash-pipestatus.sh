#!/bin/bash
# needs: bash
# Each status of a pipeline.
(exit 1) | (exit 2) | (exit 3); echo "${PIPESTATUS[@]}"
set -o pipefail; false | true; echo $?
