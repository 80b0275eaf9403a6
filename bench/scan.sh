#!/usr/bin/env bash
# Untag beside other searches of the same terms in the same trees, in one run. Prints Markdown; progress goes to stderr.
# usage: bench/scan.sh [UNTAG] > bench/results/scan-CPU.md        bench/README.md lists the variables it reads
# Needs ripgrep, GNU grep, GNU time, python3; installs DevSkim as a .NET tool unless DEVSKIM names it.
set -euo pipefail
cd "$(dirname "$0")/.."
untag="${1:-artifacts/native/untag}"
runs="${RUNS:-5}" slow="${SLOW_SECONDS:-120}" limit="${LIMIT_SECONDS:-600}"
corpus="${CORPUS-../shared/corpus}"            # folders; several are separated by blanks, an empty list leaves a tree out
big="${BIG-/usr/lib /usr/share}"
file_mib="${FILE_MIB:-4096}" tiny="${TINY_FILES:-100000}" # 0 leaves one out
tools="${TOOLS:-read untag untag-1 rg-a rg grep devskim}"
work="$(mktemp -d "${SCRATCH:-${TMPDIR:-/tmp}}/untag-bench-XXXXXX")"
trap 'rm -rf "$work"' EXIT
say() { echo "$*" >&2; }

load="$(cut -d ' ' -f 1 /proc/loadavg)" # what else the machine did: figures of a busy one are no figures
terms="$work/terms.txt"
if [ -n "${TERMS:-}" ]; then cp "$TERMS" "$terms"; else "$untag" policy terms > "$terms"; fi

devskim="${DEVSKIM:-}"
if [[ " $tools " == *" devskim "* ]]; then
  if [ -z "$devskim" ]; then
    dotnet tool install Microsoft.CST.DevSkim.CLI --version 1.0.100 --tool-path "$work/tools" >&2
    devskim="$work/tools/devskim"
  fi
  # A rule for each term, found wherever it stands and without case, as the others find it.
  python3 - "$terms" > "$work/rules.json" <<'PY'
import json, sys
def rule(number, term):
    pattern = {"pattern": term, "type": "substring", "modifiers": ["i"], "scopes": ["all"], "confidence": "high"}
    return {"name": f"term {number}", "id": f"TERM{number:05}", "description": "a term", "recommendation": "none",
            "severity": "important", "tags": ["term"], "patterns": [pattern]}
json.dump([rule(i, term) for i, term in enumerate(open(sys.argv[1], encoding="utf-8").read().splitlines())], sys.stdout)
PY
fi

