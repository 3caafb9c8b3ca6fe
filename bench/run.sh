#!/usr/bin/env bash
# run.sh [answers|all]: the benchmarks, after `./run bench` has built them. JSON goes to build/bench/.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
what=${1:-all}
shift || true
mkdir -p build/bench
case $what in
  answers | all)
    build/release/bench/answers_bench --benchmark_min_time=0.3 --benchmark_out=build/bench/answers.json --benchmark_out_format=json
    /usr/bin/python3 bench/whole.py --otmetka build/release/otmetka --json build/bench/whole.json "$@"
    ;;
  *)
    echo "bench: there is no benchmark '$what'; there are: answers, all" >&2
    exit 2
    ;;
esac
