#!/usr/bin/env bash
# Reads damaged copies of every fixture and sample, format by format.
# usage: eng/fuzz.sh [INPUTS [MINUTES [FORMAT...]]]     for each format 1000000 inputs or 10 minutes, whichever comes first
# The results of a long run are kept, and shown in docs/formats.md: eng/fuzz.sh > tests/Untag.Fuzz/results.tsv
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet run -c Release --project tests/Untag.Fuzz -- "$PWD" "${1:-1000000}" "${2:-10}" "${@:3}"
