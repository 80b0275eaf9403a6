#!/usr/bin/env bash
# A map fitted on an array of float32 and applied to it, beside EleutherAI's concept-erasure, the machine's own product of matrices and a
# plain copy; and how the memory grows with the rows. Prints Markdown; progress goes to stderr.
# usage: bench/erase.sh [UNTAG...] > bench/results/erase-CPU.md       UNTAG: programs to measure, such as one for this machine alone:
#   dotnet publish src/Untag.Cli -c Release -r linux-x64 -p:IlcInstructionSet=native -o artifacts/own-machine
# ROWS (100,000), DIMENSIONS (512), GROUPS_COUNT (4), RUNS (3), MANY (0: rows of a larger array for the memory) change the sizes. Needs GNU
# time and python3; PYTHON (/usr/bin/python3) with torch and numpy for the lines of others, PEER a checkout of concept-erasure.
set -euo pipefail
cd "$(dirname "$0")/.."
commit=9f517538
rows="${ROWS:-100000}" dimensions="${DIMENSIONS:-512}" groups="${GROUPS_COUNT:-4}" runs="${RUNS:-3}" many="${MANY:-0}"
programs=("${@:-artifacts/native/untag}")
work="$(mktemp -d "${SCRATCH:-${TMPDIR:-/tmp}}/untag-bench-XXXXXX")"
trap 'rm -rf "$work"' EXIT
say() { echo "$*" >&2; }

python="${PYTHON:-/usr/bin/python3}"
"$python" -c 'import torch' 2> "$work/log" || say "no torch ($python): its lines are left out; apt-get install python3-torch"
if [ -z "${PEER:-}" ]; then
    PEER="$work/peer"
    git clone -q https://github.com/EleutherAI/concept-erasure "$PEER" 2> "$work/log" && git -C "$PEER" checkout -q "$commit" 2>> "$work/log" \
        || say "concept-erasure could not be fetched: its lines are left out; PEER names a checkout of $commit"
fi
export PYTHONPATH="$PEER"

cat > "$work/make.py" <<'PYTHON'
# Rows drawn by lot, correlated, and one mean a group. Without numpy it takes its time.
import sys, random, array
path, rows, d, k = sys.argv[1], *map(int, sys.argv[2:5])
head = "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }" % (rows, d)
with open(path + ".npy", "wb") as out, open(path + ".csv", "w") as table:
    out.write(b"\x93NUMPY\x01\x00" + (118).to_bytes(2, "little") + head.ljust(117).encode() + b"\n")
    table.write("id,group\n")
    try:
        import numpy
        draw = numpy.random.default_rng(5)
        mixing = draw.standard_normal((d, d), dtype=numpy.float32) / d ** 0.5 + numpy.eye(d, dtype=numpy.float32)
        means = draw.standard_normal((k, d), dtype=numpy.float32) * 0.2
        for at in range(0, rows, 8192):
            count = min(8192, rows - at)
            if at > 1 << 20:  # of so many rows the memory is looked at, not the map
                out.write(part[:count].astype("<f4").tobytes())
                continue
            part = draw.standard_normal((count, d), dtype=numpy.float32) @ mixing + means[numpy.arange(at, at + count) % k]
            out.write(part.astype("<f4").tobytes())
    except ImportError:
        draw = random.Random(5)
        for i in range(rows):
            array.array("f", (draw.gauss(0.2 * ((i + j) % k), 1) for j in range(d))).tofile(out)
    for i in range(rows):
        table.write(f"p{i},g{i % k}\n")
PYTHON
cat > "$work/peer.py" <<'PYTHON'
# From the file to a fitted eraser, all rows in memory, as its README does it.
import sys, time, numpy, torch
from concept_erasure import LeaceFitter
path, k = sys.argv[1], int(sys.argv[2])
start = time.perf_counter()
x = torch.from_numpy(numpy.load(path + ".npy"))
z = torch.nn.functional.one_hot(torch.arange(len(x)) % k, k)
LeaceFitter.fit(x, z).eraser
print("%.3f" % (time.perf_counter() - start))
PYTHON
cat > "$work/sgemm.py" <<'PYTHON'
# X' X in float32, as the machine's own library multiplies it.
import sys, time, torch
n, d = map(int, sys.argv[1:3])
x = torch.randn(n, d)
x.T @ x
best = 1e9
for _ in range(3):
    start = time.perf_counter(); x.T @ x; best = min(best, time.perf_counter() - start)
print("%.3f %.1f" % (best, 2 * n * d * d / best / 1e9))
PYTHON

timed() { # NAME COMMAND...: the best of the runs, and the most memory
    local name="$1" run; shift
    say "$name"
    : > "$work/times"
    for ((run = 0; run < runs; run++)); do
        rm -f "$work/copy.npy" "$work/erased.npy" # to write over a file costs what deleting it does
        if ! /usr/bin/time -a -f '%e %U %M' -o "$work/times" "$@" > "$work/out" 2> "$work/log"; then
            say "$name: $(tail -1 "$work/log")"
            return
        fi
    done
    awk -v name="$name" 'NR == 1 || $1 < best { best = $1; user = $2 } $3 > most { most = $3 }
        END { printf "| %s | %.2f | %.2f | %.0f |\n", name, best, user, most / 1024 }' "$work/times"
}

say "an array of $rows rows"
"$python" "$work/make.py" "$work/e" "$rows" "$dimensions" "$groups"
cat "$work/e.npy" > /dev/null # warm
echo "# A map for $rows rows of $dimensions coordinates and $groups groups ($(du -m "$work/e.npy" | cut -f 1) MB of float32)"
echo
echo "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1), $(nproc) processors, load $(cut -d ' ' -f 1 /proc/loadavg) before, $(date -u +%F). Best of $runs runs."
echo
echo "| | seconds | of a processor | MB |"
echo "|---|---|---|---|"
for program in "${programs[@]}"; do
    timed "\`$program erase fit --everybody\`" "$program" erase fit "$work/e.npy" --labels "$work/e.csv" --group group --person id --everybody --out "$work/map.npz"
    timed "\`$program erase fit\`, half of the people" "$program" erase fit "$work/e.npy" --labels "$work/e.csv" --group group --person id --out "$work/half.npz"
done
if "$python" -c 'import concept_erasure' 2> "$work/log"; then
    timed "concept-erasure $commit, with the start of python" "$python" "$work/peer.py" "$work/e" "$groups"
    echo "| concept-erasure $commit, from the file to the map | $(tail -1 "$work/out") | | |"
fi
if "$python" -c 'import torch' 2> "$work/log"; then
    say "the product of matrices"
    read -r seconds rate < <("$python" "$work/sgemm.py" "$rows" "$dimensions")
    echo "| X′ X in float32 by torch: $rate GFLOP/s | $seconds | | |"
fi
timed "a plain copy: cat" bash -c "cat '$work/e.npy' > '$work/copy.npy'"
for program in "${programs[@]}"; do
    timed "\`$program erase apply\`" "$program" erase apply "$work/map.npz" "$work/e.npy" --out "$work/erased.npy"
done
if [ "$many" -gt 0 ]; then
    say "an array of $many rows"
    rm -f "$work/e.npy" "$work/copy.npy" "$work/erased.npy"
    "$python" "$work/make.py" "$work/many" "$many" "$dimensions" "$groups"
    runs=1
    timed "\`${programs[0]} erase fit --everybody\`, $many rows, no column of people" "${programs[0]}" erase fit "$work/many.npy" --labels "$work/many.csv" --group group --everybody --out "$work/many.npz"
fi
