#!/usr/bin/env bash
# Scores the scanner on the development corpus: real repositories, pinned by commit, with places read by a person.
# usage: eng/accuracy.sh TREES [UNTAG]
#   TREES   folder with one tree per repository, made by the corpus' own extract.py
#   UNTAG   the program; by default the native one that test.sh publishes
# The corpus is not part of this repository: it lies beside it, in ../shared/corpus. Without it this script does nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
corpus="../shared/corpus"
if [ ! -d "$corpus" ]; then
  echo "skipped: there is no corpus at $corpus"
  exit 0
fi
trees="${1:?the folder with the trees of the repositories}"
python3 "$corpus/evaluate.py" "$corpus/dev.json" "$trees" -- "${2:-artifacts/native/untag}"
