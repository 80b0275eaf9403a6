#!/usr/bin/env bash
# Start time and memory of the native program beside ripgrep's, in one run. Prints Markdown.
# usage: bench/start.sh [UNTAG] > bench/results/start-CPU.md        needs hyperfine, ripgrep, GNU time
set -euo pipefail
cd "$(dirname "$0")/.."
untag="${1:-artifacts/native/untag}"
json="$(mktemp)"
trap 'rm -f "$json"' EXIT
hyperfine -N -i --warmup 10 --runs 100 --export-json "$json" "$untag --version" "rg --version" "$untag scan samples/acme-face" >&2
peak() { /usr/bin/time -f '%M' "$@" 2>&1 >/dev/null | tail -n 1; }

echo "# Start time and memory"
echo
echo "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores; $("$untag" --version); $(rg --version | head -n 1);"
echo "100 runs after 10 to warm up. The program is $(stat -c %s "$untag") bytes."
echo
echo "| command | median | 10th to 90th percentile | peak memory |"
echo "|---|---|---|---|"
python3 - "$json" "$(peak "$untag" --version)" "$(peak rg --version)" "$(peak "$untag" scan samples/acme-face)" <<'PY'
import json, statistics, sys
for run, peak in zip(json.load(open(sys.argv[1]))["results"], sys.argv[2:]):
    times = sorted(run["times"])
    command = run["command"].replace("artifacts/native/", "")
    print(f"| `{command}` | {statistics.median(times) * 1000:.1f} ms | {times[len(times) // 10] * 1000:.1f} to {times[len(times) * 9 // 10] * 1000:.1f} ms | {int(peak) / 1024:.1f} MiB |")
PY
