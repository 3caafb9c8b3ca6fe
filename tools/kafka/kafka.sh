#!/usr/bin/env bash
# A real Kafka of one node or three on this machine, for tests and demonstrations: KRaft, no password, loopback only, empty at
# each start. `./run kafka` calls it.
#
#   tools/kafka/kafka.sh start [--nodes 1|3] [--folder DIR] [--ports P,…] [--while PID]
#                                     prints the bootstrap address and writes it to DIR/bootstrap; returns when the cluster's
#                                     metadata lists every node. Ports are the nodes' and then their controllers', free ones
#                                     unless given. --while: stops by itself when that process is gone
#   tools/kafka/kafka.sh stop [--folder DIR]
#   tools/kafka/kafka.sh kill N [--folder DIR]      kill -9 of one node
#   tools/kafka/kafka.sh again N [--folder DIR]     that node comes back, with its data
#
# DIR is build/kafka unless given. What Maven fetches and the archive of loaded classes lie in build/kafka for all folders.
# Exit codes: 0 done, 1 it did not work, 2 usage, 3 Java, Maven, kcat or Maven's registry is not to be had here.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
tools=$root/tools/kafka
shared=$root/build/kafka
libs=$shared/libs

say() { printf '%s\n' "$*" >&2; }
die() { say "kafka: $*"; exit 1; }
absent() { say "kafka: $*"; exit 3; }

# Once: the jars. Several may ask at the same time.
fetch_jars() {
  local tool
  for tool in java mvn kcat; do
    command -v $tool >/dev/null || absent "there is no $tool; the packages are those of the group kafka in tools/packages.txt"
  done
  mkdir -p "$shared"
  (
    flock 9
    [ "$tools/pom.xml" -ot "$shared/fetched" ] && exit 0
    rm -rf "$libs"
    mvn -q -B -f "$tools/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$libs" >"$shared/mvn.log" 2>&1 ||
      exit 3
    touch "$shared/fetched"
  ) 9>"$shared/fetch.lock" || absent "Maven could not fetch Kafka: $(grep -m 1 ERROR "$shared/mvn.log" || echo "see $shared/mvn.log")"
}

# java_of CLASS ARGUMENT…: small, quick to start. The jars in a fixed order, as the archive of classes asks.
java_of() {
  exec java -Xms64m -Xmx320m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -Xlog:cds=off -Xlog:cds+dynamic=off \
    "${archive[@]}" -Dlog4j.configuration="file:$tools/log4j.properties" -cp "$(printf '%s:' "$libs"/*.jar)" "$@"
}

free_ports() {  # COUNT, below those that the kernel gives to clients
  local port count=0
  for port in $(shuf -i 20000-32000 -n 500); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && continue
    echo "$port"
    [ $((++count)) -lt "$1" ] || return 0
  done
}

write_properties() {  # N: ports, voters and replication are those of the whole cluster
  local n=$1 replicas=$nodes least=1
  [ "$nodes" = 1 ] || least=2
  cat >"$folder/node$n/node.properties" <<END
process.roles=broker,controller
node.id=$n
controller.quorum.voters=$voters
listeners=PLAINTEXT://127.0.0.1:${ports[n - 1]},CONTROLLER://127.0.0.1:${ports[nodes + n - 1]}
advertised.listeners=PLAINTEXT://127.0.0.1:${ports[n - 1]}
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
log.dirs=$folder/node$n/data
default.replication.factor=$replicas
min.insync.replicas=$least
offsets.topic.replication.factor=$replicas
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=$replicas
transaction.state.log.min.isr=$least
transaction.state.log.num.partitions=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
transaction.abort.timed.out.transaction.cleanup.interval.ms=1000
replica.lag.time.max.ms=3000
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
controlled.shutdown.enable=false
num.network.threads=2
num.io.threads=2
log.cleaner.dedupe.buffer.size=2097152
auto.create.topics.enable=false
END
}

running() { # N
  local pid
  pid=$(cat "$folder/node$1/pid" 2>/dev/null) && { tr '\0' ' ' <"/proc/$pid/cmdline"; } 2>/dev/null | grep -qF "$folder/node$1/"
}

# The first orderly stop of any node leaves the archive of its classes; later starts take half the time with it.
start_node() { # N
  archive=(-XX:SharedArchiveFile="$shared/classes.jsa")
  [ -e "$shared/classes.jsa" ] || archive=(-XX:ArchiveClassesAtExit="$folder/node$1/classes.jsa")
  (java_of kafka.Kafka "$folder/node$1/node.properties" </dev/null >>"$folder/node$1/log" 2>&1 9>&- &
   echo $! >"$folder/node$1/pid")
}

