#!/usr/bin/env bash
# Writes expected.csv of the samples anew: samples/expected.sh [NAME…]. Read the difference before you keep it.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
otmetka=${OTMETKA_PROGRAM:-../build/release/otmetka}
[ -x "$otmetka" ] || { echo "expected.sh: there is no $otmetka; build it first: ./run build" >&2; exit 1; }

[ $# -gt 0 ] || set -- */spec.yaml
for name in "$@"; do
  name=${name%/spec.yaml}
  answers=$name/answers.jsonl
  [ -e "$answers" ] || answers=$name/answers
  "$otmetka" grade --lang en --format csv --spec "$name/spec.yaml" --output "$name/expected.csv" "$answers"
done
