#!/usr/bin/env bash
# An audit beside DuckDB's grouped counts and pandas, over one table of 8 groups and 10 outputs; and a merge of 1,000 parts.
# Prints Markdown; progress goes to stderr.
# usage: bench/audit.sh [UNTAG] > bench/results/audit-CPU.md     ROWS (20,000,000) and PARTS (1,000) change the sizes
# Needs GNU time; leaves out duckdb and pandas where they are not there.
set -euo pipefail
cd "$(dirname "$0")/.."
untag="$(realpath "${1:-artifacts/native/untag}")"
rows="${ROWS:-20000000}" parts="${PARTS:-1000}"
work="$(mktemp -d "${SCRATCH:-${TMPDIR:-/tmp}}/untag-bench-XXXXXX")"
trap 'rm -rf "$work"' EXIT
say() { echo "$*" >&2; }

table() { # ROWS FIRST
    awk -v rows="$1" -v first="$2" 'BEGIN {
        srand(first + 1); printf "person,group,truth"; for (c = 0; c < 10; c++) printf ",o%d", c; print ""
        for (i = 0; i < rows; i++) {
            printf "%d,g%d,%d", first + i, int(8 * rand()), int(2 * rand())
            for (c = 0; c < 10; c++) printf ",%d", int(10 * rand())
            print ""
        } }'
}
row() { # NAME COMMAND...
    local name="$1"; shift
    say "$name"
    /usr/bin/time -f '%e %M' -o "$work/time" "$@" > /dev/null 2> "$work/log" || say "$name exited $?: $(tail -1 "$work/log")"
    awk -v name="$name" 'END { printf "| %s | %.2f | %.0f |\n", name, $1, $2 / 1024 }' "$work/time"
}

say "a table of $rows rows"
table "$rows" 0 > "$work/table.csv"
asks=(--group group --outputs o0,o1,o2,o3,o4,o5,o6,o7,o8,o9 --decision 'alert = o0 >= 5' --truth truth)
echo "# An audit of $rows rows, 8 groups, 10 outputs ($(du -m "$work/table.csv" | cut -f 1) MB of CSV)"
echo
echo "$(sed -n 's/^model name.*: //p;' /proc/cpuinfo | head -1), $(nproc) processors, load $(cut -d ' ' -f 1 /proc/loadavg)"
echo
echo "| program | seconds | MB |"
echo "|---|---|---|"
row "cat" cat "$work/table.csv"
row "untag audit" "$untag" audit "$work/table.csv" "${asks[@]}" --exit-zero
if command -v duckdb > /dev/null; then
    { echo "create view t as select * from read_csv('$work/table.csv');"
      for c in {0..9}; do echo "select \"group\", o$c, count(*) from t group by all;"; done; } > "$work/query.sql"
    row "duckdb, a grouped count for each output" duckdb :memory: -f "$work/query.sql"
fi
if python3 -c 'import pandas' 2> /dev/null; then
    row "pandas, a table of counts for each output" python3 -c "
import pandas as pd
t = pd.read_csv('$work/table.csv')
for c in range(10): pd.crosstab(t['group'], t[f'o{c}'])"
fi

say "$parts parts"
for ((i = 0; i < parts; i++)); do
    table 200 $((i * 200)) > "$work/part.csv"
    "$untag" audit "$work/part.csv" --person person "${asks[@]}" --partial "$work/$i.json" 2> /dev/null
done
row "untag audit merge, $parts parts" "$untag" audit merge "$work"/*.json --exit-zero