# The words of the generated files are the commonest of this repository's documents, so that they are like real text; none of
# them is or holds a term, so that no program may stop early.
generate() { python3 - "$terms" "$@" <<'PY'
import collections, os, pathlib, random, re, sys
terms = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8").lower().splitlines()
kind, target, amount = sys.argv[2], pathlib.Path(sys.argv[3]), int(sys.argv[4])
documents = " ".join(path.read_text(encoding="utf-8") for path in sorted(pathlib.Path("docs/decisions").glob("*.md")))
of_terms = {word for term in terms for word in re.findall(r"[a-z]+", term)}
plain = [word for word in re.findall(r"[a-z]{2,12}", documents) if word not in of_terms and not any(term in word for term in terms)]
words, weights = zip(*collections.Counter(plain).most_common(1000))
chance = random.Random(20261129)
def text(size):
    line, lines, length = [], [], 0
    for word in chance.choices(words, weights, k=size // 4 + 20):
        line.append(word)
        length += len(word) + 1
        if len(line) == 12:
            lines.append(chance.choice(["", "    ", "        "]) + " ".join(line))
            line = []
        if length >= size:
            break
    return "\n".join([*lines, " ".join(line)]).encode()[:size]
if kind == "file":  # begins as the text that its name promises, and goes on with text and random bytes in turns of chance
    block = 256 << 10
    texts = [text(block) for _ in range(128)]
    # A word that ends among random bytes would be a term by chance at one of thousands of borders.
    noise = random.Random(1) # among other numbers' 32 MiB a word or two stands by chance, which ends the search early
    others = [b"\0" + noise.randbytes(block - 2) + b"\0" for _ in range(128)]
    with target.open("wb") as file:
        for i in range(amount * 4):
            file.write(chance.choice(texts if i < 16 else texts + others))
else:
    pool = text(8 << 20)
    for i in range(amount):
        folder = target / f"{i // 100:04}"
        if i % 100 == 0:
            folder.mkdir(parents=True)
        start, size = chance.randrange(len(pool) - 4096), chance.randrange(100, 2000)
        (folder / f"{i:06}{chance.choice(['.py', '.js', '.md', '.c', '.txt'])}").write_bytes(pool[start:start + size])
PY
}

# One program on one tree.
execute() {
  local tool="$1"; shift
  case "$tool" in
    read) find "$@" -type f -print0 | xargs -0 cat > /dev/null ;;
    untag) "$untag" scan "$@" --no-ignore -q --exit-zero ;;
    untag-1) "$untag" scan "$@" --no-ignore -q --exit-zero --jobs 1 ;;
    cache-*) "$untag" scan "$@" --no-ignore -q --exit-zero --cache "$work/cache" ;;
    rg-a) rg -uu -a -c -i -F -f "$terms" "$@" ;;
    rg) rg -uu -c -i -F -f "$terms" "$@" ;;
    grep) LC_ALL=C grep -r -c -a -i -F -f "$terms" "$@" ;;
    devskim) # takes one folder
      for path in "$@"; do
        "$devskim" analyze -I "$path" -r "$work/rules.json" -i -d -g '' -f text -O "$work/devskim.txt" --skip-excerpts -x Fatal
      done ;;
  esac
}
export -f execute
export untag terms devskim work

# tool, tree and paths; adds a line "tree, tool, seconds, KiB, exit code" to the measurements
measure() {
  local tool="$1" tree="$2" code=0; shift 2
  # Into a file: GNU grep stops at the first hit when nobody would see its output.
  /usr/bin/time -q -f '%e %M' -o "$work/time" timeout -k 5 "$limit" bash -c 'execute "$@"' bash "$tool" "$@" > "$work/output" 2> "$work/errors" || code=$?
  printf '%s\t%s\t%s\t%s\n' "$tree" "$tool" "$(tail -n 1 "$work/time" | tr ' ' '\t')" "$code" >> "$work/measured"
  say "$tree: $tool $(tail -n 1 "$work/time") (exit code $code) $(tail -n 1 "$work/errors" | cut -c 1-200)"
}

# Round robin, so that whatever else the machine does meets every program alike. Another program that is slow is run once.
compare() {
  local tree="$1" list="$2" tool round; shift 2
  for path in "$@"; do [ -e "$path" ] || { say "error: there is no \`$path\`"; exit 2; }; done
  printf '%s\t%s\t%s\n' "$tree" "$(find "$@" -type f | wc -l)" "$(find "$@" -type f -printf '%s\n' | awk '{ sum += $1 } END { printf "%.0f", sum }')" >> "$work/trees"
  execute read "$@" 2> "$work/errors" || true # warms the cache
  for round in $(seq "$runs"); do
    rm -rf "$work/cache"
    for tool in $list; do
      [ "$round" = 1 ] || [ "$tool" = untag ] || ! is_slow "$tree" "$tool" || continue
      measure "$tool" "$tree" "$@"
    done
  done
}
is_slow() { awk -F '\t' -v tree="$1" -v tool="$2" -v slow="$slow" '$1 == tree && $2 == tool && $3 > slow { found = 1 } END { exit !found }' "$work/measured"; }

# shellcheck disable=SC2086 # lists of folders
{
  with_cache=""
  if [[ " $tools " == *" untag "* ]]; then with_cache="cache-first cache-second"; fi
  [ -z "$corpus" ] || compare "The development corpus" "$tools $with_cache" $corpus
  [ -z "$big" ] || compare "A big mixed tree" "$tools" $big
  if [ "$file_mib" -gt 0 ]; then
    generate file "$work/large.sql" "$file_mib"
    compare "One large file" "$tools" "$work/large.sql"
    rm "$work/large.sql"
  fi
  if [ "$tiny" -gt 0 ]; then
    generate tiny "$work/tiny" "$tiny"
    compare "Tiny files" "$tools" "$work/tiny"
  fi
}

