#!/usr/bin/env bash
# Whether a reply can keep the guard busy: values of many shapes, and how many times as long one of eight times the length takes. Prints Markdown.
# usage: bench/long-values.sh > bench/results/long-values-CPU.md        needs a Release build
set -euo pipefail
cd "$(dirname "$0")/.."
echo "# Long values"
echo
echo "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores, $(date -u +%F). The shortest of nine runs each."
echo
dotnet artifacts/bin/Untag.GuardBench/release/Untag.GuardBench.dll long-values
