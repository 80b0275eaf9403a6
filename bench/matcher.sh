#!/usr/bin/env bash
# Speed of the matcher by number of terms, density of hits and width of vectors. Prints Markdown; progress goes to stderr.
# usage: bench/matcher.sh [OPTION…] > bench/results/matcher-CPU.md     OPTION: of BenchmarkDotNet, such as --filter '*Search*'
set -euo pipefail
cd "$(dirname "$0")/.."
load="$(cut -d ' ' -f 1 /proc/loadavg)" # what else the machine did: figures of a busy one are no figures
dotnet build bench/Untag.Bench -c Release -v q >&2
echo "# Speed of the matcher"
echo
echo "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | sed -n 1p), $(date -u +%F), $(nproc) cores with a load of $load before, .NET $(dotnet --version). GB/s of one thread:"
echo "the median of 5 measurements over the same 16 MiB. A width that this machine has not shows a dash."
dotnet run --project bench/Untag.Bench -c Release --no-build -- "$@"
