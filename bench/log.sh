#!/usr/bin/env bash
# The transparency log: durable entries a second, in files and in PostgreSQL with four programs that write, the time to verify a
# million entries, and to prove one of ten million. Entries of 300 bytes, each told to be durable only after the disk has it, with a
# checkpoint every second. Prints Markdown.
# usage: bench/log.sh [FOLDER] > bench/results/log-CPU.md        FOLDER: on the disk to be measured; needs a Release build and
#        the native program; PostgreSQL where it is there
set -euo pipefail
cd "$(dirname "$0")/.."
folder="$(realpath "$(mktemp -d "${1:-$PWD/artifacts}/log-XXXXXX")")" # PostgreSQL runs as nobody there when root measures
chmod 755 "$folder"
trap 'stop_postgres; rm -rf "$folder"' EXIT
seconds="${SECONDS_EACH:-10}" million="${MILLION:-1000000}" ten_million="${TEN_MILLION:-10000000}"
untag="${UNTAG_BINARY:-artifacts/native/untag}"
writer="dotnet artifacts/bin/Untag.LogWriter/release/Untag.LogWriter.dll"
cluster="dotnet artifacts/bin/Untag.ClusterWriter/release/Untag.ClusterWriter.dll"
load="$(cut -d ' ' -f 1 /proc/loadavg)" # what else the machine did

postgres_programs() { ls -d /usr/lib/postgresql/*/bin 2> /dev/null | sort -V | tail -n 1 || true; }

# PostgreSQL refuses to run as root.
as_owner() { if [ "$(id -u)" = 0 ]; then (cd / && setpriv --reuid nobody --regid nogroup --clear-groups "$@"); else "$@"; fi; }

start_postgres() {
  mkdir "$folder/pg"
  [ "$(id -u)" != 0 ] || chown nobody "$folder/pg"
  as_owner "$programs/initdb" -D "$folder/pg/data" -A trust -U untag -E UTF8 --locale=C > /dev/null
  as_owner "$programs/pg_ctl" -D "$folder/pg/data" -l "$folder/pg/log" -w -o "-c listen_addresses='' -k $folder/pg" start > /dev/null
}

stop_postgres() { [ ! -d "${folder:?}/pg/data" ] || as_owner "$programs/pg_ctl" -D "$folder/pg/data" -m immediate -w stop > /dev/null 2>&1 || true; }

# Four programs write at once, and one more sequences and signs: prints what they did together.
four_writers() {
  local connection="Host=$folder/pg;Username=untag;Database=postgres" i
  $cluster sequence "$connection" "$folder/cluster" "$folder/key" "$((seconds + 5))" 1000 > /dev/null &
  sleep 2
  for i in 1 2 3 4; do $cluster write "$connection" "$folder/key" "$1" "$seconds" > "$folder/writer-$i" & done
  wait
  awk -v threads="$1" '{ entries += $1; if ($5 > seconds) seconds = $5 }
    END { printf "| PostgreSQL | 4 programs of %d | %d | %.2f s | %d |\n", threads, entries, seconds, entries / seconds }' "$folder"/writer-?
}

timed() {
  local start end
  start="$(date +%s.%N)"
  "$@" > "$folder/said"
  end="$(date +%s.%N)"
  awk "BEGIN { printf \"%.2f s\", $end - $start }"
}

"$untag" keys new --name example.com/log --output "$folder/key" > /dev/null
programs="$(postgres_programs)"
echo "# The transparency log"
echo
echo "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores with a load of $load before, $(date -u +%F), $(stat -f -c %T "$folder")."
echo
echo "| kept in | who writes at once | durable entries | in | a second |"
echo "|---|---|---|---|---|"
for threads in 1 16 256; do
  $writer "$folder/$threads" "$folder/key" "$threads" "$seconds" quiet |
    awk -v threads="$threads" '{ printf "| files | 1 program of %d | %d | %.2f s | %d |\n", threads, $1, $5, $1 / $5 }'
done
if [ -n "$programs" ]; then
  start_postgres
  four_writers 16
  four_writers 64
  stop_postgres
fi
echo
echo "| Tessera, as its authors state | on | entries a second |"
echo "|---|---|---|"
echo "| POSIX files, NVMe, with antispam | their machine, up to 7 cores | around 10,000 |"
echo "| POSIX files, mirrored SAS disks, without antispam | their machine of 12 cores | around 2,900 |"
echo "| POSIX files, a persistent disk | an e2-micro of Google Cloud | over 1,500 |"
echo "| Google Cloud, Spanner of 100 units, without antispam | their machines | over 3,000 |"
echo
echo "Tessera's figures are theirs, of other hardware and of a front end that many clients call: docs/performance.md of"
echo "[transparency-dev/tessera](https://github.com/transparency-dev/tessera) at 1811ae1a (2026-08-21). They are no comparison."
echo
$writer fill "$folder/million" "$folder/key" "$million" 300
echo "- \`untag log verify\`, $million entries of 300 bytes: $(timed "$untag" log verify "$folder/million")"
rm -r "$folder/million"
$writer fill "$folder/ten-million" "$folder/key" "$ten_million" 20
echo "- a proof that an entry is in a log of $ten_million, each from the files anew: $($writer prove "$folder/ten-million" 1000)"
if [ -d "$folder/cluster" ]; then
  echo "- \`untag log verify\` of the log from PostgreSQL: $("$untag" log verify "$folder/cluster" | head -n 1 | cut -d , -f 1)"
fi