echo "# Scanning beside other programs"
echo
echo "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | sed -n 1p), $(nproc) cores with a load of $load before, $(date -u +%F); $(wc -l < "$terms") terms, warm cache."
echo "$("$untag" --version); $(rg --version | sed -n 1p); $(grep --version | sed -n 1p)$([ -z "$devskim" ] || echo "; $("$devskim" --version 2>&1 | sed -n 1p)")."
python3 - "$work" "$slow" "$limit" <<'PY'
import collections, pathlib, statistics, sys
work, slow, limit = pathlib.Path(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
names = {
    "read": "plain read (`cat`)", "untag": "`untag scan`", "untag-1": "`untag scan --jobs 1`",
    "cache-first": "`untag scan --cache`, first run", "cache-second": "`untag scan --cache`, second run",
    "rg-a": "`rg -a` (all bytes)", "rg": "`rg` (skips binary files)", "grep": "`grep -a`",
    "devskim": "DevSkim, a rule for each term (known file types only)",
}
STOPPED = 124
measured = collections.defaultdict(list)
for line in (work / "measured").read_text().splitlines():
    tree, tool, seconds, peak, code = line.split("\t")
    measured[tree, tool].append((float(seconds), int(peak), int(code)))
for line in (work / "trees").read_text().splitlines():
    tree, files, size = line.split("\t")
    print(f"\n## {tree}\n\n{int(size) / 1e9:.2f} GB in {int(files):,} files.\n")
    print("| program | median | lowest to highest | runs | to `rg -a` | GB/s | peak memory |")
    print("|---|--:|--:|---|--:|--:|--:|")
    medians = {tool: statistics.median(run[0] for run in all_runs) for (of, tool), all_runs in measured.items() if of == tree}
    failed = {tool for (of, tool), all_runs in measured.items() if of == tree and any(run[2] not in (0, 1, 2, STOPPED) for run in all_runs)}
    stopped = {tool for (of, tool), all_runs in measured.items() if of == tree and any(run[2] == STOPPED for run in all_runs)}
    for tool, median in medians.items():
        all_runs = measured[tree, tool]
        more = "> " if tool in stopped else ""
        count = f"stopped after {limit:.0f} s" if more else f"{len(all_runs)}" + (f" (slower than {slow:.0f} s)" if median > slow else "")
        codes = {run[2] for run in all_runs} - {STOPPED}
        if tool in failed: # its time is that of nothing
            print(f"| {names[tool]} | – | – | ended itself with exit code {max(codes)} | – | – | – |")
            continue
        if tool.startswith(("untag", "cache")) and 2 in codes:
            count += ", partial"
        # Of a program that was stopped only a bound is known, and of its ratio only when the other one was not.
        ratio = "–" if "rg-a" not in medians or "rg-a" in stopped else f"{more}{median / max(medians['rg-a'], 0.01):.2f}"
        peak = "–" if more else f"{max(run[1] for run in all_runs) / 1024:.0f} MiB"
        speed = "–" if more else f"{int(size) / 1e9 / max(median, 0.01):.2f}"
        print(f"| {names[tool]} | {more}{median:.2f} s | {min(run[0] for run in all_runs):.2f} to {max(run[0] for run in all_runs):.2f} s "
              f"| {count} | {ratio} | {speed} | {peak} |")
    for one, other, what in [("untag-1", "untag", "All workers are {} times as fast as one."),
                             ("cache-first", "cache-second", "The cached second run is {} times as fast as the first."),
                             ("devskim", "untag", "`untag scan` is {} times as fast as DevSkim.")]:
        if one in medians and other in medians and not {one, other} & failed and other not in stopped and (one not in stopped or one == "devskim"):
            print("\n" + what.format(f"{'more than ' if one in stopped else ''}{medians[one] / max(medians[other], 0.01):.1f}"))
PY
