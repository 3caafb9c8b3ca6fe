#!/usr/bin/env bash
# The main job, for real: a class's work goes through the queue to the gradebook, and the marks are shown and explained.
# `./run demo` builds the program and calls this. Everything it makes lies in demo/, which each run replaces.
#
#   samples/demo.sh [PROGRAM [FOLDER]]      build/release/otmetka and demo, seen from the project's root
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

otmetka=${1:-build/release/otmetka}
demo=${2:-demo}
expected=$(cat samples/class/*.jsonl 2>/dev/null | wc -l) || true
queue=embedded:$demo/queue
gradebook=sqlite:$demo/gradebook.db
server='' submit=''

language=en
for value in "${OTMETKA_LANG:-}" "${LC_ALL:-}" "${LC_MESSAGES:-}" "${LANG:-}"; do
  [ -n "$value" ] || continue
  [[ $value != ru* ]] || language=ru
  break
done
export OTMETKA_LANG=$language
unset OTMETKA_CONFIG OTMETKA_QUEUE OTMETKA_GRADEBOOK OTMETKA_SPECS

# say RUSSIAN ENGLISH
say() { if [ $language = ru ]; then printf '%s\n' "$1"; else printf '%s\n' "$2"; fi; }
heading() { printf '\n== '; say "$1" "$2"; }
die() { { printf 'demo: '; say "$1" "$2"; } >&2; exit 1; }

# Whatever happens, nothing is left running.
cleanup() {
  local pid left
  for pid in $submit $server; do
    kill -TERM "$pid" 2>/dev/null || continue
    for ((left = 100; left > 0; --left)); do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.1
    done
    kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

show_log() { [ ! -s "$demo/serve.log" ] || tail -n 20 "$demo/serve.log" >&2; }

# beginning COUNT: the first lines of a table; how many more there are.
beginning() {
  awk -v most="$1" -v language=$language '
    NR <= most { print }
    END { if (NR > most) printf (language == "ru" ? "… и ещё строк: %d\n" : "… and %d more lines\n"), NR - most }'
}

[ -x "$otmetka" ] || die "нет программы $otmetka; соберите её: ./run build" "there is no $otmetka; build it first: ./run build"
[ "$expected" -gt 0 ] || die "нет работ класса samples/class/*.jsonl; создайте их: samples/make_class.py" \
  "there is no class's work samples/class/*.jsonl; make it: samples/make_class.py"

if [ -e "$demo" ]; then
  [ -f "$demo/.made-by-demo" ] ||
    die "$demo — не папка прошлого показа; уберите её или назовите другую" "$demo is no earlier demonstration's; move it away or name another"
  rm -rf "$demo"
fi
mkdir -p "$demo" && touch "$demo/.made-by-demo" || die "не получилось создать папку $demo" "cannot make the folder $demo"

heading "Класс сдаёт работы: всего $expected, контрольных $(ls samples/class/*.jsonl | wc -l)" \
  "A class's work: $expected submissions to $(ls samples/class/*.jsonl | wc -l) assignments"
"$otmetka" serve --queue "$queue" --gradebook "$gradebook" --specs samples 2>"$demo/serve.log" &
server=$!
"$otmetka" submit --queue "$queue" --gradebook "$gradebook" --wait samples/class/*.jsonl &
submit=$!

# submit --wait ends when every result is in the gradebook; a server that ends before has failed.
ended='' code=0
wait -n -p ended "$server" "$submit" || code=$?
if [ "$ended" = "$server" ]; then
  server=''
  show_log
  die "сервер остановился раньше времени, код $code" "the server stopped too early with exit code $code"
fi
submit=''
[ "$code" -eq 0 ] || { show_log; die "отправка не удалась, код $code" "submitting failed with exit code $code"; }

kill -TERM "$server"
code=0
wait "$server" || code=$?
server=''
[ "$code" -eq 0 ] || { show_log; die "сервер завершился с кодом $code" "the server ended with exit code $code"; }
say "Все работы проверены, сервер остановлен." "All submissions are graded, the server has stopped."

results() { "$otmetka" results --gradebook "$gradebook" "$@"; }

results --format csv >"$demo/results.csv"
heading "Таблица результатов: строк $(($(wc -l <"$demo/results.csv") - 1)), целиком в $demo/results.csv" \
  "The results: $(($(wc -l <"$demo/results.csv") - 1)) rows, all of them in $demo/results.csv"
results | beginning 13

heading "Частые ошибки в задании gravity работы physics-8-motion" "Frequent mistakes in item gravity of physics-8-motion"
results --assignment physics-8-motion --groups gravity | beginning 12

heading "Как получилась оценка: p-010, physics-8-motion" "How a mark was made: p-010, physics-8-motion"
results --assignment physics-8-motion --learner p-010 --explain

# Programs of our own: also where the sandbox cannot bound what a stranger's may use.
heading "Программы класса в песочнице: работа programs-first" "A class's programs in the sandbox: programs-first"
OTMETKA_ALLOW_WEAK_SANDBOX=1 "$otmetka" grade --spec samples/programs-first/spec.yaml samples/programs-first/answers ||
  say "Песочница здесь не работает: $otmetka doctor скажет, почему." "The sandbox does not work here: $otmetka doctor says why."

# attempts is column 3, progress column 8 of the CSV.
graded=$(awk -F, 'NR > 1 && $8 == "FINAL" { sum += $3 } END { print sum + 0 }' "$demo/results.csv")
[ "$graded" -eq "$expected" ] ||
  die "проверено работ: $graded, а отправлено: $expected; подробности в $demo/serve.log" \
    "$graded submissions are graded, $expected were sent; $demo/serve.log says more"

heading "Готово: проверено работ $graded из $expected" "Done: $graded of $expected submissions are graded"
if [ $language = ru ]; then
  cat <<TEXT
Где что лежит:
  $demo/results.csv        итоги, открываются в любой таблице
  $demo/gradebook.db       журнал: все попытки с объяснениями
  $demo/queue/             очередь, через которую прошли работы
  samples/                задания (spec.yaml) и ответы к ним
Что попробовать дальше:
  $otmetka try samples/physics-8-motion/spec.yaml gravity "9,8" --explain
  $otmetka check samples
  $otmetka languages
  $otmetka grade --spec samples/geography-7/spec.yaml samples/geography-7/answers.csv
  $otmetka results --gradebook sqlite:$demo/gradebook.db --assignment maths-9 --groups sum
TEXT
else
  cat <<TEXT
Where things lie:
  $demo/results.csv        the marks, for any spreadsheet
  $demo/gradebook.db       the gradebook: all attempts with their explanations
  $demo/queue/             the queue that the work went through
  samples/                assignments (spec.yaml) and answers to them
What to try next:
  $otmetka try samples/physics-8-motion/spec.yaml gravity "9,8" --explain
  $otmetka check samples
  $otmetka languages
  $otmetka grade --spec samples/geography-7/spec.yaml samples/geography-7/answers.csv
  $otmetka results --gradebook sqlite:$demo/gradebook.db --assignment english-7 --groups past
TEXT
fi
