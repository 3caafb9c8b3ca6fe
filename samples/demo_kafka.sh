#!/usr/bin/env bash
# The main job on real servers: a Kafka broker, a PostgreSQL gradebook and two workers, one of which is killed in the middle of it. Ends
# by comparing the marks with those of the same work through the embedded queue. `./run demo --kafka` builds the program and calls
# this. Everything it makes lies in demo-kafka/ (PostgreSQL's files in a folder of /tmp), and every server it starts is stopped.
#
#   samples/demo_kafka.sh [PROGRAM [FOLDER]]      build/release/otmetka and demo-kafka, seen from the project's root
#
# Exit codes: 0 done, 1 it did not work, 3 Java, Maven's registry, kcat or PostgreSQL is not to be had here.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

otmetka=${1:-build/release/otmetka}
demo=${2:-demo-kafka}
classes=50  # of the sample class's two hundred works: enough to be in the middle of them
workers=() keeper='' submit='' postgres='' data=''

language=en
for value in "${OTMETKA_LANG:-}" "${LC_ALL:-}" "${LC_MESSAGES:-}" "${LANG:-}"; do
  [ -n "$value" ] || continue
  [[ $value != ru* ]] || language=ru
  break
done
export OTMETKA_LANG=$language
for name in $(compgen -e OTMETKA_ || true); do [ "$name" = OTMETKA_LANG ] || unset "$name"; done

# say RUSSIAN ENGLISH
say() { if [ $language = ru ]; then printf '%s\n' "$1"; else printf '%s\n' "$2"; fi; }
heading() { printf '\n== '; say "$1" "$2"; }
die() { { printf 'demo: '; say "$1" "$2"; } >&2; exit 1; }
absent() { { printf 'demo: '; say "$1" "$2"; } >&2; exit 3; }

end() { # PID: politely, then not
  local left
  kill -TERM "$1" 2>/dev/null || return 0
  for ((left = 100; left > 0; --left)); do
    kill -0 "$1" 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}

