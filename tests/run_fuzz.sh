#!/usr/bin/env bash
# run_fuzz.sh PROGRAM NAME: the kept corpus tests/corpus/NAME first, then a few seconds of new inputs from there. An input that
# breaks the target stays beside the program, in crashes/: mend the program, then move it to the corpus.
set -euo pipefail
program=$1 name=$2
corpus=$(dirname "$(readlink -f "$0")")/corpus/$name
crashes=$(dirname "$program")/crashes
mkdir -p "$crashes"
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
[ -d "$corpus" ] && [ -n "$(ls -A "$corpus")" ] || { echo "the corpus tests/corpus/$name is missing or empty" >&2; exit 1; }
"$program" -runs=0 "$corpus"
"$program" -max_total_time="${OTMETKA_FUZZ_SECONDS:-4}" -max_len=65536 -timeout=10 -rss_limit_mb=2048 -artifact_prefix="$crashes/$name-" \
  "$fresh" "$corpus"
