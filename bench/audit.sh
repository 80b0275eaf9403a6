#!/usr/bin/env bash
# An audit beside DuckDB's own grouped counts and a pandas script, over one table of 8 groups and 10 outputs in Parquet and in CSV;
# then over one of scores of which no two are alike, and a merge of 1,000 parts. Prints Markdown; progress goes to standard error.
# usage: bench/audit.sh [UNTAG] > bench/results/audit-CPU.md     bench/README.md lists the variables it reads
# Needs GNU time, the SDK, and a Python with pandas, which PYTHON names; of Parquet pandas is left out where it has no pyarrow.
set -euo pipefail
cd "$(dirname "$0")/.."
untag="$(realpath "${1:-artifacts/native/untag}")"
python="${PYTHON:-python3}"
rows="${ROWS:-20000000}" scores="${SCORES:-2000000}" parts="${PARTS:-1000}" runs="${RUNS:-3}"
load="$(cut -d ' ' -f 1 /proc/loadavg)" # what else the machine did: figures of a busy one are no figures
work="$(mktemp -d "${SCRATCH:-${TMPDIR:-/tmp}}/untag-bench-XXXXXX")"
trap 'rm -rf "$work"' EXIT
say() { echo "$*" >&2; }
dotnet build bench/peers/duckdb.cs -c Release -o "$work/peers" -v q > "$work/build" || { cat "$work/build" >&2; exit 2; }
duckdb() { dotnet "$work/peers/duckdb.dll" "$@"; }
figures() { "$python" bench/peers/pandas_audit.py "$@"; }
versions="$(duckdb version); $(figures version)" || { say "error: $python has no pandas"; exit 2; }

asks=(--group group --outputs o0,o1,o2,o3,o4,o5,o6,o7,o8,o9 --decision 'alert = o0 >= 5' --truth truth --exit-zero)

# table, program, command...; adds a line "table, program, seconds, KiB" to the measurements
measure() {
  local table="$1" program="$2" code=0; shift 2
  /usr/bin/time -q -f '%e %M' -o "$work/time" "$@" > "$work/output" 2> "$work/errors" || code=$?
  [ "$code" = 0 ] || { say "error: $program on $table ended with $code: $(tail -n 1 "$work/errors")"; exit 2; }
  printf '%s\t%s\t%s\n' "$table" "$program" "$(tail -n 1 "$work/time" | tr ' ' '\t')" >> "$work/measured"
  say "$table: $program $(tail -n 1 "$work/time")"
}

# Median, lowest and highest seconds, and the most memory, of each program in the order in which they ran.
tell() {
  echo "| program | median | lowest to highest | peak memory |"
  echo "|---|--:|--:|--:|"
  awk -F '\t' -v table="$1" '$1 == table && !seen[$2]++ { print $2 }' "$work/measured" | while read -r program; do
    awk -F '\t' -v table="$1" -v program="$program" '$1 == table && $2 == program { print $3 "\t" $4 }' "$work/measured" | sort -n |
      awk -F '\t' -v program="$program" '{ s[NR] = $1; if ($2 > most) most = $2 }
        END { printf "| %s | %.2f s | %.2f to %.2f s | %.0f MiB |\n", program, s[int((NR + 1) / 2)], s[1], s[NR], most / 1024 }'
  done
}

say "a table of $rows rows"
for table in parquet csv; do
  duckdb table "$rows" "$work/table.$table"
  # They take turns, so that whatever else the machine does meets all of them alike.
  for round in $(seq "$runs"); do
    measure "$table" 'plain read (`cat`)' cat "$work/table.$table"
    measure "$table" '`untag audit`' "$untag" audit "$work/table.$table" "${asks[@]}" --format json
    cp "$work/output" "$work/untag.json"
    measure "$table" 'DuckDB, a query for each output' dotnet "$work/peers/duckdb.dll" each "$work/table.$table"
    measure "$table" 'DuckDB, one query with grouping sets' dotnet "$work/peers/duckdb.dll" sets "$work/table.$table"
    if [ "$round" = 1 ] && { [ "$table" = csv ] || "$python" -c 'import pyarrow' 2> "$work/errors"; }; then
      measure "$table" 'pandas' "$python" bench/peers/pandas_audit.py figures "$work/table.$table"
      figures agree "$work/untag.json" "$work/output" >&2
    fi
  done
  du -m "$work/table.$table" | cut -f 1 > "$work/size-$table"
  [ "$table" = csv ] || rm "$work/table.$table"
done
rm "$work/table.csv"

say "a table of $scores rows of scores"
for table in scores-parquet scores-csv; do
  duckdb scores "$scores" "$work/scores.${table#scores-}"
  for _ in $(seq "$runs"); do
    measure "$table" '`untag audit`' "$untag" audit "$work/scores.${table#scores-}" "${asks[@]:0:4}" --exit-zero --format json
    measure "$table" 'DuckDB, a query for each output' dotnet "$work/peers/duckdb.dll" bins "$work/scores.${table#scores-}"
  done
  du -m "$work/scores.${table#scores-}" | cut -f 1 > "$work/size-$table"
  rm "$work/scores.${table#scores-}"
done

say "$parts parts"
duckdb parts "$parts" "$work/parts"
for table in "$work"/parts/*.csv; do
  "$untag" audit "$table" --person person "${asks[@]}" --partial "${table%.csv}.json" 2> "$work/errors"
done
for _ in $(seq "$runs"); do
  measure merge '`untag audit merge`' "$untag" audit merge "$work"/parts/*.json --exit-zero
done

echo "# An audit beside DuckDB and pandas"
echo
echo "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores with a load of $load before, $(date -u +%F); warm cache."
echo "$("$untag" --version | head -n 1); $versions."
echo
echo "$rows rows, 8 groups, 10 outputs of 10 values, a decision with a threshold, and its truth. \`untag audit\` judges what it"
echo "measured, draws groups by lot where it must, and writes the report; DuckDB only counts; pandas computes Cramér's V, mutual"
echo "information, G, the areas under the curves and the rates, which are those of \`untag audit\` to six digits."
for table in parquet csv; do
  printf '\n## %s, %s MB\n\n' "$([ "$table" = csv ] && echo CSV || echo Parquet)" "$(cat "$work/size-$table")"
  tell "$table"
done
for table in scores-parquet scores-csv; do
  printf '\n## Continuous outputs: %s rows in %s, %s MB\n\n' "$scores" "$([ "$table" = scores-csv ] && echo CSV || echo Parquet)" "$(cat "$work/size-$table")"
  echo "10 outputs between 0 and 1 with all their bits, 8 groups. \`untag audit\` looks at their order, their shape and 12 decimals and judges them;"
  echo "DuckDB counts each in 16,384 classes."
  echo
  tell "$table"
done
printf '\n## A merge of %s parts, %s MB\n\n' "$parts" "$(du -cm "$work"/parts/*.json | tail -n 1 | cut -f 1)"
tell merge