# Whatever happens, nothing is left running.
cleanup() {
  local pid
  for pid in $submit "${workers[@]}" $keeper $postgres; do end "$pid"; done
  [ ! -d "$demo/kafka" ] || tools/kafka/kafka.sh stop --folder "$demo/kafka" || true
  [ -z "$data" ] || rm -rf "$data"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

fails() { # RUSSIAN ENGLISH: with the ends of the logs
  tail -n 5 "$demo"/*.log >&2 || true
  die "$1" "$2"
}

# PostgreSQL does not run as root.
start_postgres() {
  local programs as_its_user=()
  programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
  [ -x "$programs/initdb" ] || absent "нет PostgreSQL: установите пакет postgresql" "there is no PostgreSQL: install the package postgresql"
  data=$(mktemp -d /tmp/otmetka-demo-XXXXXX)
  if [ "$(id -u)" = 0 ]; then
    chown postgres "$data"
    as_its_user=(setpriv --reuid=postgres --regid=postgres --clear-groups)
  fi
  (cd / && LC_ALL=C.UTF-8 "${as_its_user[@]}" "$programs/initdb" -D "$data/data" -U otmetka -A trust --encoding=UTF8 --locale=C) \
    >"$demo/postgres.log" 2>&1 || fails "PostgreSQL не создаётся" "PostgreSQL cannot be made"
  (cd / && exec env LC_ALL=C.UTF-8 "${as_its_user[@]}" "$programs/postgres" -D "$data/data" -k "$data" -c listen_addresses=) \
    >>"$demo/postgres.log" 2>&1 &
  postgres=$!
  local left
  for ((left = 300; left > 0; --left)); do
    "$programs/pg_isready" -q -h "$data" -U otmetka -d postgres && return
    sleep 0.1
  done
  fails "PostgreSQL не запустился" "PostgreSQL has not started"
}

worker() { # NAME
  OTMETKA_INSTANCE=$1 OTMETKA_STATE="$demo/state-$1" "$otmetka" serve --gradebook none 2>"$demo/worker-$1.log" &
  workers+=($!)
}

until_said() { # LOG TEXT: the last event of that name, where there are several
  local left
  for ((left = 300; left > 0; --left)); do
    ! grep -F "${2%% *}" "$demo/$1.log" 2>/dev/null | tail -n 1 | grep -qF "$2" || return 0
    sleep 0.1
  done
  fails "$1 не сообщил: $2" "$1 has not said $2"
}

stored() { psql -qtA -h "$data" -U otmetka -d postgres -c 'SELECT count(*) FROM otmetka.attempts' 2>/dev/null || echo 0; }
marks() { "$otmetka" results --gradebook "$1" --format csv; }

[ -x "$otmetka" ] || die "нет программы $otmetka; соберите её: ./run build" "there is no $otmetka; build it first: ./run build"
if [ -e "$demo" ]; then
  [ -f "$demo/.made-by-demo" ] ||
    die "$demo — не папка прошлого показа; уберите её или назовите другую" "$demo is no earlier demonstration's; move it away or name another"
  rm -rf "$demo"
fi
mkdir -p "$demo" && touch "$demo/.made-by-demo" || die "не получилось создать папку $demo" "cannot make the folder $demo"
for ((n = 1; n <= classes; ++n)); do cat samples/class/*.jsonl | sed "s/-p-0/-c$n-p-0/; s/\"p-0/\"c$n-p-0/"; done >"$demo/works.jsonl"
expected=$(wc -l <"$demo/works.jsonl")
specs=$(ls samples/class/*.jsonl | sed 's|samples/class/\(.*\)\.jsonl|samples/\1/spec.yaml|')

heading "Для сравнения: те же работы ($expected) через встроенную очередь" "To compare with: the same $expected works through the embedded queue"
"$otmetka" submit --queue "embedded:$demo/queue" "$demo/works.jsonl"
"$otmetka" serve --queue "embedded:$demo/queue" --gradebook "sqlite:$demo/embedded.db" --specs samples --until-empty 2>"$demo/embedded.log" ||
  fails "встроенная очередь не справилась" "the embedded queue did not do it"
marks "sqlite:$demo/embedded.db" >"$demo/expected.csv"

heading "Запуск: брокер Kafka, PostgreSQL" "Starting: a Kafka broker, PostgreSQL"
code=0
broker=$(tools/kafka/kafka.sh start --folder "$demo/kafka" --while $$) || code=$?
[ $code != 3 ] || exit 3
[ $code = 0 ] || die "брокер не запустился" "the broker has not started"
start_postgres
say "Kafka: $broker   PostgreSQL: $data" "Kafka: $broker   PostgreSQL: $data"

export OTMETKA_QUEUE=kafka:$broker OTMETKA_KAFKA_SESSION_TIMEOUT_MS=6000 OTMETKA_KAFKA_HEARTBEAT_INTERVAL_MS=500
gradebook="postgres:host=$data user=otmetka dbname=postgres"
"$otmetka" topics create --partitions 4 --replication 1 >/dev/null
"$otmetka" publish-spec $specs

heading "Два исполнителя и отдельный ведущий журнала" "Two workers, and one who keeps the gradebook"
worker one
worker two
"$otmetka" gradebook serve --gradebook "$gradebook" 2>"$demo/gradebook.log" &
keeper=$!
# Four topics of four partitions, and each has its half.
until_said worker-one 'event=partitions count=8'
until_said worker-two 'event=partitions count=8'
until_said gradebook event=serving

"$otmetka" submit --gradebook "$gradebook" --wait "$demo/works.jsonl" 2>"$demo/submit.log" &
submit=$!
while kill -0 $submit 2>/dev/null && [ "$(stored)" -lt 200 ]; do :; done
disown "${workers[0]}"  # the shell need not tell of it
kill -KILL "${workers[0]}" 2>/dev/null || fails "исполнитель закончил раньше времени" "the worker ended too early"
at=$(stored)
say "kill -9 первому исполнителю: в журнале $at строк из работ, которых $expected" "kill -9 of the first worker, with $at rows of $expected works in the gradebook"
second=${workers[1]}
workers=("$second")

ended='' code=0
wait -n -p ended "$submit" "$second" "$keeper" || code=$?
if [ "$ended" != "$submit" ]; then
  [ "$ended" != "$second" ] || workers=()
  [ "$ended" != "$keeper" ] || keeper=''
  fails "сервер остановился раньше времени, код $code" "a server stopped too early with exit code $code"
fi
submit=''
[ "$code" -eq 0 ] || fails "отправка не удалась, код $code" "submitting failed with exit code $code"
say "Второй взял его часть, когда место первого освободилось; все результаты в журнале." \
  "The second took over its share when the first one's place was free; all results are in the gradebook."

for pid in "$second" "$keeper"; do
  kill -TERM "$pid"
  code=0
  wait "$pid" || code=$?
  [ "$code" -eq 0 ] || fails "сервер завершился с кодом $code" "a server ended with exit code $code"
done
workers=() keeper=''
marks "$gradebook" >"$demo/results.csv"
taken=$(sed -n 's/.*event=stopped taken=\([0-9]*\).*/\1/p' "$demo/worker-two.log")
applied=$(sed -n 's/.*event=stopped applied=\([0-9]*\) conflicts=\([0-9]*\).*/\1 \2/p' "$demo/gradebook.log")

heading "Сверка" "Comparing"
say "Второй исполнитель взял работ: $taken. В журнал перенесено результатов: ${applied% *}, спорных: ${applied#* }." \
  "The second worker took $taken works. ${applied% *} results were carried into the gradebook, ${applied#* } of them in dispute."
cmp "$demo/expected.csv" "$demo/results.csv" || fails "оценки отличаются: $demo/expected.csv, $demo/results.csv" \
  "the marks differ: $demo/expected.csv, $demo/results.csv"
say "Оценки совпали до байта: строк $(($(wc -l <"$demo/results.csv") - 1)), работ $expected." \
  "The marks are the same to the byte: $(($(wc -l <"$demo/results.csv") - 1)) rows of $expected works."
[ "${applied#* }" = 0 ] || fails "есть спорные результаты" "some results are in dispute"
heading "Готово: ничего не потеряно и не сосчитано дважды" "Done: nothing is lost, and nothing counts twice"
