#!/usr/bin/env bash
# Installs what the tests need, builds, checks the format, publishes the native program and runs every test.
# usage: ./test.sh [FILTER]     FILTER: a class name or part of one, for a quick run
# Needs git and the .NET 10 SDK. Closes with a line "N passed, N failed, N skipped".
set -euo pipefail
cd "$(dirname "$0")"

say() { printf '\n== %s\n' "$1"; }

say "tools"
if ! command -v clang >/dev/null && ! command -v gcc >/dev/null || ! ls /usr/include/zlib.h >/dev/null 2>&1; then
  # Native AOT links with the platform's C compiler.
  apt-get update -qq && apt-get install -y -qq gcc zlib1g-dev
fi

if ! command -v postgres >/dev/null && ! ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1; then
  # The tests of a log with many writers start a private server; without one they are skipped.
  apt-get update -qq && apt-get install -y -qq postgresql || echo "warning: there is no PostgreSQL to be had" >&2
fi

say "restore (exactly the locked versions)"
dotnet restore Untag.slnx --locked-mode

say "build"
dotnet build Untag.slnx -c Release --no-restore

say "format"
dotnet format Untag.slnx --no-restore --verify-no-changes

say "publish the native program"
rid="$(dotnet --info | sed -n 's/^ *RID: *//p' | head -n 1)"
out="$PWD/artifacts/native"
dotnet publish src/Untag.Cli -c Release -r "$rid" -o "$out" 2>&1 | tee artifacts/publish.log
if grep -qE 'warning (IL|NETSDK)' artifacts/publish.log; then
  echo "error: the native build has warnings" >&2
  exit 1
fi
export UNTAG_BINARY="$out/untag"

say "publish the server and a service to try it on beside it"
dotnet publish src/Untag.Server -c Release --no-build -o "$out" -v q
dotnet publish samples/vision-api -c Release --no-build -o "$out" -v q

say "tests"
status=0
dotnet test --solution Untag.slnx -c Release --no-build ${1:+--filter-class "*$1*"} 2>&1 | tee artifacts/tests.log || status=$?
count() { sed -n "s/^ *$1: *\([0-9]*\).*/\1/p" artifacts/tests.log | tail -n 1; }
passed="$(count succeeded)" failed="$(count failed)" skipped="$(count skipped)"
if [ -z "$passed" ]; then
  echo "error: no test was run" >&2
  exit 1
fi
printf '\n%s passed, %s failed, %s skipped\n' "$passed" "${failed:-0}" "${skipped:-0}"
exit "$status"
