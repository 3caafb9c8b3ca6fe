#!/usr/bin/env bash
# run.sh [answers|sandbox|programs|gradebook|pipeline|all]: the benchmarks, after `./run bench` has built them. JSON goes to build/bench/.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
what=${1:-all}
shift || true
mkdir -p build/bench

answers() {
  build/release/bench/answers_bench --benchmark_min_time=0.3 --benchmark_out=build/bench/answers.json --benchmark_out_format=json
  /usr/bin/python3 bench/whole.py --otmetka build/release/otmetka --json build/bench/whole.json "$@"
}

# A program that does nothing, static: what is measured is the sandbox alone.
sandbox() {
  local tiny=build/bench/true bwrap=() slots
  echo 'int main(void) { return 0; }' | gcc -O2 -static -x c -o "$tiny" -
  command -v bwrap >/dev/null && bwrap=(/usr/bin/bwrap --unshare-all --ro-bind / / --dev /dev --proc /proc --tmpfs /tmp --ro-bind "$PWD" "$PWD" --)
  for slots in 1 2; do build/release/bench/sandbox_bench "$PWD/$tiny" $slots 0 "${bwrap[@]}"; done
  build/release/bench/sandbox_bench "$PWD/$tiny" 1 30
  build/release/bench/sandbox_bench "/usr/bin/python3 -c pass" 1
  local bomb=build/bench/bomb burn=build/bench/burn
  gcc -O2 -static -x c -o "$bomb" - <<<'#include <unistd.h>
int main(void) { for (int i = 0; i < 6; ++i) fork(); for (;;) {} }'
  gcc -O2 -static -x c -o "$burn" - <<<'#include <stdlib.h>
#include <time.h>
int main(int argc, char** argv) { while (clock() < atol(argv[argc - 1]) * (CLOCKS_PER_SEC / 1000)) {} }'
  build/release/bench/limits_bench "$bomb" "$burn"
}

programs() {
  build/release/bench/programs_bench --benchmark_out=build/bench/programs.json --benchmark_out_format=json
}

# Short results as the goals have them, and results with the explanation of four answers.
gradebook() {
  build/release/bench/gradebook_bench
  build/release/bench/gradebook_bench 200000 1500
}

# On a broker of its own.
pipeline() {
  local brokers
  brokers=$(tools/kafka/kafka.sh start --folder build/bench/kafka --while $$) || exit 1
  trap 'tools/kafka/kafka.sh stop --folder build/bench/kafka' EXIT
  build/release/bench/answers_bench --benchmark_filter=ledger
  build/release/bench/pipeline_bench "$brokers" ratios
  build/release/bench/pipeline_bench "$brokers" growth
  build/release/bench/pipeline_bench "$brokers" restart
  build/release/bench/pipeline_bench "$brokers" lanes
  build/release/bench/pipeline_bench "$brokers" overload "${1:-60}"
}

case $what in
  answers) answers "$@" ;;
  sandbox) sandbox ;;
  programs) programs ;;
  gradebook) gradebook ;;
  pipeline) pipeline "$@" ;;
  all) answers "$@"; sandbox; programs; gradebook; pipeline ;;
  *)
    echo "bench: there is no benchmark '$what'; there are: answers, sandbox, programs, gradebook, pipeline, all" >&2
    exit 2
    ;;
esac
