#!/usr/bin/env bash
# Durable entries a second of the transparency log: entries of 300 bytes, each told to be durable only after the disk has it, with
# a checkpoint every second. Prints Markdown.
# usage: bench/log.sh [FOLDER] > bench/results/log-CPU.md        FOLDER: on the disk to be measured; needs a Release build
set -euo pipefail
cd "$(dirname "$0")/.."
folder="$(mktemp -d "${1:-$PWD/artifacts}/log-XXXXXX")"
trap 'rm -rf "$folder"' EXIT
load="$(cut -d ' ' -f 1 /proc/loadavg)" # what else the machine did
dotnet artifacts/bin/Untag.Cli/release/Untag.Cli.dll keys new --name example.com/log --output "$folder/key" > /dev/null
echo "# The transparency log"
echo
echo "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores with a load of $load before, $(date -u +%F), $(stat -f -c %T "$folder")."
echo
echo "| threads | durable entries |"
echo "|---|---|"
for threads in 1 16 256; do
  echo "| $threads | $(dotnet artifacts/bin/Untag.LogWriter/release/Untag.LogWriter.dll "$folder/$threads" "$folder/key" "$threads" 10 quiet) |"
done
untag="${UNTAG_BINARY:-artifacts/native/untag}"
echo
for threads in 1 16 256; do
  start="$(date +%s.%N)"
  line="$("$untag" log verify "$folder/$threads" | head -n 1)"
  end="$(date +%s.%N)"
  echo "- \`untag log verify\`: ${line%%,*} in $(awk "BEGIN { printf \"%.2f\", $end - $start }") s"
done
