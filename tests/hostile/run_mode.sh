#!/usr/bin/env bash
# Runs hostile_test in a mode that the caller need not have:
#
#   run_mode.sh root|delegated|bare HOSTILE_TEST [NAMES]    NAMES: only programs and sources with one of these, parted by |
#
#   root        as root, in cgroups
#   delegated   as nobody, in cgroups that root has made for nobody below its own, and removes afterwards (cgroup v1)
#   bare        as nobody, without cgroups; the caller's own user where that is not root
#
# hostile_test fails where the mode is another than was asked for. 77: this machine or this user cannot have the mode; it says why.
set -euo pipefail

mode=$1 program=$(readlink -f "$2") names=${3:-}
nobody=65534
made=()

cannot() { echo "hostile, mode $mode: $*" >&2; exit 77; }

remove() {
  local folder
  for folder in ${made[@]+"${made[@]}"}; do find "$folder" -depth -type d -exec rmdir {} + 2>/dev/null || true; done
}
trap remove EXIT

# own_cgroup CONTROLLER: the folder of cgroup v1 that we are in.
own_cgroup() {
  local mount path
  mount=$(awk -v c="$1" '$0 ~ / - cgroup / {n = split($NF, o, ","); for (i = 1; i <= n; i++) if (o[i] == c) {print $5; exit}}' /proc/self/mountinfo)
  path=$(awk -F: -v c="$1" '{n = split($2, o, ","); for (i = 1; i <= n; i++) if (o[i] == c) print $3}' /proc/self/cgroup)
  [ -n "$mount" ] && echo "$mount${path%/}"
}

delegate() {
  local controller folder
  for controller in memory pids cpuacct; do
    folder=$(own_cgroup "$controller") || cannot "no cgroup v1 with $controller; with v2: ./run test-cgroup2 --long"
    folder+=/otmetka-hostile-$$
    if [ ! -d "$folder" ]; then  # one hierarchy may have several of them
      mkdir "$folder" || cannot "$folder cannot be made"
      made+=("$folder")
      chown -R $nobody:$nobody "$folder"
    fi
  done
}

# Below, the engine's folders are nobody's own; this process must be in there for the engine to find them.
enter() {
  local folder
  for folder in ${made[@]+"${made[@]}"}; do echo "$BASHPID" >"$folder/cgroup.procs"; done
}

options=(--gtest_brief=1)
if [ -n "$names" ]; then
  filter=
  IFS='|' read -ra all <<<"$names"
  for one in "${all[@]}"; do filter+=":*/$one*"; done
  options+=("--gtest_filter=${filter#:}")
fi

as=()
if [ "$(id -u)" -eq 0 ] && [ "$mode" != root ]; then
  as=(setpriv --reuid $nobody --regid $nobody --clear-groups)
  "${as[@]}" test -x "$program" -a -r "$(dirname "$(readlink -f "$0")")/try.inc" || cannot "nobody may not read this folder"
fi
case $mode in
  root) [ "$(id -u)" -eq 0 ] || cannot "not root" ;;
  delegated)
    [ "$(id -u)" -eq 0 ] || cannot "only root can delegate cgroups"
    delegate
    ;;
  bare) export OTMETKA_HOSTILE_CGROUP=none ;;
  *) sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
export OTMETKA_HOSTILE_MODE=$mode
(
  enter
  cd /tmp
  exec ${as[@]+"${as[@]}"} "$program" "${options[@]}"
)
