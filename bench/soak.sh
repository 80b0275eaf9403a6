#!/usr/bin/env bash
# An hour of load on a guard: whether its memory stays as it is. Clean replies, replies with a tag, of which each has an entry, and large ones
# that are filtered while they come, at the same time, as fast as they are answered. Prints Markdown.
# usage: bench/soak.sh > bench/results/soak-CPU.md        needs a Release build, curl
# The guard has the surroundings of deploy/untag-guard.service.
# SECONDS_OF_LOAD (3600), CONNECTIONS (8, half of them for each kind of small replies, and one more for large ones), SECONDS_BETWEEN (60): how long, how many, how often memory is read
set -euo pipefail
cd "$(dirname "$0")/.."
seconds="${SECONDS_OF_LOAD:-3600}" connections="${CONNECTIONS:-8}" between="${SECONDS_BETWEEN:-60}"
bench=artifacts/bin/Untag.GuardBench/release/Untag.GuardBench.dll
server=artifacts/bin/Untag.Server/release/untag-server.dll
folder="$(mktemp -d "$PWD/artifacts/soak-XXXXXX")"
pids=()
trap 'kill "${pids[@]}" 2> /dev/null || true; wait 2> /dev/null || true; rm -rf "$folder"' EXIT

start() { "$@" > "$folder/log-${#pids[@]}" 2>&1 & pids+=($!); }
resident() { awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$1/status"; }

: > "$folder/untag.yaml"
start dotnet "$bench" service http://127.0.0.1:19100
start env MALLOC_ARENA_MAX=2 dotnet "$server" guard --config "$folder/untag.yaml" --listen 127.0.0.1:19101 --upstream http://127.0.0.1:19100
guard="${pids[-1]}"
for _ in $(seq 100); do curl -s -o "$folder/reply" http://127.0.0.1:19101/clean/3000 && break; sleep 0.1; done
begun="$(date +%s)"
load() { dotnet "$bench" load "http://127.0.0.1:19101/$2" "$3" "$seconds" > "$folder/$1" & pids+=($!); }
load clean clean/3000 "$((connections / 2))"
load tag tag/3000 "$((connections / 2))"
load large tag/3000000 1
while sleep "$between"; [ "$(($(date +%s) - begun))" -lt "$seconds" ]; do
  printf '%s\t%s\t%s\n' "$(($(date +%s) - begun))" "$(resident "$guard")" "$(find "/proc/$guard/fd" | wc -l)" | tee -a "$folder/memory" >&2
done
wait "${pids[@]: -3}"

echo "# A guard under load"
echo
echo "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores, $(date -u +%F); $connections connections for $seconds s."
echo "Replies of 3 kB a second: $(cut -f 1 "$folder/clean") clean ones, and $(cut -f 1 "$folder/tag") with a tag, each behind its entry; of 3 MB $(cut -f 1 "$folder/large")."
echo
echo "| of the time | memory of the guard, MiB: lowest | highest | open files, highest |"
echo "|---|--:|--:|--:|"
awk -F '\t' -v seconds="$seconds" '{ part = int(4 * $1 / seconds); if (part > 3) part = 3
    if (!(part in low) || $2 < low[part]) low[part] = $2
    if ($2 > high[part]) high[part] = $2
    if ($3 > files[part]) files[part] = $3 }
  END { split("first second third last", name, " "); for (part = 0; part < 4; part++) printf "| %s quarter | %d | %d | %d |\n", name[part + 1], low[part], high[part], files[part] }' "$folder/memory"
