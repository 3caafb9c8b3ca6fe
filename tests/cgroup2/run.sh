#!/usr/bin/env bash
# Boots Debian's kernel with cgroup v2 and nothing else in an emulated machine (qemu; no /dev/kvm is needed) and runs the sandbox's tests
# there, in each mode that a process may be in. The host's own cgroups are not touched. From the root of the project:
#
#   tests/cgroup2/run.sh BUILD [--long | STAGE…]     BUILD is build/dev; the stages are those of tests/cgroup2/stages.txt
#
# OTMETKA_VM_SECONDS bounds the whole, OTMETKA_TIME_FACTOR says how slow the machine is, OTMETKA_VM_FILTER is a GoogleTest filter,
# OTMETKA_VM_LOG=FILE keeps the machine's console. The kernel and the compiled hostile programs stay in build/cgroup2.
set -euo pipefail

here=tests/cgroup2
built=$1
shift
kept=build/cgroup2
scratch=$(mktemp -d "${TMPDIR:-/tmp}/otmetka-vm.XXXXXX")
machine=
cleanup() {
  [ -z "$machine" ] || kill "$machine" 2>/dev/null || true
  rm -rf "$scratch"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

say() { printf '%s\n' "$*" >&2; }
die() { say "test-cgroup2: $*"; exit 1; }

# Debian's kernel, taken out of its package: nothing is installed. Once fetched it stays.
fetch_kernel() {
  [ -f "$kept/kernel/vmlinuz" ] && return
  local package
  package=$(apt-cache depends linux-image-amd64 | sed -n 's/^ *Depends: //p' | head -1)
  [ -n "$package" ] || die "apt knows no linux-image-amd64; apt-get update?"
  say "Fetching $package"
  mkdir -p "$scratch/package/files" "$kept"
  (cd "$scratch/package" && apt-get download -qq -o APT::Sandbox::User=root "$package" && dpkg -x ./*.deb files) ||
    die "could not fetch $package. Is the network there? Run again when it is."
  rm -rf "$kept/kernel.new" "$kept/kernel"
  mkdir "$kept/kernel.new"
  cp "$scratch"/package/files/boot/vmlinuz-* "$kept/kernel.new/vmlinuz"
  take_modules virtio_pci virtio_blk crc32c_generic ext4
  rm -rf "$scratch/package"
  mv "$kept/kernel.new" "$kept/kernel"
}

# take_modules NAME…: copies them, each after those that it needs, and notes the order. What is no module is in the kernel itself.
take_modules() {
  local module file needed
  for module in "$@"; do
    file=$(find "$scratch/package/files" -name "$module.ko")
    if [ -z "$file" ] || [ -f "$kept/kernel.new/$module.ko" ]; then continue; fi
    needed=$(tr '\0' '\n' <"$file" | sed -n 's/^depends=//p')
    take_modules ${needed//,/ }
    cp "$file" "$kept/kernel.new/"
    echo "$module" >>"$kept/kernel.new/order"
  done
}

# The first stage: a busybox that loads the modules and goes over to the disk.
make_first_stage() {
  local root=$scratch/first
  mkdir -p "$root"/{modules,disk,proc,dev}
  cp "$(command -v busybox)" "$root/busybox"
  cp "$kept"/kernel/*.ko "$kept/kernel/order" "$root/modules/"
  install -m 755 "$here/first_stage.sh" "$root/init"
  (cd "$root" && find . -print0 | cpio --quiet -0 -o -H newc -R 0:0) >"$scratch/first.cpio"
}

# The disk: what a small Debian has in /usr, our programs, and the hostile ones, compiled here (compiling there takes an hour).
make_disk() {
  local root=$scratch/disk
  mkdir -p "$root"/{dev,proc,sys,tmp,run,root,home/somebody,var/lib,etc/alternatives,otmetka,usr/{bin,sbin,lib,lib64,share,local}}
  local link
  for link in bin sbin lib lib64; do ln -s "usr/$link" "$root/$link"; done
  copy_packages "$root" bash coreutils dash findutils grep hostname libc-bin libc6 ncurses-bin sed util-linux util-linux-extra
  cp /etc/ld.so.cache "$root/etc/"
  printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534::/nonexistent:/bin/sh\n' >"$root/etc/passwd"
  install -m 640 <(echo 'root:*:1::::::') "$root/etc/shadow"
  cp "$(command -v busybox)" "$root/otmetka/busybox"
  cp "$here/inside.sh" "$root/otmetka/inside.sh"
  cp "$built/sandbox/sandbox_test" "$built/tests/hostile/hostile_test" "$root/otmetka/"
  copy_libraries "$root" "$root"/otmetka/*_test
  compile_hostile
  cp -a "$kept/hostile" "$root/otmetka/hostile"
  cp -a tests/hostile "$root/otmetka/sources"
  echo "$PWD/tests/hostile" >"$root/otmetka/place_of_sources"
  cp "$scratch/stages" "$root/otmetka/"
  mke2fs -q -t ext4 -d "$root" -r 1 -N 20000 -m 0 "$scratch/disk.ext4" 700m >/dev/null
}

# With the options of tests/hostile/hostile_test.cc; what is newer than its source stays.
compile_hostile() {
  local source out
  mkdir -p "$kept/hostile"
  for source in tests/hostile/*.c; do
    out=$kept/hostile/$(basename "$source" .c)
    [ "$out" -nt "$source" ] && [ "$out" -nt tests/hostile/try.inc ] && continue
    gcc -std=gnu17 -D_GNU_SOURCE -O1 -w -static -pthread -o "$out" "$source" || die "$source does not compile"
  done
}

# copy_packages ROOT PACKAGE…: their files below /usr without documentation, from this machine. Links stay links.
copy_packages() {
  local root=$1 path
  shift
  dpkg -L "$@" | sed -E 's,^/(bin|sbin|lib|lib64)(/|$),/usr/\1\2,' | grep -E '^/usr/(bin|sbin|lib|lib64)/' | sort -u |
    while read -r path; do
      if [ -f "$path" ] || [ -L "$path" ]; then printf '%s\n' "${path#/}"; fi
    done >"$scratch/list"
  (cd / && cpio --quiet -pdmu "$root" <"$scratch/list")
  copy_libraries "$root" "$root"/usr/bin/*
}

copy_libraries() {
  local root=$1 library
  shift
  { ldd "$@" 2>/dev/null || true; } | sed -nE 's,^(.*[[:space:]])?(/[^ ]*) \(0x.*,\2,p' | sort -u | while read -r library; do
    [ -e "$root$library" ] || install -D -m 755 "$(readlink -f "$library")" "$root$library"
  done
}

# choose [--long | NAME…]: lines of stages.txt; without a word those that are not marked long.
choose() {
  local name rest
  grep -vE '^(#|$)' "$here/stages.txt" | while read -r name rest; do
    case "$*" in
      '') [[ $rest == *long ]] || printf '%s %s\n' "$name" "$rest" ;;
      --long) printf '%s %s\n' "$name" "$rest" ;;
      *) [[ " $* " != *" $name "* ]] || printf '%s %s\n' "$name" "$rest" ;;
    esac
  done
}

# Five times what they take here with two idle cores.
bound() { awk '{sum += $4 == "hostile_test" ? 1200 : 60} END {print 60 + sum}' "$scratch/stages"; }

# The processor: without the byte-wise string operations, which the emulator does one by one; and without smap, since its far return
# (tests/hostile/e08_other_entries.c) reads the program's stack as the kernel would. Mitigations cost an emulator much and guard nothing.
boot() {
  local seconds=${OTMETKA_VM_SECONDS:-$(bound)}
  local no_compilers='*-Languages.*:Workshop.*:*HostileSource*'  # there are none
  local options="console=ttyS0 loglevel=1 panic=-1 oops=panic cgroup_no_v1=all mitigations=off tsc=reliable nowatchdog"
  : >"$scratch/results"
  setpriv --pdeathsig KILL qemu-system-x86_64 -nodefaults -no-user-config -display none -no-reboot \
    -machine q35 -accel tcg -cpu max,smap=off,erms=off,fsrm=off -smp 2 -m 2048 \
    -kernel "$kept/kernel/vmlinuz" -initrd "$scratch/first.cpio" \
    -append "$options otmetka.factor=${OTMETKA_TIME_FACTOR:-10} otmetka.filter=${OTMETKA_VM_FILTER:-$no_compilers}" \
    -drive "file=$scratch/disk.ext4,if=virtio,format=raw,cache=unsafe" \
    -serial "file:$scratch/console" -serial "file:$scratch/results" </dev/null >"$scratch/qemu" 2>&1 &
  machine=$!
  local until=$((SECONDS + seconds)) shown=0 lines
  while kill -0 "$machine" 2>/dev/null && [ $SECONDS -lt $until ]; do
    sleep 1
    lines=$(wc -l <"$scratch/results")
    [ "$lines" -eq "$shown" ] || sed -n "$((shown + 1)),${lines}p" "$scratch/results" | tr -d '\r'
    shown=$lines
  done
  sed -n "$((shown + 1)),\$p" "$scratch/results" | tr -d '\r'
  if kill -0 "$machine" 2>/dev/null; then
    say "test-cgroup2: no end within $seconds s"
    kill "$machine"
  fi
  wait "$machine" || true
  machine=
  [ -z "${OTMETKA_VM_LOG:-}" ] || cp "$scratch/console" "$OTMETKA_VM_LOG"
}

# Every stage must have said that it passed: silence is a failure.
judge() {
  local failed=0 name
  tr -d '\r' <"$scratch/results" >"$scratch/told"
  echo
  while read -r name _; do
    if grep -qx "STAGE $name passed" "$scratch/told"; then
      printf '%-24s passed  %s\n' "$name" "$(counts "$name")"
    else
      printf '%-24s FAILED  %s\n' "$name" "$(counts "$name")"
      failed=1
    fi
  done <"$scratch/stages"
  [ $failed = 0 ] || cat "$scratch/qemu" <(tail -n 25 "$scratch/console") >&2
  return $failed
}

# GoogleTest's own counts of a stage.
counts() {
  sed -n "/^STAGE $1 begins/,/^STAGE $1 \(passed\|failed\)/p" "$scratch/told" |
    sed -nE 's/^\[  (PASSED|FAILED|SKIPPED) +\] ([0-9]+) tests?.*/\2 \L\1/p
      s/^\[=+\] [0-9]+ tests? .*ran\. \((.*) total\)/in \1/p' | paste -sd ' '
}

for tool in qemu-system-x86_64 busybox cpio mke2fs setpriv; do
  PATH=$PATH:/usr/sbin:/sbin command -v "$tool" >/dev/null || die "needs $tool"
done
PATH=$PATH:/usr/sbin:/sbin
choose "$@" >"$scratch/stages"
[ -s "$scratch/stages" ] || die "no such stage: $*"
fetch_kernel
make_first_stage
make_disk
boot
judge
