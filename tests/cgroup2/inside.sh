# Process 1 of the emulated machine on its disk: mounts what a system mounts, runs the stages, tells what came of each, powers off.
# Results go to the second serial line, which the host reads.
b=/otmetka/busybox
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
$b mount -t devtmpfs dev /dev
$b mount -t proc proc /proc
$b mount -t sysfs sys /sys
$b mkdir -p /dev/shm
for folder in /tmp /run /dev/shm; do $b mount -t tmpfs -o mode=1777 tmpfs $folder; done
place=$($b cat /otmetka/place_of_sources)  # where the tests look for them; it may lie below one of those
$b mkdir -p "$place"
$b mount --bind /otmetka/sources "$place"
$b mount -t cgroup2 -o nsdelegate,memory_recursiveprot cgroup2 /sys/fs/cgroup
$b ip link set lo up
exec >/dev/ttyS1 2>&1
root=/sys/fs/cgroup
echo "+cpu +memory +pids" >$root/cgroup.subtree_control
$b uname -sr
$b cat /sys/fs/cgroup/cgroup.controllers

option() { $b sed -nE "s/.*otmetka\.$1=([^ ]*).*/\1/p" /proc/cmdline; }
factor=$(option factor)
filter=$(option filter)
sleeper=

# A place among the cgroups as the mode wants it; who runs there is moved in first.
#   session     a folder with other processes in it, like a login's
#   service     a folder of its own, like a service's
#   delegated   a folder that belongs to the user, like a service's with Delegate=yes
place() {
  $b mkdir -p $root/"$1"
  case $1 in
    session)
      [ -n "$sleeper" ] || { $b sleep 100000 & sleeper=$!; }
      echo "$sleeper" >$root/session/cgroup.procs
      ;;
    delegated)
      $b chown 65534:65534 $root/delegated
      for file in cgroup.procs cgroup.subtree_control cgroup.threads; do $b chown 65534:65534 $root/delegated/$file; done
      ;;
  esac
}

# With what a killed engine left, as a service manager does.
remove_place() {
  [ "$1" = session ] || $b rmdir $root/"$1"/*-self $root/"$1" 2>/dev/null
}

# test_program PLACE USER PROGRAM OPTION…
test_program() {
  echo 0 >$root/$1/cgroup.procs || exit 1
  cd /tmp
  export OTMETKA_TIME_FACTOR=$factor OTMETKA_HOSTILE_PROGRAMS=/otmetka/hostile OTMETKA_HOSTILE_MODE=${name%%.*}
  user=$2
  program=$3
  shift 3
  exec /usr/bin/setpriv --reuid "$user" --regid "$user" --clear-groups "/otmetka/$program" --gtest_color=no "$@"
}

# "PID NAME" of keepers, inits and their programs; what this script starts is called busybox.
of_cells() {
  for process in /proc/[0-9]*; do
    { read -r name <"$process/comm"; } 2>/dev/null || continue
    case $name in otmetka-cell | sh | sleep) echo "${process#/proc/} $name" ;; esac
  done
}

# An engine that is killed in the middle of its runs leaves no process; left_over looks for its cgroups.
killed() {
  test_program "$1" "$2" sandbox_test --gtest_filter=SandboxLimit.WallTimeOfWhatSleeps --gtest_repeat=1000 >/dev/null &
  engine=$!
  seen=
  until [ "${seen#* sleep}" != "$seen" ]; do
    $b kill -0 $engine || return 1
    seen=$(of_cells)
  done
  $b kill -9 $engine
  for try in 1 2 3 4 5 6 7 8 9 10; do
    left=$(of_cells)
    [ -n "$left" ] || break
    $b sleep 1
  done
  echo "processes of cells before the kill:" ${seen:-none} "after it:" ${left:-none}
  [ -z "$left" ]
}

# What a process that was in the way had to move to stays when it is killed.
left_over() {
  $b find $root -name 'cell-*' -o -name 'otmetka-*' | if [ "$1" = killed ]; then $b grep -v -e '-self$'; else $b cat; fi
}

# stage NAME PLACE USER PROGRAM
stage() {
  echo "STAGE $1 begins"
  place "$2"
  if [ "$4" = killed ]; then (killed "$2" "$3"); else (test_program "$2" "$3" "$4" --gtest_filter="$filter"); fi
  status=$?
  left=$(left_over "$4")
  [ -z "$left" ] || echo "cgroups left: $left"
  remove_place "$2"
  if [ $status = 0 ] && [ -z "$left" ]; then echo "STAGE $1 passed"; else echo "STAGE $1 failed"; fi
}

while read -r name where user program long; do
  stage "$name" "$where" "$user" "$program" </dev/null
done </otmetka/stages
$b sync
$b poweroff -f
