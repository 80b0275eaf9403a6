#!/bin/sh
# An audit beside DuckDB's grouped aggregation and pandas, on one table of 8 groups and 10 outputs:
#   bench/audit.sh [ROWS]          20,000,000 when left out; needs artifacts/native/untag, and duckdb or python3 with pandas if there
set -eu
cd "$(dirname "$0")/.."
rows=${1:-20000000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
awk -v rows="$rows" 'BEGIN {
    srand(1); printf "group,truth"; for (c = 0; c < 10; c++) printf ",o%d", c; print ""
    for (i = 0; i < rows; i++) {
        printf "g%d,%d", int(8 * rand()), int(2 * rand())
        for (c = 0; c < 10; c++) printf ",%d", int(10 * rand())
        print ""
    } }' > "$work/table.csv"
outputs=o0,o1,o2,o3,o4,o5,o6,o7,o8,o9
ls -l "$work/table.csv"
grep -m1 'model name' /proc/cpuinfo || true

echo "untag audit"
/usr/bin/time -f '%e s, %M KB' artifacts/native/untag audit "$work/table.csv" --group group --outputs "$outputs" \
    --decision 'alert = o0 >= 5' --truth truth --exit-zero > "$work/untag.txt"

if command -v duckdb > /dev/null; then
    echo "duckdb, one grouped count for each output"
    for c in 0 1 2 3 4 5 6 7 8 9; do
        echo "select \"group\", o$c, count(*) from t group by all;"
    done | sed "1i create view t as select * from read_csv('$work/table.csv');" > "$work/query.sql"
    /usr/bin/time -f '%e s, %M KB' duckdb < "$work/query.sql" > /dev/null
else
    echo "duckdb is not here"
fi

if python3 -c 'import pandas' 2> /dev/null; then
    echo "pandas, one table of counts for each output"
    /usr/bin/time -f '%e s, %M KB' python3 - "$work/table.csv" <<'PY'
import sys
import pandas as pd
t = pd.read_csv(sys.argv[1])
for c in range(10):
    pd.crosstab(t["group"], t[f"o{c}"])
PY
else
    echo "pandas is not here"
fi
