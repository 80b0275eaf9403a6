#!/usr/bin/env bash
# Kills a program that writes a transparency log at random moments, and looks that nothing that it told to be durable is lost or
# doubled, and that no smaller or different head was signed: the test KillTests, 200 times instead of 20.
# usage: eng/kill-log.sh [TIMES]        needs a Release build of the tests
set -euo pipefail
cd "$(dirname "$0")/.."
UNTAG_KILLS="${1:-200}" dotnet test --project tests/Untag.Tests -c Release --no-build --filter-class "*KillTests"
