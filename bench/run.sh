#!/usr/bin/env bash
# run.sh [answers|sandbox|programs|gradebook|pipeline|peers|growth|report|all]: the benchmarks, after `./run bench` has built them.
# What they measure goes to build/bench/ as JSON, whence `report` makes BENCHMARKS.md.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
what=${1:-all}
shift || true
folder=build/bench
programs=build/release/bench
mkdir -p $folder

# google PROGRAM: its microbenchmarks, each repeated so that there is a median.
google() {
  $programs/"$1"_bench --benchmark_min_time=0.2 --benchmark_out=$folder/"$1".json --benchmark_out_format=json
}

python() { /usr/bin/python3 -B bench/"$@"; }

answers() {
  google answers
  python whole.py --otmetka build/release/otmetka --json $folder/whole.json "$@" || missed whole.py $?
}

# A goal that is missed is told in the end: the other parts are measured all the same.
failed=0
missed() {
  [ "$2" = 1 ] || { echo "bench: $1 ended with $2" >&2; exit "$2"; }
  failed=1
}

# A program that does nothing, static: what is measured is the sandbox alone.
nothing=$PWD/$folder/true
make_nothing() { gcc -O2 -static -x c -o "$nothing" - <<<'int main(void) { return 0; }'; }

walls() {
  local bwrap=() slots
  command -v bwrap >/dev/null &&
    bwrap=(--other "bubblewrap=/usr/bin/bwrap --unshare-all --ro-bind / / --dev /dev --proc /proc --tmpfs /tmp --ro-bind $PWD $PWD --")
  make_nothing
  for slots in 1 2; do $programs/sandbox_bench "$nothing" $slots "${bwrap[@]}" --json $folder/sandbox-$slots.json; done
}

limits() {
  make_nothing
  $programs/sandbox_bench "$nothing" 1 30 --json $folder/sandbox-idle.json
  $programs/sandbox_bench "/usr/bin/python3 -c pass" 1 --json $folder/sandbox-python.json
  local bomb=$folder/bomb burn=$folder/burn
  gcc -O2 -static -x c -o "$bomb" - <<<'#include <unistd.h>
int main(void) { for (int i = 0; i < 6; ++i) fork(); for (;;) {} }'
  gcc -O2 -static -x c -o "$burn" - <<<'#include <stdlib.h>
#include <time.h>
int main(int argc, char** argv) { while (clock() < atol(argv[argc - 1]) * (CLOCKS_PER_SEC / 1000)) {} }'
  $programs/limits_bench "$bomb" "$burn" --json $folder/limits.json
}

sandbox() {
  walls
  limits
}

programs() { google programs; }

# Short results as the goals have them, and results with the explanation of four answers.
gradebook() {
  $programs/gradebook_bench --json $folder/gradebook.json
  $programs/gradebook_bench 200000 1500 --json $folder/gradebook-explained.json
}

# A broker of this script's own, the same for every part.
brokers=
broker() {
  [ -z "$brokers" ] || return 0
  brokers=$(tools/kafka/kafka.sh start --folder $folder/kafka --while $$) || exit 1
  trap 'tools/kafka/kafka.sh stop --folder $folder/kafka' EXIT
}

pipeline_of() {
  broker
  $programs/pipeline_bench "$brokers" "$1" "${@:2}" --json $folder/pipeline-"$1".json
}

# What is measured beside nobody: the rest of `pipeline` is in `peers` and `growth` too.
lanes() {
  pipeline_of restart
  pipeline_of lanes
  pipeline_of overload "${1:-60}"
}

pipeline() {
  pipeline_of ratios
  pipeline_of growth
  lanes "$@"
}

peers() {
  broker
  python peers.py --programs $programs --otmetka build/release/otmetka --json $folder/peers.json --brokers "$brokers" "$@" ||
    missed peers.py $?
}

growth() {
  local more=()
  [[ " $* " != *" --quick "* ]] || more=(10000)
  pipeline_of growth "${more[@]}"
  python growth.py --otmetka build/release/otmetka --gradebook-bench $programs/gradebook_bench --json $folder/growth.json \
    --partitions $folder/pipeline-growth.json "$@" || missed growth.py $?
}

# part NAME FUNCTION ARGUMENTS…: noted with its arguments, its machine, its commit and how long it took.
part() {
  python machine.py begin "$1" "${@:3}"
  "${@:2}"
  python machine.py end "$1"
}

case $what in
  answers | sandbox | programs | gradebook | pipeline | peers | growth) part "$what" "$what" "$@" ;;
  report) python report.py "$@" ;;
  # Peers have the walls and the ratios, growth has the partitions: neither is measured twice.
  all)
    rm -f $folder/*.json
    part answers answers
    part peers peers "$@"
    part sandbox limits
    part programs programs
    part gradebook gradebook
    part pipeline lanes
    part growth growth
    ;;
  *)
    echo "bench: there is no benchmark '$what'; there are: answers, sandbox, programs, gradebook, pipeline, peers, growth, report, all" >&2
    exit 2
    ;;
esac
exit $failed