# It is gone when this returns: what has been killed takes a moment to go.
kill_node() { # N
  running "$1" || die "node $1 is not running"
  kill -9 "$(cat "$folder/node$1/pid")"
  while running "$1"; do sleep 0.02; done
}

wait_until_ready() {
  local n left
  for ((left = 300; left > 0; --left)); do
    [ "$(kcat -L -b "$(cat "$folder/bootstrap.new")" -m 2 2>/dev/null | grep -c '^  broker ')" = "$nodes" ] && return
    for ((n = 1; n <= nodes; ++n)); do
      running $n || { tail -n 20 "$folder/node$n/log" >&2; die "node $n has ended; its log is $folder/node$n/log"; }
    done
    sleep 0.2
  done
  die "the nodes are not ready after a minute; their logs are $folder/node*/log"
}

start() {
  local n id bootstrap=''
  [ "$nodes" = 1 ] || [ "$nodes" = 3 ] || { say "kafka: --nodes is 1 or 3"; exit 2; }
  running 1 && { echo "$(cat "$folder/bootstrap")"; say "kafka: it is running already; ./run kafka stop ends it"; return; }
  stop
  fetch_jars
  [ ${#ports[@]} -gt 0 ] || mapfile -t ports < <(free_ports $((2 * nodes)))
  [ ${#ports[@]} = $((2 * nodes)) ] || { say "kafka: $nodes nodes need $((2 * nodes)) ports"; exit 2; }
  voters=''
  for ((n = 1; n <= nodes; ++n)); do
    voters+=${voters:+,}$n@127.0.0.1:${ports[nodes + n - 1]}
    bootstrap+=${bootstrap:+,}127.0.0.1:${ports[n - 1]}
  done
  id=$(head -c 16 /dev/urandom | base64 | tr '+/' 'ab' | tr -d '=')
  archive=(-XX:SharedArchiveFile="$shared/classes.jsa")
  for ((n = 1; n <= nodes; ++n)); do
    mkdir -p "$folder/node$n"
    write_properties $n
    (java_of kafka.tools.StorageTool format -t "$id" -c "$folder/node$n/node.properties") >"$folder/node$n/log" 2>&1 ||
      { cat "$folder/node$n/log" >&2; die "node $n could not be formatted"; }
    start_node $n
  done
  echo "$bootstrap" >"$folder/bootstrap.new"
  trap stop EXIT
  wait_until_ready
  trap - EXIT
  mv "$folder/bootstrap.new" "$folder/bootstrap"
  if [ -n "$owner" ]; then
    (tail --pid="$owner" -f /dev/null; "$(readlink -f "$0")" stop --folder "$folder") </dev/null >/dev/null 2>&1 &
  fi
  cat "$folder/bootstrap"
}

# Politely, then not; whatever stands in the folder of a node is gone afterwards but its log.
stop() {
  local n left
  for n in 1 2 3; do ! running $n || kill "$(cat "$folder/node$n/pid")"; done
  for n in 1 2 3; do
    for ((left = 100; left > 0; --left)); do
      running $n || break
      sleep 0.1
    done
    ! running $n || kill -9 "$(cat "$folder/node$n/pid")" || true
    [ ! -s "$folder/node$n/classes.jsa" ] || mv "$folder/node$n/classes.jsa" "$shared/classes.jsa"
    rm -rf "$folder/node$n/data" "$folder/node$n/pid"
  done
  rm -f "$folder/bootstrap" "$folder/bootstrap.new"
}

[ $# -gt 0 ] || { sed -n '2,18s/^# \{0,1\}//p' "$0" >&2; exit 2; }
command=$1 number='' nodes=1 folder=$shared owner='' ports=()
shift
[[ ${1:-} =~ ^[123]$ ]] && { number=$1; shift; }
while [ $# -gt 0 ]; do
  case $1 in
    --nodes) nodes=${2:?--nodes needs a number} ;;
    --folder) folder=$(mkdir -p "${2:?--folder needs a path}" && cd "$2" && pwd) ;;
    --ports) IFS=, read -r -a ports <<<"${2:?--ports needs numbers}" ;;
    --while) owner=${2:?--while needs a process id} ;;
    *) say "kafka: not understood: $1"; exit 2 ;;
  esac
  shift 2
done
case $command in
  start) start ;;
  stop) stop ;;
  kill) kill_node "$number" ;;
  again) ! running "$number" || die "node $number is running"; start_node "$number" ;;
  *) say "kafka: start, stop, kill or again, not '$command'"; exit 2 ;;
esac
